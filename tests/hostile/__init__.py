"""
Hostile servers and clients against the real daemon, in a process of its own.

Nothing of tiktoklive is imported here, the simulator least of all: the simulator shares our
assumptions, and what is tried here is what we did not assume.  ``python -m tests.hostile``
tries everything and prints a table; the test suite runs the short form.
"""
