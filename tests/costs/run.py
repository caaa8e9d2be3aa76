"""
Measure what each input costs, one after the other, in a process of its own.

``python -m tests.costs.run [KIND ...]`` prints a table of those that cost most; with ``--json``,
everything as one JSON object, for the tests.  Kinds are ``frames``, ``schema``, ``json`` and
``heads``.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, repeat
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.protocol import Factory
from twisted.internet.task import Clock
from twisted.python.failure import Failure

from tests.costs import bombs
from tests.costs.measure import MEMORY, SECONDS, STEPS, Cost, by_itself, measure, yardstick
from tests.net.raw import HOST, RawServer
from tests.seams import ROOM, Stream
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.errors import TikTokLiveError
from tiktoklive.events import Event
from tiktoklive.model import Ticket
from tiktoklive.net.limits import MAX_ANSWER
from tiktoklive.net.web import Web
from tiktoklive.outputs.envelope import encode_line, envelope
from tiktoklive.rooms.details import CompressedJson
from tiktoklive.rooms.scripts import script_in
from tiktoklive.stream.conversation import Conversation, Tally
from tiktoklive.stream.limits import Limits
from tiktoklive.testing import MemoryNetwork

#: The longest line that an output writes for one event.
LONGEST_LINE = 8 * 1024 * 1024

#: Bytes that this process may take in all.
_MOST = 3 * 1024 * 1024 * 1024

#: Bytes that a server says at most.
_TALK = 24 * 1024 * 1024


def converse(data: bytes) -> Any:
    """Receive a frame as a stream does, with an output for all events; its lines wait."""
    clock, dispatcher = Clock(), Dispatcher()
    lines: list[bytes] = []

    def write(event: Event) -> None:
        lines.append(encode_line(envelope(event)))

    dispatcher.on("event", write)
    talk = Conversation(
        Ticket(ROOM, "wss://x.example/"),
        dispatcher,
        clock,
        seen=DedupWindow(2048),
        tally=Tally(),
        limits=Limits(),
        on_end=lambda end: None,
        on_closed=lambda reason: None,
        trackers=Trackers(clock, dispatcher.tell),
    )
    talk.begin(Stream(talk))
    talk.frame(data)
    assert not dispatcher.failed, "an observer failed"
    assert max(map(len, lines), default=0) <= LONGEST_LINE, "too long a line"
    return dispatcher, talk, lines


def ask(say: Iterable[bytes], read: Callable[[Any], object]) -> Any:
    """Ask a web server that says this, until the connection is closed."""
    network, server = MemoryNetwork(), RawServer()
    network.add(HOST, 443, Factory.forProtocol(lambda: server))
    web = Web(network, network.clock)
    results: list[Any] = []
    asking = Deferred.fromCoroutine(web.get(f"https://{HOST}/", cookies={"c": "d"}))
    asking.addBoth(results.append)
    network.flush()
    for piece in say:
        if results or not network.open:
            break
        server.transport.write(piece)
        network.flush()
    if network.open:
        server.transport.loseConnection()
        network.flush()
    network.clock.advance(30)
    network.flush()
    Deferred.fromCoroutine(web.close())
    [result] = results
    if isinstance(result, Failure):
        result.trap(TikTokLiveError)
        return result.type
    try:
        return result, read(result)
    except ValueError as error:
        return result, str(error)


def _body(text: bytes) -> Iterator[bytes]:
    packed = gzip.compress(text)
    yield b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    for start in range(0, len(packed), 65536):
        yield packed[start : start + 65536]


def _page(text: bytes) -> object:
    return script_in(b'<script id="x">' + text + b"</script>", "x")


def _endless(start: bytes, more: bytes | list[bytes]) -> Iterator[bytes]:
    """What is said: a beginning, and then pieces as large as a socket gives them."""
    units = iter(more) if isinstance(more, list) else repeat(more)
    said = 0
    pieces: list[bytes] = [start]
    size = len(start)
    for unit in chain(units, [b""]):
        pieces.append(unit)
        size += len(unit)
        if size >= 65536 or not unit:
            yield b"".join(pieces)
            said += size
            pieces, size = [], 0
        if said >= _TALK or not unit:
            return


def costs(kinds: Iterable[str], stick: float) -> dict[str, Cost]:
    """
    By kind and name, what each costs.

    :param stick: the :func:`yardstick`.
    """
    found = {}
    for kind in kinds:
        for name, action in _KINDS[kind]():
            cost = measure(action)
            for _ in range(2):  # what else the machine does makes a second slower, never faster
                if cost.seconds < STEPS * stick:
                    break
                again = measure(action)
                cost = Cost(max(cost.memory, again.memory), min(cost.seconds, again.seconds))
            found[f"{kind}: {name}"] = cost
    return found


def _frames() -> Iterator[tuple[str, Callable[[], object]]]:
    for name, data in bombs.frames().items():
        yield name, lambda data=data: converse(data)  # type: ignore[misc]


def _schema() -> Iterator[tuple[str, Callable[[], object]]]:
    for name, data in bombs.schema_frames():
        yield name, lambda data=data: converse(data)  # type: ignore[misc]


def _json() -> Iterator[tuple[str, Callable[[], object]]]:
    def read(answer: Any) -> object:
        value = answer.json()
        return CompressedJson(value) if isinstance(value, dict) else value

    for name, text in bombs.json_texts().items():
        assert len(text) <= MAX_ANSWER, name
        pieces = list(_body(text))
        yield name, lambda said=pieces: ask(said, read)  # type: ignore[misc]
        yield f"{name}, in a page", lambda text=text: _page(text)  # type: ignore[misc]


def _heads() -> Iterator[tuple[str, Callable[[], object]]]:
    for name, (start, more) in bombs.heads().items():
        yield name, lambda a=start, b=more: ask(_endless(a, b), len_of)  # type: ignore[misc]


def len_of(answer: Any) -> int:
    """How long the body of an answer is."""
    return len(answer.body)


_KINDS: dict[str, Callable[[], Iterator[tuple[str, Callable[[], object]]]]] = {
    "frames": _frames,
    "schema": _schema,
    "json": _json,
    "heads": _heads,
}


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What hostile input costs.")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(_KINDS))
    parser.add_argument("--json", action="store_true", help="all, for programs")
    options = parser.parse_args(arguments)
    # What goes wrong must not take the machine with it.
    resource.setrlimit(resource.RLIMIT_AS, (_MOST, _MOST))
    measure(lambda: converse(bombs.frame(bombs.item("WebcastChatMessage", b""))))  # imports
    gc.freeze()  # what was there before is not looked through again and again
    before = yardstick()
    found = costs(options.kinds or _KINDS, before)
    stick = max(before, yardstick())
    if options.json:
        print(json.dumps({"yardstick": stick, "costs": found}))
        return 0
    for place, unit, scale, most in ((0, "MiB", 1 << 20, MEMORY), (1, "ms", 0.001, SECONDS)):
        print(f"The most {unit}, of {most / scale:.0f}:")
        for name, cost in sorted(found.items(), key=lambda pair: -pair[1][place])[:15]:
            print(f"{cost[place] / scale:10.1f} {unit}  {name}")
    print(f"{len(found)} inputs; yardstick {stick * 1000:.1f} ms")
    return int(any(c.memory > MEMORY or c.seconds > SECONDS for c in found.values()))


if __name__ == "__main__":
    by_itself("tests.costs.run")
    sys.exit(main(sys.argv[1:]))
