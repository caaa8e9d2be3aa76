"""Tests of tiktoklive.wire: bytes in, values out."""
