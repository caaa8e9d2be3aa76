"""
Each fault against each source, as a table: ``python -m tests.matrix``.

A row is something that goes wrong, a column a way into the room; what a cell demands stands in
:mod:`tests.cells`, and which error must name the fault stands here.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.cells import LOOKUPS, SOURCES, Cell, Named
from tests.naming import NAMED_ANSWERS, NAMED_GARBAGE
from tiktoklive.errors import (
    ApplicationRefusedError,
    ConnectError,
    DeafStreamError,
    DeviceBlockedError,
    EnterRefusedError,
    HandshakeRefusedError,
    LoginRequiredError,
    OtherUserError,
    RoomWithheldError,
    SignatureRefusedError,
    SignServerError,
    StaleStreamError,
    StreamLostError,
    UserNotFoundError,
)
from tiktoklive.simulator.false_answers import FALSE_ANSWERS, NO_LIVE_ROOM, NOT_LET_IN
from tiktoklive.simulator.garbage import FATAL, GARBAGE
from tiktoklive.simulator.http_faults import HTTP_FAULTS
from tiktoklive.simulator.wrong_answers import WRONG_ANSWERS

SOCKETS = ("direct", "signed", "classic")


@dataclass(frozen=True)
class Row:
    """
    One thing that goes wrong.

    :ivar begin: lets it go wrong.
    :ivar named: the error that names it, by source; ``None`` where it is none, as everything goes
        on.
    :ivar early: whether it goes wrong from the beginning, not after a while.
    :ivar lasts: seconds until nothing goes wrong any more.
    :ivar final: the state in which it ends, by source, if not ``live``.
    :ivar other: whether there is a second source.
    :ivar check: what else there is to say in the end.
    """

    name: str
    begin: Callable[[Cell], None]
    named: Mapping[str, Named | None]
    early: bool = False
    lasts: int = 10
    final: Mapping[str, str] = field(default_factory=dict)
    other: bool = False
    check: Callable[[Cell], None] = lambda cell: None


def run(row: Row, source: str, words: list[str] | None = None) -> list[str]:
    """
    Let it happen.

    :param words: gets those of the error that named it, if one was to.
    :return: what was not as it must be.
    """
    other = ("signed" if source == "direct" else "direct") if row.other else ""
    cell = Cell(source, other)
    with cell.watched():
        if row.early:
            row.begin(cell)
        cell.start()
        cell.say(5)
        if not row.early:
            row.begin(cell)
        cell.say(row.lasts)
        row.check(cell)
        cell.recover()
        cell.judge(row.named[source], row.final.get(source, "live"))
        if words is not None and (named := row.named[source]) is not None:
            words += [str(error) for error in cell.errors() if named.fits(error)][:1]
        cell.stop()
    return cell.problems


def _sockets(kind: type[Exception] | None, words: str = "") -> dict[str, Named | None]:
    return dict.fromkeys(SOCKETS, None if kind is None else Named(kind, words))


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
    for how, sources in (("refused", SOCKETS), ("answered as a poll", SOCKETS[1:])):
        yield Row(
            f"resume {how}",
            lambda cell, how=how: _begin_anew(cell, how),
            dict.fromkeys(sources, Named(StreamLostError, "1006")),
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
        dict.fromkeys(SOURCES, Named(DeafStreamError)),
        lasts=60,
        other=True,
        check=_elsewhere,
    )
    yield Row(
        "slow handshake (12 s)",
        lambda cell: cell.faults.delay_handshakes(12),
        _sockets(None),
        early=True,
        lasts=15,
    )
    yield Row(
        "slow handshake (25 s)",
        lambda cell: cell.faults.delay_handshakes(25),
        _sockets(ConnectError, "did not open the stream within 20 s"),
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
            _sockets(kind, message or str(status)),
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
            _sockets(kind, words),
            early=True,
        )
    for how in FALSE_ANSWERS:
        yield Row(
            f"look-up answered falsely ({how})",
            lambda cell, how=how: cell.faults.misinform(how, times=9),
            dict.fromkeys(SOURCES, None),  # the page knows better
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
            _sockets(EnterRefusedError, NOT_LET_IN),
            early=early,
            lasts=20,
        )
    yield Row(
        "closed with a reason",
        lambda cell: cell.room.drop(code=4429, reason="rate_limit_account_day"),
        _sockets(StreamLostError, "code 4429, 'rate_limit_account_day'"),
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


def _elsewhere(cell: Cell) -> None:
    """Within a minute of simulated time somebody else told what was said."""
    sources = [event.origin.source for event in cell.seen.named("chat")]
    if len(set(sources)) < 2:
        cell.problems.append(f"heard nothing by another source than {sources[0]} within 60 s")


# --- garbage ----------------------------------------------------------------------------------


def _litter() -> Iterator[Row]:
    for kind in GARBAGE:
        socket, polled = NAMED_GARBAGE[kind]
        named = dict.fromkeys(SOCKETS, socket)
        if kind not in FATAL:
            named["polling"] = polled
        yield Row(kind, lambda cell, kind=kind: cell.faults.garbage(kind, times=3), named, lasts=6)


# --- answers ------------------------------------------------------------------------------------


def _answers() -> Iterator[Row]:
    for how in HTTP_FAULTS:
        lookup, direct, signed, classic = NAMED_ANSWERS[how]

        def spoil_tickets(cell: Cell, how: str = how) -> None:
            _spoil(cell, how, *cell.tickets)

        yield Row(
            f"look-up: {how}",
            lambda cell, how=how: _spoil(cell, how, *LOOKUPS),
            dict.fromkeys(SOURCES, lookup),
            early=True,
            lasts=25,
        )
        yield Row(
            f"ticket: {how}",
            spoil_tickets,
            {"direct": direct, "signed": signed, "classic": classic},
            early=True,
            lasts=25,
            # A sign server's 403 wants a key: it is asked again after minutes.
            final={"signed": "refused"} if how == "403" else {},
        )
        yield Row(f"poll: {how}", spoil_tickets, {"polling": classic}, lasts=25)
        yield Row(
            f"signature: {how}",
            lambda cell, how=how: _spoil(cell, how, "/webcast/sign_url", "/tiktok/sign_url"),
            {"classic": None if lookup is None else Named(SignServerError)},
            early=True,
            lasts=25,
            final={"classic": "refused"} if how == "403" else {},
        )
        yield Row(
            f"details: {how}",
            lambda cell, how=how: _spoil(cell, how, "/webcast/room/info/"),
            {"direct": None},
            early=True,
            lasts=25,
        )


_API, _PAGE = LOOKUPS

#: By wrong answer to a look-up: what api-live and the page say, so that the one answer is looked at
#: for itself, and what names it; ``None`` where everything goes on.
_WRONG: dict[str, tuple[str, str, Named | None]] = {
    "login page": ("login page", "500", Named(LoginRequiredError, "sending us to its login page")),
    "page of a login": ("500", "login page", Named(LoginRequiredError, "with its login page")),
    "login wall": ("500", "login wall", Named(LoginRequiredError, "says needLogin")),
    "login wanted": ("login wanted", "500", Named(LoginRequiredError, "20003")),
    "other host": ("other host", "500", Named(OtherUserError, "with @somebody_else")),
    "page of another host": ("500", "other host", Named(OtherUserError, "with @somebody_else")),
    "other host in both": ("other host", "other host", Named(OtherUserError, "@somebody_else")),
    "withheld": ("withheld", "500", Named(RoomWithheldError, "does not say why (4003110)")),
    "restricted": ("restricted", "500", None),
}

#: The same in the place of a room's details, which are done without.
_DETAILS: dict[str, Named | None] = {
    **dict.fromkeys(WRONG_ANSWERS),
    "other host": Named(OtherUserError, "with @somebody_else"),
}


def _wrong_answers() -> Iterator[Row]:
    """What TikTok says in the place of the right answer: no room is entered that is not theirs."""
    for how, (api, page, named) in _WRONG.items():

        def begin(cell: Cell, api: str = api, page: str = page) -> None:
            _spoil(cell, api, _API)
            _spoil(cell, page, _PAGE)

        yield Row(
            f"wrong answer: {how}",
            begin,
            dict.fromkeys(SOURCES, named),
            early=True,
            lasts=25,
            check=_restricted if how == "restricted" else _own_room,
        )
    for how, named in _DETAILS.items():
        yield Row(
            f"wrong details: {how}",
            lambda cell, how=how: _spoil(cell, how, "/webcast/room/info/"),
            {"direct": named},
            early=True,
            lasts=25,
            check=_finished if how == "finished" else lambda cell: None,
        )


def _own_room(cell: Cell) -> None:
    """Nobody was let in to another room, nor any id taken for the user's."""
    state = cell.connection.get_state()
    if state.is_connected or state.anchor_id not in ("", cell.room.anchor_id):
        cell.problems.append(f"it followed somebody else: {state.room_id} of {state.anchor_id}")


def _restricted(cell: Cell) -> None:
    """The state tells for whom the room is."""
    told = cell.connection.get_state().restrictions
    if told != ("for subscribers only", "paid for", "of a private account"):
        cell.problems.append(f"of the room is told {told}")


def _finished(cell: Cell) -> None:
    """The user is waited for, and why is told."""
    state = cell.connection.get_state()
    if state.phase != "offline" or "has finished (30003" not in state.reason:
        cell.problems.append(f"it is {state.phase}: {state.reason}")


def _spoil(cell: Cell, how: str, *paths: str) -> None:
    """Let all answers for some paths go wrong, until all is well again."""
    for path in paths:
        cell.faults.answer(path, how, times=None)


#: Letters of an error that are printed.
WORDS = 160

ROWS = (*_streams(), *_litter(), *_answers(), *_wrong_answers())


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
