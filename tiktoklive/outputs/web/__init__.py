"""
Kinds ``web`` and ``feed``: events to browsers and to other programs, as they happen.

One site has the pages for people, Server-Sent Events, a WebSocket, and an API to add and
remove rooms; ``feed`` is the WebSocket alone.  An event is written as JSON once
(:mod:`~tiktoklive.outputs.web.ring`), and goes to all clients that want it
(:mod:`~tiktoklive.outputs.web.fanout`).
"""
