"""Tests of the numbers of broadcasts."""
