"""Tests of :mod:`tiktoklive.fleet`."""
