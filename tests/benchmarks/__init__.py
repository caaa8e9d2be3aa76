"""Measurements of speed: programs to run by hand, not tests."""
