"""Tests of what opens connections."""
