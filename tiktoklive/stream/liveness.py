"""
Whether a stream lives: frames and messages watched apart from each other.

A WebSocket whose heartbeats are answered may still bring nothing of the room any more.
So what the transport brings and what the room pushes are kept apart, and a stream is

live
    people in the room do something;

quiet
    messages come, such as viewer counts, and no viewer acts;

deaf
    the transport answers, and not a single message comes, where even a quiet room has
    some (wire facts §6.8).

If nothing comes at all, it is stale.  Frames cost almost nothing here: two times are
written down, and one timer of its owner looks at them when the next limit may be
reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from tiktoklive.errors import DeafStreamError, StaleStreamError, StreamLostError
from tiktoklive.wire.frames_pb2 import ResponseMessage

LIVE: Final = "live"
QUIET: Final = "quiet"
DEAF: Final = "deaf"

#: Messages that somebody in the room caused.  Others, such as viewer counts and rankings,
#: come by themselves.
ACTS: Final = frozenset(
    f"Webcast{name}Message"
    for name in (
        "Chat",
        "EmoteChat",
        "Envelope",
        "Gift",
        "Like",
        "Member",
        "QuestionNew",
        "Social",
        "SubNotify",
    )
)

#: Seconds after which a pause is no excuse any more: its end may have been missed.
PAUSE: Final = 3600.0

#: Seconds beyond which the limit of deafness does not grow.
MOST: Final = 3600.0

#: Seconds without a message until somebody had better be asked whether the broadcast is still on:
#: the server may have ended it without a word, in a pause too.  Each further time takes twice as
#: long, up to the most.
ASK, ASK_MOST = 300.0, 600.0


def deaf_limit(deaf_after: float | None, ends: int) -> float | None:
    """
    The limit after streams went deaf, so that a room that is really silent is left alone.

    :param deaf_after: the limit at first.
    :param ends: how many streams went deaf in a row, without a message in between.
    """
    if deaf_after is None:
        return None
    return min(deaf_after * 2.0 ** min(ends, 30), max(MOST, deaf_after))


class Liveness:
    """
    Watches one stream.

    :param now: the time, in a clock's seconds, as all times here.
    :param stale_after: seconds without any frame; ``None`` for never, like the other two.
    :param deaf_after: seconds without a message while frames come.
    :param deaf_ends: how many streams before this one went deaf in a row; until a message
        comes, its limit is higher by :func:`deaf_limit`.
    :param quiet_after: seconds in which no viewer acts.
    :param changed: called with the new state and why, whenever it is another one.
    :ivar heard_at: when the last frame arrived; its receiver writes it down.
    :ivar pushed_at: likewise, when the last message arrived that is no history.
    :ivar acted_at: likewise, when a viewer did something last, as far as that is watched.
    :ivar spoke: likewise, whether there was one.
    :ivar looking: whether :meth:`look` wants to see the messages of the next batch.
    :ivar paused: whether the broadcast is paused; nothing is expected then, and no limit counts.
    :ivar state: live, quiet or deaf.
    :ivar on_silent: called when no message has come for :data:`ASK` seconds, in a pause too, and
        then again and again; ``None`` if nothing is.  Not where nothing is ever deaf.
    """

    __slots__ = (
        "_asked",
        "_asked_at",
        "_changed",
        "_deaf_ends",
        "_listening_since",
        "_paused_at",
        "_quiet_after",
        "acted_at",
        "deaf_after",
        "heard_at",
        "looking",
        "on_silent",
        "paused",
        "pushed_at",
        "spoke",
        "stale_after",
        "state",
    )

    def __init__(
        self,
        now: float,
        *,
        stale_after: float | None = None,
        deaf_after: float | None = None,
        deaf_ends: int = 0,
        quiet_after: float | None = None,
        changed: Callable[[str, str], None] = lambda state, why: None,
    ) -> None:
        self.stale_after = stale_after
        self.deaf_after = deaf_after
        self._deaf_ends = deaf_ends
        self._quiet_after = quiet_after
        self._changed = changed
        self._paused_at = self._asked_at = 0.0
        self._asked = 0
        self.on_silent: Callable[[], None] | None = None
        self.paused = False
        self._listening_since = now
        self.state = LIVE
        self.spoke = False
        self.looking = quiet_after is not None
        self.heard_at = self.pushed_at = self.acted_at = now

    def look(self, messages: Iterable[ResponseMessage]) -> None:
        """Does a viewer act in the batch that was just heard?"""
        if any(item.method in ACTS for item in messages):
            self.acted_at = self.heard_at
            # Not before the next check: a busy room need not prove it with every frame.
            self.looking = False
            self._enter(LIVE, "a viewer acts")

    # --- pauses -------------------------------------------------------------------------

    def pause(self, now: float) -> None:
        """The host paused the broadcast."""
        self.paused, self._paused_at = True, now

    def resume(self, now: float) -> None:
        """
        The host goes on, or may by now: from now on something is expected again.

        When something came last stays: what was said since may be missed.
        """
        if self.paused:
            self.paused, self.acted_at = False, now
            self.listen(now)

    # --- by the timer -------------------------------------------------------------------

    def listen(self, since: float) -> None:
        """Nothing was to be expected until then, or we held the stream: that was no silence."""
        self._listening_since = max(self._listening_since, since)

    def check(self, now: float, pace: float) -> StreamLostError | None:
        """
        Has a limit been reached?

        :param pace: seconds in which the transport gives a sign of life at least.
        :return: why the stream has to be given up, if it has to.
        """
        broken = self._check(now, pace)
        ask_at = None if broken is not None else self._ask_at()
        if ask_at is not None and now >= ask_at and self.on_silent is not None:
            self._asked, self._asked_at = self._asked + 1, now
            self.on_silent()
        return broken

    def _check(self, now: float, pace: float) -> StreamLostError | None:
        if self.paused:
            if now < self._paused_at + PAUSE:
                return None
            self.resume(now)
        stale, deaf, quiet = self.stale_after, self._deaf_limit(), self._quiet_after
        heard_at, pushed_at = self._silent_since()
        if stale is not None and now >= heard_at + stale:
            return StaleStreamError(
                f"Nothing arrived for {stale:g} s, not even the answer to a heartbeat."
            )
        if quiet is not None:
            if not self.looking:  # somebody acted since the last check
                self.acted_at, self.looking = now, True
            elif now >= self.acted_at + quiet and self.state == LIVE:
                self._enter(QUIET, f"no viewer has acted for {quiet:g} s")
        # A transport that is silent too is dead rather than deaf, which takes longer to know.
        answers = now <= heard_at + 2 * pace
        if deaf is not None and answers and now >= pushed_at + deaf:
            why = f"no message arrived for {deaf:g} s, though the other side gives signs of life"
            self._enter(DEAF, why)
            return DeafStreamError(f"{why.capitalize()}.")
        return None

    def left(self, now: float, pace: float) -> float:
        """How long ago a stream that :meth:`check` would give up should have been: 0 or less."""
        if self.paused:
            return 0.0
        stale, deaf = self.stale_after, self._deaf_limit()
        heard_at, pushed_at = self._silent_since()
        left = 0.0 if stale is None else heard_at + stale - now
        if deaf is not None and now <= heard_at + 2 * pace:
            left = min(left, pushed_at + deaf - now)
        return min(left, 0.0)

    def due(self, now: float, pace: float) -> float | None:
        """When to check next; ``None`` for never."""
        times, deaf = [], self._deaf_limit()
        if (ask_at := self._ask_at()) is not None:
            times.append(ask_at)
        if self.paused:
            return max(min([self._paused_at + PAUSE, *times]), now)
        heard_at, pushed_at = self._silent_since()
        if self.stale_after is not None:
            times.append(heard_at + self.stale_after)
        if self._quiet_after is not None and self.state == LIVE:
            times.append(self.acted_at + self._quiet_after)
        if deaf is not None and self.deaf_after is not None:
            deaf_at = pushed_at + deaf
            # A message may come at any time and bring a higher limit down.
            times.append(min(deaf_at, now + self.deaf_after) if deaf_at > now else now + pace)
        return max(min(times), now) if times else None

    def _silent_since(self) -> tuple[float, float]:
        """Since when there was no frame, and no message, although we listened."""
        since = self._listening_since
        return max(self.heard_at, since), max(self.pushed_at, since)

    def _ask_at(self) -> float | None:
        """When :attr:`on_silent` is called the next time, if no message comes."""
        if self.on_silent is None or self.deaf_after is None:
            return None
        _, pushed_at = self._silent_since()
        if self._asked_at < pushed_at:  # something was said since then
            self._asked, self._asked_at = 0, pushed_at
        return self._asked_at + min(ASK * 2.0 ** min(self._asked, 30), ASK_MOST)

    def _deaf_limit(self) -> float | None:
        return deaf_limit(self.deaf_after, 0 if self.spoke else self._deaf_ends)

    def _enter(self, state: str, why: str) -> None:
        if state != self.state:
            self.state = state
            self._changed(state, why)
