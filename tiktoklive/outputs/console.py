"""
Kind ``console``: lines for people.

Each line says the time, the room if there are several, the user, and what happened.  Joins, likes
and viewer counts come in heaps and are summed up; a gift streak is one line, when it is over.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Sequence
from datetime import datetime, tzinfo
from typing import TextIO

from twisted.application.service import Service
from twisted.internet.interfaces import IReactorTime
from zope.interface import implementedBy, implementer

from tiktoklive import events as ev
from tiktoklive.clock import wall_ms
from tiktoklive.errors import AllFailedError
from tiktoklive.events.base import snake_case
from tiktoklive.interfaces import ILogReader, IReadOutput, PartWiring
from tiktoklive.outputs.aggregation import RoomSummary
from tiktoklive.outputs.channel import stream_channel
from tiktoklive.outputs.line_writer import LineWriter
from tiktoklive.outputs.plaintext import plain

NAME, TEXT = 40, 1000

#: How many failures of one user are remembered from one pause to the next.
_MANY = 20

#: Errors that are survived without a line in the log.
_UNLOGGED = frozenset(("Upgrade to websocket failed",))

_DIM, _BOLD, _RED, _YELLOW, _MAGENTA, _CYAN = "2", "1", "31", "33", "35", "36"


@implementer(
    IReadOutput,
    ILogReader,
    ev.IPauseObserver,
    ev.IConnectionObserver,
    ev.IGiveUpObserver,
    ev.IRenameObserver,
    ev.ISpeechObserver,
    ev.IGivingObserver,
    ev.IGiftStreakObserver,
    ev.IAudienceObserver,
    ev.IBattleObserver,
    ev.IEventObserver,
)
class Console(Service):
    """
    Writes lines for people.

    :param writer: what takes the lines.
    :param color: whether to use a terminal's colours.
    :param zone: the time zone of the times that are shown; the machine's by default.
    :param stream: where the lines go, if that is a stream.
    """

    def __init__(
        self,
        writer: LineWriter,
        clock: IReactorTime,
        *,
        color: bool = False,
        encoding: str = "utf-8",
        zone: tzinfo | None = None,
        stream: TextIO | None = None,
    ) -> None:
        self.setName("console")
        self._writer = writer
        self._clock = clock
        self._color = color
        self._encoding = encoding
        self._zone = zone
        self._rooms: dict[str, RoomSummary] = {}
        self._stream = stream
        #: Whether people read the log beside it, which tells what becomes of the connections.
        self._beside_log = False
        #: By user, what was told of failures since the last pause.
        self._failures: dict[str, list[str]] = {}

    def log_shown_on(self, stream: TextIO) -> None:
        """Leave to the log what it says, if it is shown where the lines go."""
        self._beside_log = self._stream is not None and _same(self._stream, stream)

    def startService(self) -> None:
        """
        Look whether there is a standard output.

        :raise StartError: the process went into the background, and gave it away.
        """
        self._writer.start()
        super().startService()

    def stopService(self) -> Awaitable[None]:
        """Say what was still being summed up."""
        super().stopService()
        for room in self._rooms.values():
            room.flush()
        return self._writer.stop()

    def when_unread(self) -> Awaitable[None]:
        """Fires when the reader of what is written is gone."""
        return self._writer.when_gone()

    # --- the connection -----------------------------------------------------------

    def connected(self, event: ev.Connected) -> None:
        """Say which room it is."""
        self._room(event)
        whose = "" if len(self._rooms) > 1 else f" of @{plain(event.anchor, NAME)}"
        self._failures.pop(event.anchor, None)
        self._news(event, f"connected to room {event.room_id}{whose}", _CYAN)

    def disconnected(self, event: ev.Disconnected) -> None:
        """Say why."""
        self._close(event)
        self._news(event, _because("disconnected", event.reason), _CYAN)
        self._failed(event, event.reason)

    def reconnecting(self, event: ev.Reconnecting) -> None:
        """Say when it goes on."""
        why = _untold(event.reason, self._failures.pop(event.anchor, ()))
        text = f"trying again in {event.delay:.1f} s"
        self._news(event, plain(f"{text}: {why}", TEXT) if why else text, _CYAN)

    def stream_end(self, event: ev.StreamEnd) -> None:
        """Say that it is over."""
        self._close(event)
        by = " by moderation" if event.action == 4 else ""
        self._say(event, f"the broadcast was ended{by}" if by else "the broadcast is over", _CYAN)

    def gap(self, event: ev.Gap) -> None:
        """Say how much may be missing."""
        seconds = max(0, event.until - event.since) / 1000
        self._say(event, f"what happened in {seconds:.1f} s may be missing", _CYAN)

    def gave_up(self, event: ev.GaveUp) -> None:
        """Say why they are not followed any more."""
        name = plain(event.anchor, NAME)
        self._news(event, _because(f"@{name} is not followed any more", event.reason), _RED)

    def renamed(self, event: ev.Renamed) -> None:
        """Say what they are called now."""
        old, new = plain(event.old, NAME), plain(event.new, NAME)
        verb = "followed as" if event.anchor == event.new else "called"
        self._news(event, f"@{old} is {verb} @{new} now", _CYAN)

    def error(self, event: ev.Error) -> None:
        """Say what failed."""
        say = self._say if event.info in _UNLOGGED else self._news
        # 1.x calls the most of them "Error while ...".
        text = event.info if event.info.startswith("Error") else f"error: {event.info}"
        say(event, _because(text, event.exception), _RED)
        self._failed(event, event.exception)

    def paused(self, event: ev.Paused) -> None:
        """Say that it pauses."""
        self._news(event, "the broadcast is paused", _CYAN)

    def resumed(self, event: ev.Resumed) -> None:
        """Say that it goes on."""
        self._news(event, "the broadcast goes on", _CYAN)

    # --- what people say ------------------------------------------------------------

    def chat(self, event: ev.Chat) -> None:
        """Show the comment."""
        self._say(event, f"{self._name(event.user)}: {plain(event.comment, TEXT)}")

    def emote(self, event: ev.EmoteChat) -> None:
        """Write the user and the sticker."""
        self._say(event, f"{self._name(event.user)} sends a sticker")

    def question_new(self, event: ev.QuestionNew) -> None:
        """Show the question."""
        self._say(event, f"{self._name(event.user)} asks: {plain(event.question_text, TEXT)}")

    def live_intro(self, event: ev.LiveIntro) -> None:
        """Show the host's words."""
        self._say(event, f"about this broadcast: {plain(event.description, TEXT)}", _CYAN)

    # --- what people give -------------------------------------------------------------

    def gift(self, event: ev.Gift) -> None:
        """Say nothing: each gift is shown when its number is final."""

    def gift_streak(self, event: ev.GiftStreak) -> None:
        """Write the user and the gift."""
        count, diamonds = event.repeat_count, event.diamond_total
        name = plain(event.gift_name, NAME) or f"gift {event.gift_id}"
        many = f"{count:,} x {name}" if count > 1 else name
        worth = f" ({_many(diamonds, 'diamond')})" if diamonds else ""
        self._say(event, f"{_who(event.user)} gives {many}{worth}", _YELLOW)

    def envelope(self, event: ev.Envelope) -> None:
        """Write the user and what is in it."""
        name = plain(event.sender_name, NAME) or "somebody"
        coins, viewers = _many(event.coins, "coin"), _many(event.can_open, "viewer")
        self._say(event, f"{name} puts up {coins} for {viewers}", _YELLOW)

    # --- the audience -----------------------------------------------------------------

    def member(self, event: ev.Member) -> None:
        """Count the users that come in."""
        if event.is_join:
            self._room(event).joined(_who(event.user))

    def like(self, event: ev.Like) -> None:
        """Add up."""
        self._room(event).liked(_who(event.user), event.like_count, event.total_like_count)

    def room_user(self, event: ev.RoomUser) -> None:
        """Show how many watch, now and then."""
        self._room(event).watched(event.viewer_count)

    def follow(self, event: ev.Follow) -> None:
        """Say who."""
        self._say(event, f"{_who(event.user)} follows", _MAGENTA)

    def share(self, event: ev.Share) -> None:
        """Say who."""
        self._say(event, f"{_who(event.user)} shares the broadcast", _MAGENTA)

    def social(self, event: ev.Social) -> None:
        """Say nothing: follows and shares are told apart."""

    def subscribe(self, event: ev.Subscribe) -> None:
        """Say who."""
        months = f", month {event.sub_month}" if event.sub_month > 1 else ""
        self._say(event, f"{_who(event.user)} subscribes{months}", _MAGENTA)

    # --- battles ------------------------------------------------------------------------

    def link_mic_battle(self, event: ev.LinkMicBattle) -> None:
        """Write the users that battle."""
        names = [f"@{plain(user.unique_id, NAME)}" for user in event.battle_users]
        if names:
            self._say(event, "battle: " + " against ".join(names), _MAGENTA)

    def link_mic_armies(self, event: ev.LinkMicArmies) -> None:
        """Show the score, now and then."""
        self._room(event).scored(" : ".join(f"{army.points:,}" for army in event.battle_armies))

    # --- all others -----------------------------------------------------------------------

    def event(self, event: ev.Event) -> None:
        """Show the line that TikTok's client shows of an event that has none of its own here."""
        # What is derived from a message has the same line once more.
        if not isinstance(event, ev.MessageEvent) or "method" not in vars(type(event)):
            return
        shown = plain(event.text, TEXT)
        if shown and snake_case(event.name) not in _OWN:
            self._say(event, shown, _DIM)

    # --- lines --------------------------------------------------------------------------

    def _room(self, event: ev.Event) -> RoomSummary:
        """What is summed up of the room that an event is of."""
        anchor = event.anchor
        room = self._rooms.get(anchor)
        if room is None:

            def say(text: str) -> None:
                self._line(anchor, wall_ms(self._clock), text, _DIM)

            room = self._rooms[anchor] = RoomSummary(self._clock, say)
        return room

    def _close(self, event: ev.Event) -> None:
        self._room(event).flush()

    def _news(self, event: ev.Event, text: str, style: str) -> None:
        """A line that the log has, too."""
        self._room(event)
        if not self._beside_log:
            self._say(event, text, style)

    def _failed(self, event: ev.Event, error: Exception | None) -> None:
        """Something was told to have failed, and need not be told with the pause after it."""
        if error is not None:
            told = self._failures.setdefault(event.anchor, [])
            if len(told) < _MANY:
                told.append(str(error))

    def _say(self, event: ev.Event, text: str, style: str = "") -> None:
        self._room(event)  # from the first event on it counts as one of several rooms
        when = event.received_at
        if isinstance(event, ev.MessageEvent | ev.GiftStreak) and event.is_history:
            created = event.create_time
            when = created if 0 < created < when else when
        self._line(event.anchor, when, text, style)

    def _line(self, anchor: str, when: float, text: str, style: str) -> None:
        time = datetime.fromtimestamp(when / 1000, self._zone).strftime("%H:%M:%S")
        place = f"@{plain(anchor, NAME)} " if len(self._rooms) > 1 else ""
        line = f"{self._paint(f'{time} {place}'.rstrip(), _DIM)} {self._paint(text, style)}\n"
        self._writer.write(line.encode(self._encoding, "replace"))

    def _name(self, user: ev.User) -> str:
        return self._paint(_who(user), _BOLD)

    def _paint(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self._color and style else text


#: Observer methods of the events that have a line of their own, or none on purpose.
_OWN = frozenset(name for each in implementedBy(Console) for name in each.names(all=True))


def _who(user: ev.User) -> str:
    """The name by which people know a user."""
    return plain(user.nickname, NAME) or f"@{plain(user.unique_id, NAME) or user.user_id}"


def _many(count: int, noun: str) -> str:
    """``1 coin``, ``2,000 coins``."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _because(text: str, reason: Exception | None) -> str:
    return text if reason is None else plain(f"{text}: {reason}", TEXT)


def _untold(error: Exception | None, told: Sequence[str]) -> str:
    """What was not told yet of a failure, or of failures in turn."""
    if error is None or str(error) in told:
        return ""
    failures = error.failures if isinstance(error, AllFailedError) else ()
    left = [f"{name}: {each}" for name, each in failures if str(each) not in told]
    return " ".join(left) if len(left) < len(failures) else str(error)


def _same(one: TextIO, other: TextIO) -> bool:
    """Whether two streams lead to the same file, terminal or pipe."""
    try:
        return one is other or os.path.sameopenfile(one.fileno(), other.fileno())
    except (OSError, ValueError, AttributeError):  # closed, or none of the system's
        return False


def _wants_color(argument: str, stream: TextIO) -> bool:
    """Whether to use colours: ``color=always``, ``color=never``, or as the terminal is."""
    if argument in ("color=always", "color=never"):
        return argument == "color=always"
    if argument not in ("", "color=auto"):
        raise ValueError("say console, console:color=never or console:color=always, nothing else.")
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def make(wiring: PartWiring, argument: str, stream: TextIO | None = None) -> Console:
    """
    Make the output.

    :param argument: empty, or ``color=never``, ``color=always``, ``color=auto``.
    :param stream: standard output by default.
    :raise ValueError: for any other argument, or when standard output is closed.
    """
    stream = stream or sys.stdout
    channel = stream_channel(stream)
    color = _wants_color(argument, stream)
    writer = LineWriter("console", channel, wiring.reactor, limit=1024 * 1024)
    encoding = stream.encoding or "utf-8"
    return Console(writer, wiring.reactor, color=color, encoding=encoding, stream=stream)
