"""The pages that push, the frames that they pushed last, and the streams that these make."""

from __future__ import annotations

from collections import deque
from typing import Any, Final, Protocol

from tiktoklive.clock import wall_ms
from tiktoklive.errors import StreamLostError
from tiktoklive.model import PageState
from tiktoklive.outputs.web.answers import Refusal
from tiktoklive.ownbrowser.pushes import Push

#: Pages that may push at the same time.
MOST_PAGES: Final = 32

#: Seconds without a push after which a page is gone: even a silent room has an answer to each of
#: the page's heartbeats, every ten seconds.
SILENT: Final = 60.0

#: For how many seconds frames are kept, for a stream that begins; and how many bytes of a page.
KEPT: Final = 60.0
KEPT_BYTES: Final = 512 * 1024

#: Pages that were closed before anybody had their frames, of which these are kept.
MOST_CLOSED: Final = 8


class Listens(Protocol):
    """A stream of a room."""

    def frame(self, data: bytes) -> None:
        """A page pushed it."""

    def missed(self, reason: StreamLostError) -> None:
        """Between the last frame and the next there may be others, which are not here."""

    def lost(self, reason: StreamLostError) -> None:
        """No page pushes any more."""


class OpenPage:
    """
    A socket of a page.

    :ivar since: when it began to push, in milliseconds since 1970.
    :ivar heard_at: when it pushed last, in the clock's seconds.
    :ivar kept: its last frames, each with when it came; and why some are not there between them.
    :ivar fresh: how many of these, at the end, no stream has had.
    """

    __slots__ = (
        *("anchor", "delay", "frames", "fresh", "heard_at", "kept", "page"),
        *("room", "since", "size"),
    )

    def __init__(self, push: Push, since: int) -> None:
        self.room, self.anchor, self.page = push.room, push.anchor, push.page
        self.since = since
        self.heard_at = 0.0
        self.delay = self.frames = self.fresh = self.size = 0
        self.kept: deque[tuple[float, bytes | StreamLostError]] = deque()

    def take(self, push: Push, now: float, wall: int) -> list[bytes | StreamLostError]:
        """
        Keep its frames.

        :return: what is new, in its order.
        """
        self.heard_at = now
        news: list[bytes | StreamLostError] = list(push.frames)
        if push.lost:
            news.insert(0, StreamLostError(f"The browser could not push {push.lost} frames."))
        self.kept.extend((now, each) for each in news)
        self.size += sum(map(len, push.frames))
        self.fresh += len(news)
        self.frames += len(push.frames)
        if push.at:
            self.delay = max(0, wall - push.at[-1])
        while self.kept and (self.size > KEPT_BYTES or self.kept[0][0] < now - KEPT):
            gone = self.kept.popleft()[1]
            self.size -= len(gone) if isinstance(gone, bytes) else 0
        self.fresh = min(self.fresh, len(self.kept))
        return news

    def state(self) -> PageState:
        """For people."""
        return PageState(self.page, self.anchor, self.room, self.since, self.frames, self.delay)


class OpenPages:
    """
    The pages that push now.

    All pages of a room make one stream, so that nothing is missed when one of two is closed; what
    both push is delivered once, by the window in which messages are deduplicated.

    :param clock: the reactor, or a test's clock.
    """

    def __init__(self, clock: Any) -> None:
        self._clock = clock
        self._pages: dict[str, OpenPage] = {}
        self._closed: deque[tuple[OpenPage, StreamLostError]] = deque(maxlen=MOST_CLOSED)
        self._streams: dict[str, list[Listens]] = {}

    def take(self, push: Push) -> bool:
        """
        Take a batch of frames.

        :return: whether a stream has them.
        :raise Refusal: too many pages push, or this one pushes another room.
        """
        self.sweep()
        page = self._pages.get(push.page)
        if page is None:
            if len(self._pages) >= MOST_PAGES:
                later = (("Retry-After", "30"),)
                raise Refusal(503, "pages", f"{MOST_PAGES} pages push already.", later)
            page = OpenPage(push, wall_ms(self._clock))
            self._pages[push.page] = page
        elif page.room != push.room:
            raise Refusal(409, "page", "This page has pushed another room.")
        news = page.take(push, self._clock.seconds(), wall_ms(self._clock))
        streams = list(self._streams.get(push.room, ()))
        for stream in streams:
            self._feed(stream, push.room, news)
        if streams:
            page.fresh = 0
        if push.closed:
            self._gone(page, "The page in the browser closed its socket.")
        return bool(streams)

    def sweep(self) -> None:
        """Forget the pages that have pushed nothing for too long, and what is too old."""
        now = self._clock.seconds()
        for page in list(self._pages.values()):
            if now - page.heard_at >= SILENT:
                self._gone(page, f"The page in the browser pushed nothing for {SILENT:.0f} s.")
        while self._closed and now - self._closed[0][0].heard_at >= KEPT:
            self._closed.popleft()

    def forget(self, names: set[str], why: str) -> None:
        """What pushed these pages is gone."""
        for name in names & self._pages.keys():
            self._gone(self._pages[name], why)

    def close(self) -> None:
        """Nothing can be pushed any more."""
        self.forget(set(self._pages), "The endpoint for the browser is closed.")

    def of_room(self, room: str) -> list[OpenPage]:
        """The pages of a room, the longest open first."""
        return [page for page in self._pages.values() if page.room == room]

    def of_anchor(self, anchor: str) -> list[OpenPage]:
        """The pages of a user, likewise."""
        name = anchor.lower()
        return [page for page in self._pages.values() if page.anchor.lower() == name]

    def states(self) -> list[PageState]:
        """All of them, for people."""
        return [page.state() for page in self._pages.values()]

    def join(self, room: str, stream: Listens) -> None:
        """
        A stream wants what is pushed of a room.

        First it gets what pages pushed that nobody had and that are closed by now; then what the
        open ones have kept: what a stream before this one has delivered is known as such, and shows
        that nothing is missed behind it.
        """
        self.sweep()
        for page, reason in [each for each in self._closed if each[0].room == room]:
            self._closed.remove((page, reason))
            self._feed(stream, room, [each for _, each in list(page.kept)[-page.fresh :]])
            stream.missed(reason)
        self._streams.setdefault(room, []).append(stream)
        pages = self.of_room(room)
        for page in pages:
            page.fresh = 0
            self._feed(stream, room, [each for _, each in list(page.kept)])
        if not pages:
            stream.lost(StreamLostError("The page in the browser was just closed."))

    def leave(self, room: str, stream: Listens) -> None:
        """It does not any more."""
        streams = self._streams.get(room, [])
        if stream in streams:
            streams.remove(stream)
        if not streams:
            self._streams.pop(room, None)

    def _feed(self, stream: Listens, room: str, news: list[bytes | StreamLostError]) -> None:
        # Where there are two pages, the other one has what this one could not push.
        alone = len(self.of_room(room)) < 2
        for each in news:
            if isinstance(each, bytes):
                stream.frame(each)
            elif alone:
                stream.missed(each)

    def _gone(self, page: OpenPage, why: str) -> None:
        self._pages.pop(page.page, None)
        if self.of_room(page.room):
            return
        if page.fresh:
            self._closed.append((page, StreamLostError(why)))
        for stream in list(self._streams.get(page.room, ())):
            stream.lost(StreamLostError(why))
