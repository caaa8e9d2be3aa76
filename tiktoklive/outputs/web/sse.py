"""Events to a browser, by Server-Sent Events."""

from __future__ import annotations

from typing import Any

from twisted.web.server import NOT_DONE_YET, Request

from tiktoklive.deferreds import Limit
from tiktoklive.outputs.web.client import Client, Form
from tiktoklive.outputs.web.fanout import Fanout
from tiktoklive.outputs.web.ring import Item, Ring
from tiktoklive.outputs.web.subscription import WebSubscription

#: Seconds after which a connection is broken off that was to be closed and isn't.
LAST_WORDS = 5.0

_HELLO = b": hello\n\n"
_BEAT = b": beat\n"
_INCOMPLETE = b'event: resumed\ndata: {"complete": false}\n\n'
_OVERRUN = b'event: overrun\ndata: {"error": "You read too slowly."}\n\n'


def as_sse(item: Item) -> bytes:
    """An event as part of an event stream; a sample has no id, for no client resumes there."""
    if not item.position:
        return b"event: %b\ndata: %b\n\n" % (item.name.encode(), item.body)
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (
        item.position.encode("ascii"),
        item.name.encode(),
        item.body,
    )


def as_position(ring: Ring) -> bytes:
    """
    How far the client came, where no event says so: there was none yet, or none that it wants.

    It is no event, and still a browser's ``EventSource`` resumes there.
    """
    return b"id: %b\n\n" % ring.position.encode("ascii")


def as_chunk(data: bytes) -> bytes:
    """What is written at once, in the chunked coding of HTTP/1.1."""
    return b"%x\r\n%b\r\n" % (len(data), data)


def notice_as_sse(kind: str, body: bytes) -> bytes:
    """The numbers of a room, or what moderators decided there, as part of an event stream."""
    return b"event: %b\ndata: %b\n\n" % (kind.encode("ascii"), body)


#: Event streams in HTTP/1.1, and in HTTP/1.0, where the end of the connection is that of the body.
CHUNKED, PLAIN = Form(as_sse, as_chunk, notice_as_sse), Form(as_sse, bytes, notice_as_sse)


class EventStream:
    """One answer that does not end."""

    def __init__(
        self,
        request: Request,
        fanout: Fanout,
        subscription: WebSubscription,
        name: str,
        limit: int,
        host: str = "",
    ) -> None:
        self._request = request
        self._fanout = fanout
        self._open = True
        self._abort: Limit | None = None
        self._form = CHUNKED if request.clientproto == b"HTTP/1.1" else PLAIN
        self.client = Client(
            name,
            self._form,
            subscription,
            self._write,
            self._overrun,
            fanout.clock,
            limit,
            fanout.shared,
            host,
        )

    def begin(self, missed: int | None, complete: bool) -> int:
        """
        Send what was missed, and then what happens.

        :param missed: the number in the ring of the first event that was missed.
        :param complete: whether that is all that was missed.
        :return: what a resource returns whose answer goes on.
        """
        request: Any = self._request
        request.setHeader("Content-Type", "text/event-stream; charset=utf-8")
        request.setHeader("X-Accel-Buffering", "no")  # a proxy must not wait for more
        request.notifyFinish().addErrback(self._gone)
        request.registerProducer(self.client, True)
        request.write(_HELLO)  # the headers go with the first bytes
        if not complete:
            self.client.send(self._form.whole(_INCOMPLETE))
        self._fanout.join(self, missed)
        self.client.send(self._form.whole(as_position(self._fanout.ring)))
        return NOT_DONE_YET

    def heartbeat(self) -> None:
        """Give a sign of life."""
        self.client.send(self._form.whole(_BEAT + as_position(self._fanout.ring)))

    def end(self) -> None:
        """Close it; a client that does not read is cut off after a while."""
        if not self._open:
            return
        self._open = False
        self.client.stopProducing()
        channel: Any = self._request.channel
        self._request.unregisterProducer()
        # Not finish(): after that Twisted would not tell us that the connection is gone.
        if self._form is CHUNKED:
            channel.write(b"0\r\n\r\n")
        self._abort = Limit(LAST_WORDS, self._fanout.clock, self._cut_off)
        channel.loseConnection()

    def _write(self, data: bytes) -> None:
        # Not to the request, which would put a chunk of its own around it for each client.
        self._request.channel.write(data)

    def _overrun(self) -> None:
        self._fanout.dropped_one(self)
        self._write(self._form.whole(_OVERRUN))
        self.end()

    def _cut_off(self) -> None:
        self._abort = None
        channel: Any = self._request.channel
        channel.transport.abortConnection()

    def _gone(self, reason: object) -> None:
        """The connection is lost."""
        self._open = False
        self.client.stopProducing()
        if self._abort is not None:
            self._abort.cancel()
            self._abort = None
        self._fanout.leave(self)
