"""
A small TikTok: a real web site with a real WebSocket server, for tests and for demonstrations.

It plays the direct generation of TikTok's push service (wire facts §4, §6) and is strict: a
client that it serves has done everything right.
"""

from tiktoklive.simulator.lifelike import REALISTIC, RandomScript
from tiktoklive.simulator.requests import Answer, Request
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.simulator.script import (
    ListScript,
    Message,
    Performance,
    Script,
    Step,
    TapeScript,
)
from tiktoklive.simulator.tiktok import HOSTS, Simulator
from tiktoklive.simulator.viewer import Viewer, ViewerHeartbeat
from tiktoklive.simulator.world import Behaviour

__all__ = [
    "HOSTS",
    "REALISTIC",
    "Answer",
    "Behaviour",
    "ViewerHeartbeat",
    "ListScript",
    "Message",
    "Performance",
    "RandomScript",
    "Request",
    "Script",
    "SimulatedRoom",
    "Simulator",
    "Step",
    "TapeScript",
    "Viewer",
]
