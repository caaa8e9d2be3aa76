"""Answers that are there later than the request."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Final

from twisted.internet.defer import CancelledError, Deferred
from twisted.logger import Logger
from twisted.web.server import NOT_DONE_YET, Request

from tiktoklive.outputs.web.answers import Refusal, refused

_log: Final = Logger()


def answer_later(request: Request, answer: Coroutine[Any, Any, bytes | None]) -> int:
    """Answer when the result is there, if it is one; stop when the client is gone."""
    answering = Deferred.fromCoroutine(answer)

    def failed(failure: Any) -> bytes | None:
        if failure.check(Refusal):
            return refused(request, failure.value)
        if failure.check(CancelledError) and gone:
            return None
        _log.failure("a request could not be answered", failure)
        return refused(request, broken())

    def answered(body: bytes | None) -> None:
        if body is not None and not gone:
            request.write(body)
            request.finish()

    gone: list[bool] = []

    def nobody_waits(reason: Any) -> None:
        gone.append(True)
        answering.cancel()

    request.notifyFinish().addErrback(nobody_waits)
    answering.addErrback(failed).addCallback(answered)
    return NOT_DONE_YET


def broken() -> Refusal:
    """What is said when a fault of ours kept a request from being answered."""
    return Refusal(500, "fault", "Something is wrong with this program: its log says what.")
