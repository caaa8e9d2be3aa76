"""The API is what its description says, as schemathesis finds by trying everything."""

from __future__ import annotations

import re
from typing import Any

from twisted.internet import reactor
from twisted.internet.threads import blockingCallFromThread, deferToThread
from twisted.trial.unittest import SynchronousTestCase, TestCase

from tests.outputs.web.case import READ, TOKEN, Rooms, Wiring, make
from tiktoklive.errors import RateLimitedError, RoomLookupError, UserOfflineError
from tiktoklive.outputs.web.guard import WebLimits
from tiktoklive.outputs.web.openapi import DESCRIPTION
from tiktoklive.outputs.web.output import WebOutput
from tiktoklive.outputs.web.site import OVERLAYS

try:
    import schemathesis
except ImportError:
    schemathesis = None  # type: ignore[assignment]

#: Requests that are tried for each operation, beside those that are there to succeed.
TRIES = 10

BOTH = {"TIKTOKLIVE_WEB_TOKEN": TOKEN, "TIKTOKLIVE_WEB_READ_TOKEN": READ}

DESCRIBED = "/api/openapi.json"

JSON = "application/json"

METHODS = ("get", "post", "patch", "delete")


class DescriptionTests(SynchronousTestCase):
    """The description by itself."""

    def test_whole(self) -> None:
        """It describes every address that is asked and answered at once, pages apart."""
        output: Any = make(Wiring(reactor), "tcp:0", {})
        served = set()
        for pattern, methods in output._site.resource._routes:
            path = re.sub(r"\(\?P<(\w+)>\[\^/\]\+\)", r"{\1}", pattern.pattern).replace("\\", "")
            served |= {(path, method.lower()) for method in methods if method != "STREAM"}
        pages = (
            "/",
            OVERLAYS,
            "/overlays",
            "/moderator",
            "/static/{name}",
            "/files/{name}",
            DESCRIBED,
        )
        served -= {(path, "get") for path in pages}
        described = {
            (path, method)
            for path, item in DESCRIPTION["paths"].items()
            for method in item
            if method in METHODS
        }
        self.assertEqual(served, described)


class SchemaTests(TestCase):
    """The description against the server."""

    timeout = 120
    if schemathesis is None:
        skip = "schemathesis is not installed"

    async def serve(self, environ: dict[str, str]) -> str:
        """A server on a free port, and its address."""
        self.rooms = Rooms("anna", "bob")
        limits = WebLimits(rate=100_000, burst=100_000)
        self.web: WebOutput = make(Wiring(reactor), "tcp:0", environ, limits)
        self.web.control(self.rooms)
        self.web.startService()
        self.addCleanup(self.web.stopService)
        return (await self.web.ready()).rstrip("/")

    async def test_everything(self) -> None:
        """Whatever is asked, the answer is one that is described; what is wrong is refused."""
        base = await self.serve(BOTH)
        tried = await deferToThread(try_everything, base, {"Authorization": f"Bearer {TOKEN}"})
        self.assertEqual(22, tried)

    async def test_good(self) -> None:
        """What is right succeeds, and what TikTok does not give is refused as described."""
        base = await self.serve(BOTH)
        statuses = await deferToThread(self.use_all, base)
        expected = [200, 200, 200, 200, 200, 201, 200, 200, 409, 503, 502, 200, 409, 204, 404, 409]
        self.assertEqual([200] * 6 + expected, statuses)

    def use_all(self, base: str) -> list[int]:
        """Use each operation as it is meant, in another thread than the server's."""
        schema = schemathesis.openapi.from_url(f"{base}/api/openapi.json")
        statuses = []

        def use(method: str, path: str, said: Any = None, **parts: Any) -> None:
            if said is not None:
                blockingCallFromThread(reactor, setattr, self.rooms, "said", said)
            case = schema[path][method].Case(**parts)
            answer = case.call_and_validate(
                headers={"Authorization": f"Bearer {TOKEN}"},
                # That TikTok gives no good answer is no fault of the server's.
                excluded_checks=[schemathesis.checks.not_a_server_error],
            )
            statuses.append(answer.status_code)

        anna = {"path_parameters": {"name": "anna"}}
        cleo = {"body": {"name": "cleo"}, "media_type": JSON}
        info = "/api/rooms/{name}/info"
        use("GET", "/healthz")
        use("GET", "/readyz")
        use("POST", "/sample")
        use("POST", "/api/reload")
        use("GET", "/files")
        use("GET", "/rooms")
        use("GET", "/api/lanes")
        use("GET", "/api/rooms")
        use("GET", "/api/rooms/{name}", **anna)
        use("GET", "/api/rooms/{name}/numbers", **anna)
        use("GET", "/api/rooms/{name}/events", **anna)
        use("POST", "/api/rooms", **cleo)
        use("GET", info, {"title": "Hello"}, **anna)
        use("GET", "/api/rooms/{name}/gifts", [{"id": 1}], **anna)
        use("GET", info, UserOfflineError("@anna is not live."), **anna)
        use("GET", info, RateLimitedError("A pause.", retry_after=3), **anna)
        use("GET", info, RoomLookupError("No."), **anna)
        use("PATCH", "/api/rooms/{name}", **anna, body={"name": "@anna"}, media_type=JSON)
        use("PATCH", "/api/rooms/{name}", **anna, **cleo)
        use("DELETE", "/api/rooms/{name}", **anna)
        use("DELETE", "/api/rooms/{name}", **anna)
        use("POST", "/api/rooms", **cleo)
        return statuses

    async def test_refused(self) -> None:
        """Without a token nothing is answered but what is described."""
        base = await self.serve({"TIKTOKLIVE_WEB_READ_TOKEN": TOKEN})
        await deferToThread(try_everything, base, {})
        self.assertEqual({"anna", "bob"}, set(self.rooms.states))


def try_everything(base: str, headers: dict[str, str]) -> int:
    """
    Let schemathesis try requests that fit the description, and some that don't.

    :return: how many operations there are.
    """
    from hypothesis import HealthCheck, given, settings
    from schemathesis import GenerationMode

    schema = schemathesis.openapi.from_url(f"{base}/api/openapi.json")
    count = 0
    for operation in schema.get_all_operations():
        count += 1
        # An address that takes nothing, not even a token, cannot be asked wrongly.
        described = operation.ok()
        takes = DESCRIPTION["paths"][described.path][described.method.lower()]["security"]
        for mode in GenerationMode if takes else [GenerationMode.POSITIVE]:
            tries = settings(
                max_examples=TRIES,
                deadline=None,
                database=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            )

            @tries
            @given(case=described.as_strategy(generation_mode=mode))
            def attempt(case: Any) -> None:
                case.call_and_validate(headers=headers)

            attempt()
    return count
