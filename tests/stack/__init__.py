"""Tests of the whole stack in memory, against the simulator."""
