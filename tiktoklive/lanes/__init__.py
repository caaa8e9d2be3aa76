"""Lanes: several ways out, each with a guest and budgets of its own, among which rooms spread."""

from tiktoklive.lanes.lane import Lane
from tiktoklive.lanes.lanes import Lanes
from tiktoklive.lanes.seat import Seat

__all__ = ["Lane", "Lanes", "Seat"]
