"""The rows of the matrix whose answers are wrong: of HTTP, of sign servers, of TikTok itself."""

from __future__ import annotations

from collections.abc import Iterator

from tests.cells import LOOKUPS, SINGLE, Cell, Named
from tests.naming import NAMED_ANSWERS
from tests.rows import Row
from tiktoklive.errors import LoginRequiredError, OtherUserError, RoomWithheldError, SignServerError
from tiktoklive.simulator.http_faults import HTTP_FAULTS
from tiktoklive.simulator.wrong_answers import WRONG_ANSWERS


def answers() -> Iterator[Row]:
    """What servers answer that is no right answer of HTTP, at each place where they are asked."""
    for how in HTTP_FAULTS:
        lookup, direct, signed, classic = NAMED_ANSWERS[how]

        def spoil_tickets(cell: Cell, how: str = how) -> None:
            spoil(cell, how, *cell.tickets)

        yield Row(
            f"look-up: {how}",
            lambda cell, how=how: spoil(cell, how, *LOOKUPS),
            {**dict.fromkeys(SINGLE, lookup), "browser": None},  # the page in the browser tells
            early=True,
            lasts=25,
        )
        yield Row(
            f"ticket: {how}",
            spoil_tickets,
            {"direct": direct, "signed": signed, "classic": classic, "relay": signed},
            early=True,
            lasts=25,
            # A sign server's 403 wants a key: it is asked again after minutes.
            final=dict.fromkeys(("signed", "relay"), "refused") if how == "403" else {},
        )
        yield Row(f"poll: {how}", spoil_tickets, {"polling": classic}, lasts=25)
        yield Row(
            f"signature: {how}",
            lambda cell, how=how: spoil(cell, how, "/webcast/sign_url", "/tiktok/sign_url"),
            {"classic": None if lookup is None else Named(SignServerError)},
            early=True,
            lasts=25,
            final={"classic": "refused"} if how == "403" else {},
        )
        yield Row(
            f"details: {how}",
            lambda cell, how=how: spoil(cell, how, "/webcast/room/info/"),
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


def wrong_answers() -> Iterator[Row]:
    """What TikTok says in the place of the right answer: no room is entered that is not theirs."""
    for how, (api, page, named) in _WRONG.items():

        def begin(cell: Cell, api: str = api, page: str = page) -> None:
            spoil(cell, api, _API)
            spoil(cell, page, _PAGE)

        yield Row(
            f"wrong answer: {how}",
            begin,
            {**dict.fromkeys(SINGLE, named), "browser": _by_page(named)},
            early=True,
            lasts=25,
            check=_restricted if how == "restricted" else _own_room,
        )
    for how, named in _DETAILS.items():
        yield Row(
            f"wrong details: {how}",
            lambda cell, how=how: spoil(cell, how, "/webcast/room/info/"),
            {"direct": named},
            early=True,
            lasts=25,
            check=_finished if how == "finished" else lambda cell: None,
        )


def _by_page(named: Named | None) -> Named | None:
    """A page of the user's tells what is withheld; not whose name it is, if that is in doubt."""
    return named if named is not None and named.kind is OtherUserError else None


def _own_room(cell: Cell) -> None:
    """Nobody was let in to another room, nor any id taken for the user's."""
    state = cell.connection.get_state()
    by_page = cell.source == "browser" and state.room_id == cell.room.room_id
    if (state.is_connected and not by_page) or state.anchor_id not in ("", cell.room.anchor_id):
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


def spoil(cell: Cell, how: str, *paths: str) -> None:
    """Let all answers for some paths go wrong, until all is well again."""
    for path in paths:
        cell.faults.answer(path, how, times=None)
