"""The endpoint: who may push, what, and how much; and the extension that it hands out."""

from __future__ import annotations

import io
import json
import zipfile
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any

from twisted.logger import capturedLogs, formatEvent

from tests.ownbrowser.case import PushCase
from tests.stack.case import chat
from tiktoklive.events import Chat
from tiktoklive.ownbrowser import front, socket
from tiktoklive.ownbrowser.extension_zip import FOLDER, ORIGIN
from tiktoklive.ownbrowser.pushes import MOST_FRAMES
from tiktoklive.wire.batches import build_batch
from tiktoklive.wire.frames import heartbeat, push

BEAT = heartbeat("7", 1)


class PushTests(PushCase):
    """What is pushed."""

    def setUp(self) -> None:
        super().setUp()
        self.listen()

    def entered(self) -> Any:
        """A connection that is live: nothing was said yet, so it takes its first seconds."""
        connection = self.connection()
        connected = connection.connect()
        self.settle(6)
        self.successResultOf(connected)
        return connection

    def comment(self, text: str, number: int) -> bytes:
        """A frame with a comment."""
        method, payload = chat(text)
        return push(build_batch([(method, payload, number, False)]), log_id=number)

    def test_post(self) -> None:
        """A batch is taken and answered; a room that is followed gets it as events."""
        answer = self.ask("/push", self.pushed(BEAT))
        self.assertEqual((200, {"taken": 1, "followed": False}), (answer.status, answer.json))
        self.entered()
        answer = self.ask("/push", self.pushed(self.comment("one", 1), self.comment("two", 2)))
        self.assertEqual({"taken": 2, "followed": True}, answer.json)
        self.assertEqual(["one", "two"], self.seen.comments())
        self.ask("/push", self.pushed(self.comment("two", 2), self.comment("three", 3)))
        self.assertEqual(["one", "two", "three"], self.seen.comments())
        self.assertEqual("alice", self.seen.of(Chat)[0].anchor)

    def test_binary(self) -> None:
        """Frames may be bytes behind a line of JSON, which says how many each has."""
        self.ask("/push", self.pushed())
        self.entered()
        frames = [self.comment("one", 1), self.comment("two", 2)]
        shape = {**self.shape(), "at": [1, 2], "sizes": [len(frame) for frame in frames]}
        body = json.dumps(shape).encode() + b"\n" + b"".join(frames)
        answer = self.ask("/push", body, content_type="application/octet-stream")
        self.assertEqual(2, answer.json["taken"])
        self.assertEqual(["one", "two"], self.seen.comments())
        listener = self.socket()
        listener.sendMessage(body.replace(b"p-1", b"p-2"), True)
        self.network.flush()
        self.assertEqual([{"taken": 2, "followed": True}], listener.messages)
        short = self.ask("/push", body[:-1], content_type="application/octet-stream")
        self.assertEqual(400, short.status)

    def test_socket(self) -> None:
        """Each message of a WebSocket is a push; its pages are gone with it."""
        listener = self.socket()
        listener.say(self.shape(BEAT))
        listener.say({"room": 7})
        self.network.flush()
        taken, refused = listener.messages
        self.assertEqual(1, taken["taken"])
        self.assertEqual("push", refused["code"])
        connection = self.entered()
        self.assertEqual(1, len(connection.get_state().pages))
        listener.transport.loseConnection()
        self.settle(1)
        self.assertEqual("waiting", connection.get_state().phase)
        self.assertIn("What pushed the page", connection.get_state().reason)

    def test_sockets_end(self) -> None:
        """A socket that says nothing is cut off, and no more than so many are open."""
        listener = self.socket()
        self.settle(socket.IDLE + 20)
        self.assertTrue(listener.is_over)
        front_of: Any = self.endpoint.front
        front_of._sockets.update(map(_Nobody, range(16)))
        self.assertEqual(503, self.upgrade().status)
        front_of._sockets.clear()

    def upgrade(self, **more: str) -> Any:
        """The answer to a wish for a socket."""
        wish = {"upgrade": "websocket", "connection": "Upgrade", "sec_websocket_version": "13"}
        return self.ask("/push", None, **{**wish, "sec_websocket_key": "x" * 22 + "==", **more})

    def test_who(self) -> None:
        """Only who has the token may push, and no page of another origin but our extension."""
        body = self.pushed(BEAT)
        self.assertEqual(401, self.ask("/push", body, token="").status)
        self.assertEqual(401, self.ask("/push", body, token="x" * 20).status)
        self.assertEqual(401, self.ask("/pages", token="").status)
        self.assertEqual(401, self.upgrade(token="x").status)
        with capturedLogs() as logged:
            for origin, status in (
                ("https://www.tiktok.com", 403),
                ("chrome-extension://abc", 403),
                ("null", 403),
                (ORIGIN, 200),
            ):
                self.assertEqual(status, self.ask("/push", body, origin=origin).status, origin)
        [told] = [line for each in logged if "was refused" in (line := formatEvent(each) or "")]
        self.assertIn("name it in TIKTOKLIVE_BROWSER_ORIGINS", told)
        answer = self.ask("/push", body, host="evil.example")
        self.assertEqual(403, answer.status)
        self.assertIn("TIKTOKLIVE_BROWSER_HOSTS", answer.json["error"])
        asked = self.ask("/push", None, method="OPTIONS", token="", origin=ORIGIN)
        self.assertEqual(204, asked.status)
        self.assertEqual(ORIGIN, asked.headers["access-control-allow-origin"])

    def test_what(self) -> None:
        """What is no batch of push frames is refused whole, and nothing of it arrives."""
        text = b64encode(BEAT).decode()
        for change, status in (
            ({"room": "x"}, 400),
            ({"room": 7}, 400),
            ({"room": "7" * 21}, 400),
            ({"anchor": "a b"}, 400),
            ({"page": ""}, 400),
            ({"page": "p" * 65}, 400),
            ({"page": "a\r\nb"}, 400),
            ({"page": "a b"}, 400),
            ({"frames": "text"}, 400),
            ({"frames": [7]}, 400),
            ({"frames": 7}, 400),
            ({"frames": ["%%%"]}, 400),
            ({"frames": [b64encode(b"<html>").decode()]}, 400),
            ({"frames": [text], "at": []}, 400),
            ({"frames": [text], "at": ["now"]}, 400),
            ({"frames": [text], "at": [-1]}, 400),
            ({"lost": -1}, 400),
            ({"lost": True}, 400),
            ({"closed": 1}, 400),
            ({"frames": [text] * (MOST_FRAMES + 1), "at": [0] * (MOST_FRAMES + 1)}, 413),
        ):
            answer = self.ask("/push", json.dumps({**self.shape(), **change}).encode())
            self.assertEqual(status, answer.status, change)
            self.assertEqual("push", answer.json["code"], change)
        for body in (b"", b"[]", b"[" * 9999, b"\xff"):
            self.assertEqual(400, self.ask("/push", body).status)
        self.assertEqual(415, self.ask("/push", b"{}", content_type="text/plain").status)
        self.assertEqual(413, self.ask("/push", b" " * (1024 * 1024 + 1)).status)
        self.assertEqual([], self.pages.states())

    def test_large_frame(self) -> None:
        """A frame that no stream would take is refused."""
        self.patch(self.endpoint.front, "_frame", 10)
        self.assertEqual(413, self.ask("/push", self.pushed(BEAT)).status)

    def test_rate(self) -> None:
        """Too many bytes, or requests, are told to wait."""
        self.patch(self.endpoint.front, "_rate", front.TokenBucket(1 / 100, 500))
        body = self.pushed(BEAT)
        self.assertEqual(200, self.ask("/push", body).status)
        answers = [self.ask("/push", body) for _ in range(5)]
        self.assertEqual(429, answers[-1].status)
        self.assertLess(0, int(answers[-1].headers["retry-after"]))
        answers = [self.ask("/pages") for _ in range(250)]
        self.assertEqual(429, answers[-1].status)

    def test_pages(self) -> None:
        """Who has the token sees which pages push, and since when."""
        self.ask("/push", self.pushed(BEAT))
        [page] = self.ask("/pages").json["pages"]
        self.assertEqual(("p-1", "alice", 0, 1), tuple(page[key] for key in KEYS))
        self.assertEqual(404, self.ask("/other").status)
        self.assertEqual(405, self.ask("/pages", b"{}").status)

    def test_stops(self) -> None:
        """When it stops, the pages are gone and a stream is told why; it can be started again."""
        self.ask("/push", self.pushed(BEAT))
        connection = self.entered()
        listener = self.socket()
        self.endpoint.stopService()
        self.settle(1)
        self.assertTrue(listener.is_over)
        self.assertIn("endpoint for the browser is closed", connection.get_state().reason)
        self.listen()
        self.ask("/push", self.pushed(BEAT))
        self.settle(40)
        self.assertEqual("live", connection.get_state().phase)


