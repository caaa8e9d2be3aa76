"""Whatever a server repeats of a request, nothing that people or programs read shows a secret."""

from __future__ import annotations

import base64
import traceback
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any
from urllib.parse import quote, unquote

from twisted.internet.defer import Deferred
from twisted.internet.protocol import Factory
from twisted.logger import globalLogPublisher
from twisted.trial.unittest import SynchronousTestCase

from tests.echoing import FORMS, Echo, World
from tests.stack.case import Recorder
from tests.stack.test_secrets import Log
from tiktoklive.capture import Recorder as TapeRecorder
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.options import (
    Options,
    RequestOptions,
    SignProviderOptions,
    WebsocketOptions,
)
from tiktoklive.outputs.envelope import encode_line, envelope
from tiktoklive.stream.limits import Limits
from tiktoklive.testing import MemoryNetwork, settle
from tiktoklive.wiring import standard_wiring

SECRETS = {
    "session": "SeCrEtSeSsIoN00aa11bb22",
    "ttwid": "1%7CSeCrEtTtWiD33%7Cq",
    "sign key": "SeCrEtSiGnKeY44",
    "proxy password": "SeCrEtPrOxY55/x",
    "cookie": "SeCrEtReQcOoKiE99",
    "header": "SeCrEtHeAdEr4711",
    "sign header": "SeCrEtSiGnHeAdEr10",
    "socket header": "SeCrEtWsHeAdEr1111",
    "sign parameter": "SeCrEtSiGnPaRaM12",
    "parameter": "SeCrEtClIeNtPaRaM13",
    "signature": "SeCrEtSiGnAtUrE14",
    "minted": "1%7CmInTeDtTwId0001%7Cz",
}

SIGN_HOST = "sign.example"
HOSTS = ("www.tiktok.com", "webcast.tiktok.com", "webcast-ws.tiktok.com", SIGN_HOST)

#: Who repeats requests, each with what else has to, so that it is asked at all.
PLACES: dict[str, tuple[str, ...]] = {
    "api-live: refusal": ("live page: text",),
    "api-live: text": ("live page: text",),
    "api-live: redirect": ("live page: redirect",),
    "api-live: garbage": ("live page: garbage",),
    "api-live: data": (),
    "live page: refusal": ("api-live: refusal",),
    "room info: refusal": (),
    "room info: text": (),
    "room info: data": (),
    "room info: garbage": (),
    "gift list: refusal": (),
    "gift list: text": (),
    "gift list: data": (),
    "handshake: refusal": ("im/fetch: refusal", "sign server: refusal", "sign_url: refusal"),
    "handshake: garbage": ("im/fetch: text", "sign server: text", "sign_url: text"),
    "sign server: garbage": ("handshake: refusal", "sign_url: garbage", "im/fetch: garbage"),
    "ttwid page: data": ("handshake: refusal",),
    "ttwid page: refusal": (),
    "ttwid page: redirect": (),
    "stream: closed": (),
    "chat: refusal": (),
    "chat: text": (),
    "chat: data": (),
}


def forms_of(secret: str) -> Iterator[str]:
    """How a secret could be read, parts of it included, in lower case."""
    for plain in {secret, unquote(secret)}:
        raw = plain.encode()
        coded = [base64.b64encode(b"x" * n + raw).decode()[4:-4] for n in range(3)]
        for form in (plain, quote(plain, safe=""), plain[:8], plain[-8:], plain[4:12], *coded):
            yield form.lower()


