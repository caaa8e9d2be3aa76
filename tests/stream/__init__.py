"""Tests of one open stream."""
