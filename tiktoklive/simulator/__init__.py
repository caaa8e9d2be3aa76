"""
A small TikTok: a real web site with a real WebSocket server, for tests and for demonstrations.

It plays the direct generation of TikTok's push service (wire facts §4, §6) and is strict: a
client that it serves has done everything right.
"""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = [
    "GARBAGE",
    "HOSTS",
    "HTTP_FAULTS",
    "RANDOM_FAULTS",
    "REALISTIC",
    "REFUSALS",
    "Answer",
    "Behaviour",
    "Faults",
    "ListScript",
    "Message",
    "Performance",
    "Pictures",
    "RandomScript",
    "Request",
    "Script",
    "SimulatedRoom",
    "SimulatedSignServer",
    "Simulator",
    "Step",
    "TapeScript",
    "Totals",
    "Viewer",
    "ViewerHeartbeat",
    "Visitors",
    "WRONG_ANSWERS",
]

if TYPE_CHECKING:
    from tiktoklive.simulator.faults import Faults as Faults
    from tiktoklive.simulator.garbage import GARBAGE as GARBAGE
    from tiktoklive.simulator.http_faults import HTTP_FAULTS as HTTP_FAULTS
    from tiktoklive.simulator.lifelike import REALISTIC as REALISTIC
    from tiktoklive.simulator.lifelike import RandomScript as RandomScript
    from tiktoklive.simulator.pictures import Pictures as Pictures
    from tiktoklive.simulator.requests import Answer as Answer
    from tiktoklive.simulator.requests import Request as Request
    from tiktoklive.simulator.room import SimulatedRoom as SimulatedRoom
    from tiktoklive.simulator.script import ListScript as ListScript
    from tiktoklive.simulator.script import Message as Message
    from tiktoklive.simulator.script import Performance as Performance
    from tiktoklive.simulator.script import Script as Script
    from tiktoklive.simulator.script import Step as Step
    from tiktoklive.simulator.script import TapeScript as TapeScript
    from tiktoklive.simulator.settings import RANDOM_FAULTS as RANDOM_FAULTS
    from tiktoklive.simulator.signserver import REFUSALS as REFUSALS
    from tiktoklive.simulator.signserver import SimulatedSignServer as SimulatedSignServer
    from tiktoklive.simulator.tiktok import HOSTS as HOSTS
    from tiktoklive.simulator.tiktok import Simulator as Simulator
    from tiktoklive.simulator.totals import Totals as Totals
    from tiktoklive.simulator.viewer import Viewer as Viewer
    from tiktoklive.simulator.viewer import ViewerHeartbeat as ViewerHeartbeat
    from tiktoklive.simulator.visitors import Visitors as Visitors
    from tiktoklive.simulator.world import Behaviour as Behaviour
    from tiktoklive.simulator.wrong_answers import WRONG_ANSWERS as WRONG_ANSWERS
else:
    __getattr__, __dir__ = exported(
        __name__,
        {
            "faults": ["Faults"],
            "garbage": ["GARBAGE"],
            "http_faults": ["HTTP_FAULTS"],
            "lifelike": ["REALISTIC", "RandomScript"],
            "pictures": ["Pictures"],
            "requests": ["Answer", "Request"],
            "room": ["SimulatedRoom"],
            "script": ["ListScript", "Message", "Performance", "Script", "Step", "TapeScript"],
            "settings": ["RANDOM_FAULTS"],
            "signserver": ["REFUSALS", "SimulatedSignServer"],
            "tiktok": ["HOSTS", "Simulator"],
            "totals": ["Totals"],
            "viewer": ["Viewer", "ViewerHeartbeat"],
            "visitors": ["Visitors"],
            "world": ["Behaviour"],
            "wrong_answers": ["WRONG_ANSWERS"],
        },
    )
