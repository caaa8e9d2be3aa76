"""
Each fault against each source, as a table: ``python -m tests.matrix``.

A row is something that goes wrong, a column a way into the room; what a cell demands stands in
:mod:`tests.cells`, and which error must name the fault stands
in the rows: here, and in :mod:`tests.answer_rows`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from tests.answer_rows import answers, wrong_answers
from tests.cells import SINGLE, SOURCES, Cell, Named
from tests.naming import NAMED_GARBAGE
from tests.rows import Row, run
from tiktoklive.errors import (
    ApplicationRefusedError,
    ConnectError,
    DeafStreamError,
    DeviceBlockedError,
    EnterRefusedError,
    FrameError,
    HandshakeRefusedError,
    PageNotOpenError,
    RelayRateLimitError,
    SignatureRefusedError,
    StaleStreamError,
    StreamLostError,
    UserNotFoundError,
)
from tiktoklive.simulator.false_answers import FALSE_ANSWERS, NO_LIVE_ROOM, NOT_LET_IN
from tiktoklive.simulator.garbage import FATAL, GARBAGE

SOCKETS = ("direct", "signed", "classic", "relay", "browser", "two")


#: What is told where it is a page that loses its socket, or is not let in for a while, or receives
#: what is no push frame.
CLOSED = Named(StreamLostError, "closed its socket")
NOT_OPEN = Named(PageNotOpenError, "No page of @alice pushes")
NOT_PUSHED = Named(StreamLostError, "could not push 1 frames")


def _sockets(
    kind: type[Exception] | None, words: str = "", page: Named | None = CLOSED
) -> dict[str, Named | None]:
    named = dict.fromkeys(SOCKETS, None if kind is None else Named(kind, words))
    return {**named, "browser": page}


# --- streams ----------------------------------------------------------------------------------


def _streams() -> Iterator[Row]:
    broken = "(1006): its connection was closed"
    for how, words in (("close", "closed the stream"), ("abort", broken), ("reset", broken)):
        for overlap in (0, 5):
            yield Row(
                f"{how} after 3 batches, {overlap} repeated",
                lambda cell, how=how, overlap=overlap: cell.faults.cut(
                    how, after=3, overlap=overlap
                ),
                # What asks again over a connection that turns out to be closed is Twisted's
                # HTTP client itself, so those who poll notice nothing but the first.
                {
                    **_sockets(StreamLostError, words),
                    "polling": Named(ConnectError) if how == "close" else None,
                },
            )
    yield Row(
        "reset 4 times in a row",
        lambda cell: cell.faults.cut("reset", after=1, overlap=2, times=4),
        {**_sockets(StreamLostError, "1006"), "polling": None},
        lasts=60,
    )
    lost = _sockets(StreamLostError, "1006")
    for how, sources in (("refused", SOCKETS), ("answered as a poll", ("signed", "classic"))):
        yield Row(
            f"resume {how}",
            lambda cell, how=how: _begin_anew(cell, how),
            {name: told for name, told in lost.items() if name in sources},
            lasts=20,
            check=_without_cursor,
        )
    yield Row(
        "silent",
        lambda cell: cell.faults.silence(after=2),
        {**_sockets(StaleStreamError, "60 s"), "polling": Named(ConnectError, "within 10 s")},
        lasts=70,
    )
    yield Row(
        "deaf",
        lambda cell: cell.faults.deafen(),
        dict.fromkeys(SINGLE, Named(DeafStreamError)),
        lasts=60,
        other=True,
        check=_elsewhere,
    )
    yield Row(
        "slow handshake (12 s)",
        lambda cell: cell.faults.delay_handshakes(12),
        _sockets(None, page=NOT_OPEN),
        early=True,
        lasts=15,
    )
    yield Row(
        "slow handshake (25 s)",
        lambda cell: cell.faults.delay_handshakes(25),
        _sockets(ConnectError, "did not open the stream within 20 s", NOT_OPEN),
        early=True,
        lasts=30,
    )
    yield from _refused_wrongly()
    for message, code, status, kind in (
        ("", "", 503, HandshakeRefusedError),
        ("DEVICE_BLOCKED", "415", 200, DeviceBlockedError),
    ):
        yield Row(
            f"handshake refused 3 times ({message or status})",
            lambda cell, message=message, code=code, status=status: cell.tiktok.refuse(
                status=status, message=message, code=code, times=3
            ),
            _sockets(kind, message or str(status), NOT_OPEN),
            early=True,
            lasts=40,
        )


def _refused_wrongly() -> Iterator[Row]:
    """What is said once, for good by its words, of users and guests that are as they should be."""
    for words, kind in (
        ("illegal secret key", SignatureRefusedError),
        ("illegal app_id", ApplicationRefusedError),
    ):
        yield Row(
            f"handshake refused once ({words})",
            lambda cell, words=words: cell.tiktok.refuse(message=words, code="417"),
            _sockets(kind, words, None),  # a page has asked again before we come
            early=True,
        )
    for how in FALSE_ANSWERS:
        yield Row(
            f"look-up answered falsely ({how})",
            lambda cell, how=how: cell.faults.misinform(how, times=9),
            dict.fromkeys(SINGLE, None),  # the page knows better
            early=True,
        )
    yield Row(
        "look-up and page answered falsely",
        _nobody,
        # The others would have to bring more of what was said before than is remembered.
        {"direct": Named(UserNotFoundError, "TikTok knows no @alice")},
        early=True,
        lasts=170,
    )
    for name, early in (("at first", True), ("after a loss", False)):
        yield Row(
            f"not let in to the room, {name}",
            lambda cell, early=early: _turn_away(cell, early),
            _sockets(EnterRefusedError, NOT_LET_IN, NOT_OPEN),
            early=early,
            lasts=20,
        )
    yield Row(
        "closed with a reason",
        lambda cell: cell.room.drop(code=4429, reason="rate_limit_account_day"),
        {
            name: told
            for name, told in _sockets(
                StreamLostError, "code 4429, 'rate_limit_account_day'"
            ).items()
            if name != "relay"
        },
    )
    yield Row(
        "relay's share of the day spent",
        lambda cell: cell.room.drop(code=4429, reason="rate_limit_account_day"),
        {"relay": Named(RelayRateLimitError, "code 4429, 'rate_limit_account_day'")},
        other=True,
        check=_by_another,
    )


def _nobody(cell: Cell) -> None:
    """Say once, at both places, that there is no such user."""
    cell.faults.misinform("user not found")
    cell.tiktok.answer_next("/@alice/live", NO_LIVE_ROOM)


def _turn_away(cell: Cell, early: bool) -> None:
    """Open a stream, and close it when we enter."""
    if not early:
        cell.faults.cut("reset", after=1)
    cell.faults.refuse_entries()


def _begin_anew(cell: Cell, how: str) -> None:
    """Lose the stream, and let it not be gone on from."""
    cell.goes_on = False
    cell.faults.cut("reset", after=3)
    if how == "refused":
        cell.faults.refuse_resumes(times=9)
    else:
        cell.faults.answer_resumes_as_polls(times=9)


def _without_cursor(cell: Cell) -> None:
    """It is back without having asked for more than a ticket or two, and no source is to blame."""
    if not cell.is_live:
        cell.problems.append("it was not back within 20 s")
    if cell.failures:
        cell.problems.append(f"held against the source: {cell.failures}")


def _by_another(cell: Cell) -> None:
    """It is back at once by the other source, and the sign server was not asked again."""
    sources = [event.origin.source for event in cell.seen.named("chat")]
    if list(dict.fromkeys(sources)) != ["signed", "direct"]:
        cell.problems.append(f"heard by {sources}")
    asked = [each for each in cell.tiktok.requests if each.path in cell.tickets]
    if len(asked) != 1:
        cell.problems.append(f"the sign server was asked {len(asked)} times")


def _elsewhere(cell: Cell) -> None:
    """Within a minute of simulated time somebody else told what was said."""
    sources = [event.origin.source for event in cell.seen.named("chat")]
    if len(set(sources)) < 2:
        cell.problems.append(f"heard nothing by another source than {sources[0]} within 60 s")


# --- garbage ----------------------------------------------------------------------------------


#: Frames whose payload alone is bad, which a page pushes as they are.
PUSHED = ("truncated gzip", "bad crc")


def _litter() -> Iterator[Row]:
    for kind in GARBAGE:
        socket, polled = NAMED_GARBAGE[kind]
        named = dict.fromkeys(SOCKETS, socket)
        if kind in FATAL:
            named["browser"] = CLOSED
        elif socket is not None and socket.kind is FrameError and kind not in PUSHED:
            named["browser"] = NOT_PUSHED
        if kind not in FATAL:
            named["polling"] = polled
        yield Row(kind, lambda cell, kind=kind: cell.faults.garbage(kind, times=3), named, lasts=6)


#: Letters of an error that are printed.
WORDS = 160

ROWS = (*_streams(), *_litter(), *answers(), *wrong_answers())


def main() -> int:
    """Print the table, and below it what is wrong; how many cells are."""
    width = max(len(row.name) for row in ROWS)
    started = time.monotonic()
    done, wrong, told = 0, 0, []
    words: list[str] = []
    print(f"{'':{width}}  " + "  ".join(f"{source:34}" for source in SOURCES))
    for row in ROWS:
        line = []
        for source in SOURCES:
            if source not in row.named:
                line.append("-")
                continue
            said: list[str] = []
            problems = run(row, source, said)
            words += [f"{row.name}, {source}: {each[:WORDS]}" for each in said]
            done += 1
            wrong += bool(problems)
            told += [f"{row.name}, {source}: {each}" for each in problems]
            line.append(_shown(row, source, problems))
        print(f"{row.name:{width}}  " + "  ".join(f"{each:34}" for each in line), flush=True)
    print("\nIn these words:", *dict.fromkeys(words), sep="\n")
    print(f"\n{done} cells in {time.monotonic() - started:.0f} s, {wrong} wrong", *told, sep="\n")
    return wrong


def _shown(row: Row, source: str, problems: list[str]) -> str:
    """What the table says of a cell: the error that named the fault, and whose it is."""
    if problems:
        return "WRONG"
    named = row.named[source]
    return "no error" if named is None else f"{named} ({named.fault.value})"


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
