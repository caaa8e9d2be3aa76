"""Tests of the look-ups of rooms."""
