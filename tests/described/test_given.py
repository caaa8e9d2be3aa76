"""What a program gives for settings is refused where it cannot be right."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from typing import Any, get_type_hints

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive import Options, RequestOptions, SignProviderOptions, WebsocketOptions
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.stream import Limits
from tiktoklive.wiring import standard_wiring

#: The names of 1.x, and what they are here.
OF_JAVASCRIPT = {
    "processInitialData": "process_initial_data",
    "fetchRoomInfoOnConnect": "fetch_room_info_on_connect",
    "enableExtendedGiftInfo": "enable_extended_gift_info",
    "enableWebsocketUpgrade": "enable_websocket_upgrade",
    "enableRequestPolling": "enable_request_polling",
    "requestPollingIntervalMs": "request_polling_interval",
    "sessionId": "session_id",
    "clientParams": "client_params",
    "requestHeaders": "request_headers",
    "websocketHeaders": "websocket_headers",
    "requestOptions": "request_options",
    "websocketOptions": "websocket_options",
    "signProviderOptions": "sign_provider_options",
}


def all_fields(kind: Any = Options) -> Iterator[tuple[Any, Field[Any], Any]]:
    """Class, field and type of each setting, and of those within."""
    hints = get_type_hints(kind)
    for each in fields(kind):
        yield kind, each, hints[each.name]
        if is_dataclass(hints[each.name]):
            yield from all_fields(hints[each.name])


class GivenTests(SynchronousTestCase):
    """What is refused, and what is said to write."""

    def refused(self, make: Callable[[], object]) -> str:
        """What is said of it: one sentence."""
        said = str(self.assertRaises(TypeError, make))
        self.assertNotIn("\n", said)
        self.assertRegex(said, r"[.?]$")
        return said

    def test_javascript(self) -> None:
        """Each name of 1.x is told what it is called here."""
        for theirs, ours in OF_JAVASCRIPT.items():
            with self.subTest(theirs):
                said = self.refused(lambda name=theirs: Options(**{name: None}))  # type: ignore[misc]
                self.assertIn(f"{theirs!r}: write {ours}", said)
                self.assertEqual(theirs.endswith("Ms"), "in seconds" in said)

    def test_javascript_inside(self) -> None:
        """So is each in what those are made of."""
        for kind, theirs, ours in (
            (RequestOptions, "httpsAgent", "proxy"),
            (WebsocketOptions, "agent", "proxy"),
            (SignProviderOptions, "apiKey", "api_key"),
            (Limits, "staleAfter", "stale_after"),
        ):
            said = self.refused(lambda kind=kind, name=theirs: kind(**{name: None}))  # type: ignore[misc]
            self.assertEqual(f"{kind.__name__} has no setting {theirs!r}: write {ours}.", said)

    def test_misspelt(self) -> None:
        """For another name the most similar one is told, or else all."""
        said = self.refused(lambda: Options(source=("direct",)))  # type: ignore[call-arg]
        self.assertIn("did you mean sources?", said)
        said = self.refused(lambda: RequestOptions(zzz=1))  # type: ignore[call-arg]
        self.assertIn("it has proxy, timeout", said)

    def test_replaced(self) -> None:
        """Changing one is no way around it."""
        self.refused(lambda: replace(Options(), processInitialData=False))  # type: ignore[call-arg]

    def test_dict(self) -> None:
        """A dict is refused wherever options are given, without its values."""
        given: Any = {"processInitialData": False, "sessionId": "s3cr3t", "mine": 1}
        told = "write Options(process_initial_data=..., session_id=..., mine=...)."
        for make in (
            lambda: Options(given),
            lambda: WebcastPushConnection("alice", given, reactor=Clock()),
            lambda: standard_wiring(Clock(), given),
        ):
            said = self.refused(make)
            self.assertIn(told, said)
            self.assertNotIn("s3cr3t", said)
        said = self.refused(lambda: Options(request_options={"timeout": 1, "httpsAgent": 2}))  # type: ignore[arg-type]
        self.assertIn("write request_options=RequestOptions(timeout=..., proxy=...)", said)
        self.refused(lambda: standard_wiring(Clock(), "direct"))  # type: ignore[arg-type]
        self.refused(lambda: standard_wiring(Clock(), {}))  # type: ignore[arg-type]

    def test_text_for_names(self) -> None:
        """Text for a list of names would be a list of letters."""
        for text, told in (
            ("direct", "write sources=('direct',)."),
            ("direct, signed", "write sources=('direct', 'signed')."),
        ):
            said = self.refused(lambda text=text: Options(sources=text))  # type: ignore[misc,arg-type]
            self.assertIn(told, said)
        self.refused(lambda: Options(session_hosts="relay.example"))  # type: ignore[arg-type]
        self.assertEqual(("direct",), tuple(Options(sources=["direct"]).sources))  # type: ignore[arg-type]

    def test_each(self) -> None:
        """Every setting refuses what is of no such kind, and takes its own value."""
        count = 0
        for kind, each, hint in all_fields():
            with self.subTest(f"{kind.__name__}.{each.name}"):
                factory: Any = each.default_factory
                usual = each.default if factory is MISSING else factory()
                kind(**{each.name: usual})
                for wrong in (object(), b"bytes", {1} if hint is not None else None):
                    if isinstance(wrong, set) and hint == tuple[str, ...]:
                        continue
                    said = self.refused(
                        lambda kind=kind, name=each.name, wrong=wrong: kind(**{name: wrong})  # type: ignore[misc]
                    )
                    self.assertIn(each.name, said)
            count += 1
        self.assertGreater(count, 50)

    def test_none(self) -> None:
        """Nothing is taken where it means something, and nowhere else."""
        self.assertIsNone(Options(session_id=None).session_id)
        self.assertIsNone(Limits(deaf_after=None).deaf_after)
        self.refused(lambda: Options(compress=None))  # type: ignore[arg-type]
        self.refused(lambda: Options(sources=None))  # type: ignore[arg-type]
        self.refused(lambda: Options(request_options=None))  # type: ignore[arg-type]

    def test_in_the_middle(self) -> None:
        """A value is named by its place, too; too many are Python's own error."""
        self.assertIn("enable_websocket_upgrade", self.refused(lambda: Options(("direct",), "no")))  # type: ignore[arg-type]
        self.assertRaises(TypeError, lambda: RequestOptions(None, 1.0, 2))  # type: ignore[call-arg]

    def test_signature(self) -> None:
        """For people and tools it is made as before."""
        names = list(inspect.signature(Options).parameters)
        self.assertEqual([each.name for each in fields(Options)], names)
