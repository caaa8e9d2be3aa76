"""
A part of a bigger application: rooms are followed beside a web server.

``python embed.py @name @other ...``; http://127.0.0.1:8081/ says what each connection does, and
``curl -X POST http://127.0.0.1:8081/?add=name`` follows one more.  In a ``.tac`` file,
``make_service(...)`` takes ``setServiceParent(application)``.
"""

import json
import sys

from twisted.application.internet import StreamServerEndpointService
from twisted.application.service import MultiService
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import serverFromString
from twisted.internet.interfaces import IReactorCore
from twisted.web.resource import Resource
from twisted.web.server import Request, Site

from tiktoklive import InvalidUniqueIdError, LiveService
from tiktoklive.command import react
from tiktoklive.events import Chat
from tiktoklive.wiring import Wiring, standard_wiring


class Rooms(Resource):
    """Shows the rooms, and takes more."""

    isLeaf = True

    def __init__(self, live: LiveService) -> None:
        super().__init__()
        self._live = live
        self._comments: dict[str, int] = {}
        live.on(Chat, self._count)

    def _count(self, event: Chat) -> None:
        self._comments[event.anchor] = self._comments.get(event.anchor, 0) + 1

    def render_GET(self, request: Request) -> bytes:
        request.setHeader("Content-Type", "application/json; charset=utf-8")
        shown = {
            name: {
                "phase": state.phase,
                "reason": state.reason,
                "comments": self._comments.get(name, 0),
            }
            for name, state in self._live.status().items()
        }
        return json.dumps(shown).encode()

    def render_POST(self, request: Request) -> bytes:
        for name in request.args.get(b"add", []):
            try:
                self._live.add(name.decode("utf-8", "replace"))
            except (InvalidUniqueIdError, ValueError) as e:
                request.setResponseCode(400)
                return f"{e}\n".encode()
        return b"ok\n"


def make_service(
    reactor: IReactorCore, names: tuple[str, ...], listen: str, wiring: Wiring
) -> MultiService:
    """The services of this application; nothing runs yet."""
    live = LiveService(wiring)
    for name in names:
        live.add(name)
    site = Site(Rooms(live), reactor=reactor)
    web = StreamServerEndpointService(serverFromString(reactor, listen), site)
    services = MultiService()
    web.setServiceParent(services)
    live.setServiceParent(services)
    return services


async def main(
    reactor: IReactorCore,
    *names: str,
    listen: str = "tcp:8081:interface=127.0.0.1",
    wiring: Wiring | None = None,
) -> None:
    """Run until interrupted."""
    services = make_service(reactor, names, listen, wiring or standard_wiring(reactor))
    services.startService()
    reactor.addSystemEventTrigger("before", "shutdown", services.stopService)
    await Deferred()


if __name__ == "__main__":
    react(main, sys.argv[1:])

# Most of Twisted has no types yet.
# mypy: allow-untyped-calls
