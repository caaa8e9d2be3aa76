"""Tests of how often others are asked."""
