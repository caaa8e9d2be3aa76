"""Why an open WebSocket is over, in words."""

from __future__ import annotations

from twisted.internet.error import ConnectionAborted, ConnectionDone, ConnectionLost

from tiktoklive.errors import EnterRefusedError, RelayRateLimitError, StreamLostError
from tiktoklive.net.network import cause_of
from tiktoklive.pacing.budget import HOUR, MINUTE, rest_of, window_of

#: Who a sign server's relay is, for people.
RELAY = "The sign server's relay"

#: The code with which it closes streams of those who have had what they may (wire facts §9.7).
_TOO_MUCH = 4429

#: By a part of the reason in a close frame: the error that it is, and what is known of it
#: (wire facts §6.6, §6.8).
_REASONS: tuple[tuple[str, type[StreamLostError], str], ...] = (
    (
        "payload_handler_im_enter_room",
        EnterRefusedError,
        "It let us in and did not let us enter the room: the user is not live, or the broadcast is "
        "for chosen viewers, or TikTok distrusts this network address, or the guest's cookies are "
        "stale. A new guest tries next; then another network or a proxy may help.",
    ),
    (
        "payload_handler_hb",
        StreamLostError,
        "It got a heartbeat before it knew which room we are in.",
    ),
)


def closed_error(
    host: str, code: int | None, said: str, *, who: str = "TikTok", now: float | None = None
) -> StreamLostError:
    """
    The error for a stream that the other side closed, whatever its code (wire facts §6.8).

    A relay that speaks of a limit means the account, and is not to be asked for until the window of
    that limit is over.

    :param code: of the close frame; ``None`` if it had none.
    :param said: the reason in it, fit to be shown; ``""`` if it had none.
    :param who: whose host it is.
    :param now: Unix seconds.
    """
    told = [] if code is None else [f"code {code}"]
    told += [repr(said)] if said else []
    known = next((each for each in _REASONS if each[0] in said.lower()), None)
    kind, advice = (StreamLostError, "") if known is None else (known[1], f" {known[2]}")
    why = ", ".join(told) or "without a code"
    window = window_of(said) if who == RELAY else 0.0
    if who != RELAY or not (window or code == _TOO_MUCH):
        return kind(f"{who} ({host}) closed the stream: {why}.{advice}", code=code, said=said)
    wait = rest_of(window or MINUTE, now)
    limited = RelayRateLimitError(
        f"{who} ({host}) closed the stream: {why}. The sign server's account has had what it may: "
        f"wait {in_hours(wait)}, or use the key of one with a larger quota, or another source.",
        code=code,
        said=said,
        retry_after=wait,
    )
    limited.window = window
    return limited


def in_hours(seconds: float) -> str:
    """A time for people, in its largest unit: ``"90 s"``, ``"14.5 h"``."""
    return f"{seconds / HOUR:.1f} h" if seconds >= HOUR else f"{seconds:.0f} s"


def lost_error(
    host: str, said: str, failed_by_us: bool, problem: BaseException | None
) -> StreamLostError:
    """
    The error for a stream that broke off, without a close frame (wire facts §6.8).

    :param said: what was wrong with the frames, fit to be shown.
    :param failed_by_us: whether it was dropped for what it sent.
    :param problem: what Twisted said.
    """
    if failed_by_us:
        return StreamLostError(f"The stream of {host} was dropped (1002): {said}.")
    gone = isinstance(problem, ConnectionDone | ConnectionLost | ConnectionAborted)
    cause = "its connection was closed without a word" if gone else cause_of(problem)
    return StreamLostError(f"The stream of {host} broke off (1006): {cause}.")
