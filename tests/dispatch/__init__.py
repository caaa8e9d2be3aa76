"""Tests of the way from messages to observers."""
