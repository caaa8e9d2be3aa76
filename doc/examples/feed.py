"""
A feed for an overlay: what goes on in a room, as JSON for a web page.

``python feed.py @name``, or ``python feed.py @sim1 127.0.0.1:8090`` for a simulator that listens
there; then look at http://127.0.0.1:8081/.
"""

import json
import sys
from collections import Counter, deque

from twisted.internet.defer import maybeDeferred
from twisted.internet.endpoints import serverFromString
from twisted.internet.interfaces import IReactorCore
from twisted.web.iweb import IAgentEndpointFactory
from twisted.web.resource import Resource
from twisted.web.server import Request, Site
from zope.interface import implementer

from tiktoklive import Options, WebcastPushConnection
from tiktoklive.command import react
from tiktoklive.events import Chat, GiftStreak, IChatObserver, IGiftStreakObserver, RoomUser
from tiktoklive.wiring import standard_wiring


@implementer(IChatObserver, IGiftStreakObserver)
class Feed(Resource):
    """Remembers a little, and shows it to whoever asks."""

    isLeaf = True

    def __init__(self) -> None:
        super().__init__()
        self.viewers = 0
        self.comments: deque[dict[str, str]] = deque(maxlen=20)
        self.votes: Counter[str] = Counter()
        self.gifts: deque[str] = deque(maxlen=5)

    def chat(self, event: Chat) -> None:
        self.comments.append({"name": event.user.nickname, "text": event.comment})
        if event.comment.startswith("!vote "):
            self.votes[event.comment.removeprefix("!vote ").strip().lower()[:20]] += 1

    def gift_streak(self, event: GiftStreak) -> None:
        self.gifts.append(f"{event.user.nickname}: {event.repeat_count} x {event.gift_name}")

    def room_user(self, event: RoomUser) -> None:
        self.viewers = event.viewer_count

    def render_GET(self, request: Request) -> bytes:
        request.setHeader("Content-Type", "application/json; charset=utf-8")
        shown = {
            "viewers": self.viewers,
            "comments": list(self.comments),
            "votes": dict(self.votes.most_common(5)),
            "gifts": list(self.gifts),
        }
        return json.dumps(shown).encode()


async def main(
    reactor: IReactorCore,
    unique_id: str,
    simulator: str = "",
    *,
    listen: str = "tcp:8081:interface=127.0.0.1",
    network: IAgentEndpointFactory | None = None,
) -> None:
    """Show the room until its broadcast ends."""
    options = Options(simulator=simulator or None)
    feed = Feed()
    connection = WebcastPushConnection(
        unique_id, wiring=standard_wiring(reactor, options, network=network)
    )
    connection.add_observer(feed)
    connection.on(RoomUser, feed.room_user)
    await connection.connect()
    port = await serverFromString(reactor, listen).listen(Site(feed, reactor=reactor))
    print(f"@{connection.unique_id} is live; the feed is on port {port.getHost().port}")
    error = await connection.when_over()
    await maybeDeferred(port.stopListening)
    if error is not None:
        raise error


if __name__ == "__main__":
    react(main, sys.argv[1:])

# Most of Twisted has no types yet.
# mypy: allow-untyped-calls
