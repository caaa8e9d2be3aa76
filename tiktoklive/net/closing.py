"""Why an open WebSocket is over, in words."""

from __future__ import annotations

from twisted.internet.error import ConnectionAborted, ConnectionDone, ConnectionLost

from tiktoklive.errors import StreamLostError
from tiktoklive.net.network import cause_of


def lost_error(
    host: str, code: int | None, said: str, failed_by_us: bool, problem: BaseException | None
) -> StreamLostError:
    """
    The error for a stream that the other side closed, or that broke off (wire facts §6.8).

    :param code: of the close frame that came; ``None`` if none did.
    :param said: the reason in it, or what was wrong with the frames, fit to be shown.
    :param failed_by_us: whether it was dropped for what it sent.
    :param problem: what Twisted said.
    """
    if code is not None:
        quoted = f", {said!r}" if said else ""
        return StreamLostError(f"TikTok ({host}) closed the stream: code {code}{quoted}.")
    if failed_by_us:
        return StreamLostError(f"The stream of {host} was dropped (1002): {said}.")
    gone = isinstance(problem, ConnectionDone | ConnectionLost | ConnectionAborted)
    cause = "its connection was closed without a word" if gone else cause_of(problem)
    return StreamLostError(f"The stream of {host} broke off (1006): {cause}.")
