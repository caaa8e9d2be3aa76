"""
Kinds ``web`` and ``feed``: events to browsers and to other programs, as they happen.

One site has the pages for people, Server-Sent Events, a WebSocket, and an API to add and
remove rooms; ``feed`` is the WebSocket alone.  An event is written as JSON once
(:mod:`~tiktoklive.outputs.web.ring`), and goes to all clients that want it
(:mod:`~tiktoklive.outputs.web.fanout`).
"""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = ["make", "make_feed"]

if TYPE_CHECKING:
    from tiktoklive.outputs.web.output import make as make
    from tiktoklive.outputs.web.output import make_feed as make_feed
else:
    __getattr__, __dir__ = exported(__name__, {"output": ["make", "make_feed"]})
