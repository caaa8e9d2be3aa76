"""Tests of the ways of being let in."""
