"""Tapes: written, cut, read, played."""
