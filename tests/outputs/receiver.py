"""A receiver of webhooks, written with the reference implementation of Standard Webhooks."""

from __future__ import annotations

import base64
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

try:
    from standardwebhooks import Webhook, WebhookVerificationError
except ImportError:  # the extra "test" is not installed
    Webhook = WebhookVerificationError = None  # type: ignore[assignment,misc]

#: Why a test that needs it is skipped, ``""`` if it isn't.
MISSING = "" if Webhook is not None else "standardwebhooks is not installed: see the extra test"


class Receiver:
    """
    Takes deliveries, verifies each, and remembers them in the order in which they came.

    :ivar bodies: by the delivery's id, what it holds; the same if it comes again.
    :ivar wrong: what is wrong with some.
    :ivar repeated: how many came again.
    """

    def __init__(self, secret: bytes) -> None:
        self.reference = Webhook("whsec_" + base64.b64encode(secret).decode())
        self.bodies: dict[str, Any] = {}
        self.wrong: list[str] = []
        self.repeated = 0

    def take(self, headers: dict[str, str], body: bytes) -> None:
        """One delivery."""
        try:
            verified = self.reference.verify(body, headers)
        except Exception as error:
            self.wrong.append(repr(error))
            return
        number = headers["webhook-id"]
        if number in self.bodies:
            self.repeated += 1
            if self.bodies[number] != verified:
                self.wrong.append(f"{number} came again with another body")
        self.bodies[number] = verified

    @property
    def events(self) -> list[dict[str, Any]]:
        """The envelopes of all deliveries, without what was in one that came again."""
        return [event for body in self.bodies.values() for event in body["data"]["events"]]


class HTTPReceiver(Receiver):
    """One that listens on loopback, in threads of its own."""

    def __init__(self, secret: bytes) -> None:
        super().__init__(secret)
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.take({k.lower(): v for k, v in self.headers.items()}, body)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, *args: Any) -> None:
                """Senders may die in the middle."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