class _Nobody:
    def __init__(self, number: int) -> None:
        self.number = number


KEYS = ("page", "anchor", "since", "frames")


class ExtensionTests(PushCase):
    """The extension, as it is handed out."""

    def test_zip(self) -> None:
        """It is one file, the same each time, whose manifest gives the name that may push."""
        self.listen()
        answer = self.ask("/extension.zip", token="")
        self.assertEqual(200, answer.status)
        etag = answer.headers["etag"]
        self.assertEqual(304, self.ask("/extension.zip", token="", if_none_match=etag).status)
        with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
            names = set(archive.namelist())
            manifest = json.loads(archive.read("manifest.json"))
        self.assertEqual({path.name for path in FOLDER.iterdir()}, names)
        digest = sha256(b64decode(manifest["key"])).hexdigest()[:32]
        name = "".join(chr(ord("a") + int(digit, 16)) for digit in digest)
        self.assertEqual(ORIGIN, f"chrome-extension://{name}")
        for scripts in manifest["content_scripts"]:
            self.assertLessEqual(set(scripts["js"]), names)

    def test_rights(self) -> None:
        """It asks for no right but TikTok's pages and this machine, and runs nothing of others."""
        manifest = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
        self.assertEqual([], manifest.get("permissions", []))
        allowed = {"https://*.tiktok.com/*", "http://127.0.0.1/*", "http://localhost/*"}
        self.assertEqual(allowed, set(manifest["host_permissions"]))
        for scripts in manifest["content_scripts"]:
            self.assertEqual(["https://*.tiktok.com/*"], scripts["matches"])
            self.assertEqual("document_start", scripts["run_at"])
        for path in FOLDER.iterdir():
            text = path.read_text("utf-8").replace("http://127.0.0.1:8081/", "")
            words = ["innerHTML", "eval("]
            words += [] if path.name == "manifest.json" else ["://"]
            self.assertEqual([], [word for word in words if word in text], path.name)
