"""Requests that go on from a cursor are known, and answered as TikTok may answer them."""

from __future__ import annotations

import json

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.simulator.fetch import FETCH_PATH
from tiktoklive.simulator.push import PUSH_PATH
from tiktoklive.simulator.requests import Answer, Request
from tiktoklive.simulator.resumes import is_resume, like_a_poll, refused_resume
from tiktoklive.wire.batches import build_batch, parse_batch

SIGN_PATH = "/webcast/fetch"


def request(path: str, **query: str) -> Request:
    """A request for a path, with these parameters."""
    return Request("GET", path, tuple(query.items()), (), {})


class ResumeTests(SynchronousTestCase):
    """Who goes on from a cursor."""

    def test_known(self) -> None:
        """A cursor says so in each way in: a direct handshake, a sign server, a signed address."""
        for path, query in (
            (PUSH_PATH, {"ws_direct": "1"}),
            (SIGN_PATH, {}),
            (FETCH_PATH, {"X-Bogus": "DFSz"}),
        ):
            self.assertTrue(is_resume(request(path, cursor="1-2", **query)), path)
            self.assertFalse(is_resume(request(path, **query)), path)

    def test_others(self) -> None:
        """A poll, and the socket of a batch that was fetched, have a cursor and go on from none."""
        self.assertFalse(is_resume(request(FETCH_PATH, cursor="1-2")))
        self.assertFalse(is_resume(request(PUSH_PATH, cursor="1-2")))

    def test_refused(self) -> None:
        """TikTok refuses within a 200, with its number; a sign server by the status."""
        answer = refused_resume(request(FETCH_PATH, cursor="1-2"))
        self.assertEqual((200, 10011), (answer.status, json.loads(answer.body)["status_code"]))
        self.assertEqual(400, refused_resume(request(SIGN_PATH, cursor="1-2")).status)

    def test_without_a_socket(self) -> None:
        """An answer as to a poll keeps its cursor, and names no push server."""
        batch = parse_batch(build_batch([], cursor="1-2"))
        batch.push_server = "wss://webcast-ws.tiktok.com/"
        batch.route_params_map.add(key="imprp", value="x")
        answer = Answer(200, batch.SerializeToString(), "application/protobuf")
        polled = parse_batch(like_a_poll(answer).body)
        left = polled.cursor, polled.push_server, len(polled.route_params_map)
        self.assertEqual(("1-2", "", 0), left)

    def test_no_batch(self) -> None:
        """A refusal, and an empty answer, stay as they are."""
        for answer in (Answer(400, b"no"), Answer(200, b"")):
            self.assertIs(answer, like_a_poll(answer))
