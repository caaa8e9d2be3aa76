"""Tests of one user followed."""