class EchoTests(SynchronousTestCase):
    """Each answer of each server."""

    def setUp(self) -> None:
        self.log = Log()
        globalLogPublisher.addObserver(self.log)
        self.addCleanup(globalLogPublisher.removeObserver, self.log)

    def run_with(self, options: Options, world: World) -> str:
        """Follow a room for a while, and say something: all that there was to read of it."""
        network = MemoryNetwork()
        factory = Factory.forProtocol(lambda: Echo(world))
        factory.noisy = False
        for host in HOSTS:
            network.add(host, 443, factory)
        network.add("proxy.example", 3128, factory, tls=False)
        wiring = standard_wiring(network.clock, options, network=network, random=Random(1))
        tape = self.mktemp()
        recorder = TapeRecorder(wiring.opener, tape, network.clock)
        wiring = replace(wiring, opener=recorder)
        connection = WebcastPushConnection("@alice", wiring=wiring)
        seen = Recorder()
        connection.add_observer(seen)
        texts: list[str] = []
        connection.startService()
        settle(network)
        asked: list[Deferred[Any]] = []
        for number in range(12):
            settle(network, 5)
            state = connection.get_state()
            texts += [repr(state), str(state.reason), repr(state.as_dict())]
            if number == 4:
                asked = [
                    connection.send_message("hello"),
                    connection.send_message("hello", "SeCrEtSeSsIoN00aa11bb22"),
                    connection.get_room_info(),
                    connection.get_available_gifts(),
                ]
        for each in asked:
            each.addBoth(lambda result: texts.append(repr(result)) or texts.extend(_told(result)))
        stopped = connection.stopService()
        settle(network, 5)
        self.successResultOf(stopped)
        closed = wiring.close()
        settle(network)
        self.successResultOf(closed)
        for event in seen.events:
            texts += [repr(event), str(event), encode_line(envelope(event)).decode()]
            for name in ("reason", "exception", "state", "error", "failures"):
                texts += _told(getattr(event, name, None))
        try:
            with open(tape, encoding="utf-8") as file:
                texts.append(file.read())
        except FileNotFoundError:
            pass
        texts += [repr(wiring), repr(connection), *self.log.texts]
        self.flushLoggedErrors()
        return "\n".join(texts)

    def options(self, *sources: str, **more: Any) -> Options:
        """With a secret in every setting."""
        return Options(
            **{
                "session_id": SECRETS["session"],
                "tt_target_idc": "useast5",
                "ttwid": SECRETS["ttwid"],
                "session_hosts": (SIGN_HOST,),
                "sign_base": f"https://{SIGN_HOST}",
                "sources": sources or ("direct", "signed", "classic"),
                "enable_extended_gift_info": True,
                "request_headers": {
                    "Cookie": f"extra={SECRETS['cookie']}; theme=dark",
                    "X-Private": SECRETS["header"],
                },
                "websocket_headers": {"X-Ws": SECRETS["socket header"]},
                "client_params": {"msToken": SECRETS["parameter"]},
                "sign_query": lambda query: f"X-Gnarly={SECRETS['signature']}",
                "sign_provider_options": SignProviderOptions(
                    api_key=SECRETS["sign key"],
                    headers={"X-Priv": SECRETS["sign header"]},
                    params={"priv": SECRETS["sign parameter"]},
                ),
                "limits": Limits(deaf_after=None),
                "lookups_per_minute": 0,
                "sign_requests_per_minute": 0,
                **more,
            }
        )

    def test_proxy(self) -> None:
        """A proxy that refuses in the words of the request; its password is never shown."""
        proxy = f"http://puser:{quote(SECRETS['proxy password'], safe='')}@proxy.example:3128"
        for form in FORMS:
            world = World()
            world.form = form
            options = self.options(
                request_options=RequestOptions(proxy=proxy),
                websocket_options=WebsocketOptions(proxy=proxy),
            )
            everything = self.run_with(options, world)
            self.assertEqual({"CONNECT"}, {request.method for request in world.requests})
            self.assertIn("HTTP 502 'you sent ", everything)
            self.assertNothingIn(everything, f"proxy, {form}")

    def assertNothingIn(self, everything: str, where: str) -> None:
        """No form of any secret is there."""
        lower = everything.lower().replace("-", "+").replace("_", "/")
        for name, secret in SECRETS.items():
            for form in forms_of(secret):
                found = lower.find(form.replace("-", "+").replace("_", "/"))
                if found >= 0:
                    around = everything[max(0, found - 300) : found + 60]
                    self.fail(f"{where}: {name} as {form!r} in ...{around!r}")


def _told(value: Any) -> list[str]:
    """Everything that can be read of an error, those that led to it included."""
    texts: list[str] = []
    if isinstance(value, BaseException) or hasattr(value, "getTraceback"):
        error = getattr(value, "value", value)
        if hasattr(value, "getTraceback"):
            texts += [value.getTraceback(), value.getBriefTraceback(), value.getErrorMessage()]
        texts += traceback.format_exception(error)
        for each in (error, error.__cause__):
            texts += [repr(each), str(each), repr(getattr(each, "__dict__", ""))]
        for _, inner in getattr(error, "failures", ()):
            texts += _told(inner)
    return [*texts, repr(value)]


def _test(place: str, forms: list[str]) -> Any:
    def test(self: EchoTests) -> None:
        for form in forms:
            world = World()
            world.form, world.echoing = form, {place, *PLACES[place]}
            # Where a cookie is supplied, none is asked for.
            more = {} if form == "raw" and "ttwid" not in place else {"ttwid": None}
            everything = self.run_with(self.options(**more), world)
            self.assertTrue(world.requests)
            self.assertNothingIn(everything, f"{place}, {form}")

    test.__doc__ = f"{place}: nothing of what was sent is shown."
    return test


for _number, _place in enumerate(PLACES):
    _words = "".join(letter if letter.isalnum() else " " for letter in _place).split()
    # Each place repeats as it is and in another form; together they have all of them.
    _form = list(FORMS)[1 + _number % (len(FORMS) - 1)]
    setattr(EchoTests, f"test_{'_'.join(_words)}", _test(_place, ["raw", _form]))
