"""Tests of the users that are followed."""
