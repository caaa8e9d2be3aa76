"""What TikTok says now and then of users and guests who are right (wire facts §8.1)."""

from __future__ import annotations

from collections import deque
from typing import Final

from tiktoklive.simulator.http_faults import HttpFault
from tiktoklive.simulator.random_faults import RandomFaults
from tiktoklive.simulator.requests import Answer
from tiktoklive.simulator.viewer import Viewer

#: The JSON look-up of a user.
LOOKUP_PATH: Final = "/api-live/user/room/"

#: What it answers of a user who is live, by name.
FALSE_ANSWERS: Final = {
    "user not found": Answer.json(
        {"extra": {"fatal_item_ids": []}, "message": "user_not_found", "statusCode": 19881007}
    ),
    "status 404000": Answer.json({"message": "", "statusCode": 404000}),
    "no data": Answer.json({"statusCode": 0, "message": "", "data": None}),
    "adults only": Answer.json({"statusCode": 4003110, "message": ""}),
}

#: A live page that shows nobody.
NO_LIVE_ROOM: Final = Answer(
    200,
    b'<html><script id="SIGI_STATE" type="application/json">{"AppContext":{}}</script></html>',
    "text/html",
)

#: The words in which handshakes are refused that are as they should be.
FALSE_REFUSALS: Final = ("illegal secret key", "illegal app_id")

#: The reason with which a stream is closed when the client enters the room (wire facts §6.8).
NOT_LET_IN: Final = "payload_handler_im_enter_room"


def false_answer(how: str) -> HttpFault:
    """
    The fault of a look-up that is answered so.

    :raise ValueError: there is no such answer.
    """
    if how not in FALSE_ANSWERS:
        raise ValueError(f"No false answer {how!r}: choose of {', '.join(FALSE_ANSWERS)}.")
    answer = FALSE_ANSWERS[how]
    return lambda right, web, clock: answer.send(web)


class FalseAnswers:
    """What is asked for of these, and when it comes; a part of the simulator's faults."""

    _answers: dict[str, deque[tuple[HttpFault, int]]]
    _random_faults: RandomFaults

    def __init__(self) -> None:
        self._entries: deque[str] = deque()

    def misinform(self, how: str, *, times: int = 1) -> None:
        """
        Answer the next look-ups of users wrongly.

        :param how: a name of :data:`FALSE_ANSWERS`.
        :raise ValueError: there is no such answer.
        """
        self._answers.setdefault(LOOKUP_PATH, deque()).append((false_answer(how), times))

    def refuse_entries(self, *, reason: str = NOT_LET_IN, times: int = 1) -> None:
        """Close the next streams with that reason, 0.7 s after their clients entered the room."""
        self._entries.extend([reason] * times)

    def false_refusal(self) -> str:
        """In which words a handshake is to be refused wrongly, by chance; ``""`` if it is not."""
        return self._random_faults.one_of(FALSE_REFUSALS, "key")

    def _false_lookup(self, path: str) -> HttpFault | None:
        """The false answer that a request gets, by chance."""
        how = self._random_faults.one_of(FALSE_ANSWERS, "lie") if path == LOOKUP_PATH else ""
        return false_answer(how) if how else None

    def _admit(self, viewer: Viewer) -> None:
        """A client is let in to the socket; perhaps not into the room."""
        if self._entries:
            viewer.turned_away = self._entries.popleft()
        else:
            viewer.turned_away = self._random_faults.one_of([NOT_LET_IN], "enter")
