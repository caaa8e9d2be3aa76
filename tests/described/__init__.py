"""Tests of settings that say what they are."""
