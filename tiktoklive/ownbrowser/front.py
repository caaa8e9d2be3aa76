"""What the endpoint answers: pushes, by POST and WebSocket, and the extension that makes them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from twisted.web.http import CACHED
from twisted.web.server import Request

from tiktoklive.outputs.web.answers import Refusal, as_json
from tiktoklive.outputs.web.guard import Guard, WebLimits
from tiktoklive.outputs.web.site import RoutedResource
from tiktoklive.outputs.web.tokens import Scope, Tokens
from tiktoklive.outputs.web.upgrade import upgrade
from tiktoklive.ownbrowser.extension_zip import zipped
from tiktoklive.ownbrowser.pages import OpenPages
from tiktoklive.ownbrowser.pushes import LARGEST, read_push
from tiktoklive.ownbrowser.socket import PushSocket
from tiktoklive.pacing.bucket import TokenBucket

#: Bytes that may be pushed in a second, of all pages together, and at once.
RATE, BURST = 2 * 1024 * 1024, 32 * 1024 * 1024


class PushFront(RoutedResource):
    """
    Takes what is pushed by those who have the token.

    :param frame: bytes that a frame may have.
    """

    def __init__(
        self,
        guard: Guard,
        tokens: Tokens,
        pages: OpenPages,
        clock: Any,
        limits: WebLimits,
        *,
        frame: int,
    ) -> None:
        super().__init__(guard, tokens)
        self.pages = pages
        self._clock, self._limits = clock, limits
        self._frame = frame
        self._rate = TokenBucket(1 / RATE, BURST)
        self._sockets: set[PushSocket] = set()
        self._zip = b""
        may = Scope.CONTROL
        self.route(
            [
                (r"/push", {"POST": (may, self._post), "STREAM": (may, self._socket)}),
                (r"/pages", {"GET": (may, self._pages)}),
                (r"/extension\.zip", {"GET": (Scope.NOTHING, self._extension)}),
            ]
        )

    def take(self, data: bytes, *, binary: bool = False) -> tuple[str, dict[str, Any]]:
        """
        Take a push.

        :return: the page that pushed, and what it is answered.
        :raise Refusal: it is none, or too much.
        """
        early = self._rate.take(self._clock.seconds(), len(data))
        if early:
            wait = (("Retry-After", str(max(1, round(early)))),)
            raise Refusal(429, "rate", "Too much is pushed: wait a little.", wait)
        push = read_push(data, frame=self._frame, binary=binary)
        followed = self.pages.take(push)
        return push.page, {"taken": len(push.frames), "followed": followed}

    def sweep(self) -> None:
        """Forget who fell silent."""
        self.pages.sweep()
        for socket in list(self._sockets):
            socket.sweep()

    def close(self) -> None:
        """Cut off all sockets."""
        for socket in list(self._sockets):
            socket.cut_off()

    def _post(self, request: Request) -> bytes:
        kind = (request.getHeader("content-type") or "").partition(";")[0].strip().lower()
        binary = kind == "application/octet-stream"
        if kind != "application/json" and not binary:
            raise Refusal(415, "type", "Send JSON: Content-Type: application/json.")
        content: Any = request.content
        return as_json(request, self.take(content.read(), binary=binary)[1])

    def _socket(self, request: Request) -> Any:
        if len(self._sockets) >= self._limits.clients:
            raise Refusal(503, "full", "There are too many clients: come back later.")
        channel: Any = request.channel  # which the upgrade takes from the request
        socket = PushSocket(self, self._clock, self._sockets.add, self._sockets.discard)
        answer = upgrade(request, self._clock, socket, LARGEST)
        channel.site.forget(channel)
        return answer

    def _pages(self, request: Request) -> bytes:
        return as_json(request, {"pages": [page.as_dict() for page in self.pages.states()]})

    def _extension(self, request: Request) -> bytes:
        self._zip = self._zip or zipped()
        request.setHeader("Content-Type", "application/zip")
        request.setHeader("Cache-Control", "no-cache")
        name = 'attachment; filename="tiktoklive-extension.zip"'
        request.setHeader("Content-Disposition", name)
        etag = b'"%b"' % sha256(self._zip).hexdigest()[:32].encode("ascii")
        return b"" if request.setETag(etag) is CACHED else self._zip
