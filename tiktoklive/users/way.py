"""
By which way a user is followed: their own options, with what stands in the files that these name.

Users of one way share the parts of their connections; those without options of their own have the
parts of all others.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from twisted.internet.defer import Deferred, gatherResults, succeed

from tiktoklive.errors import InvalidUserOptionsError
from tiktoklive.files.secret import read_private
from tiktoklive.lanes import Lane
from tiktoklive.net.cookies import cookie_header, split_cookies
from tiktoklive.net.login import LOGIN_COOKIES
from tiktoklive.net.rules import cookie_value, proxy_address
from tiktoklive.options import Options
from tiktoklive.plugins import split_description
from tiktoklive.session.parts import ISeated, Parts
from tiktoklive.sources import Source
from tiktoklive.standard_sources import OF_GUESTS, held_open
from tiktoklive.users.options import NO_PROXY, UserOptions
from tiktoklive.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Way:
    """
    What a connection is made with; ``None`` is what all others have.

    :ivar lane: by which it goes; ``""`` for any.
    :ivar proxy: ``""`` for none.
    :ivar target_idc: of the session.
    :ivar gifts: whether the list of gifts is asked for.
    """

    sources: tuple[str, ...] | None = None
    session_id: str | None = field(default=None, repr=False)
    target_idc: str = field(default="", repr=False)
    proxy: str | None = field(default=None, repr=False)
    gifts: bool | None = None
    lane: str = ""

    @property
    def is_usual(self) -> bool:
        """Whether the parts are those of all others, but for the lane."""
        return replace(self, lane="") == USUAL


#: That of users without options of their own.
USUAL = Way()


def way_of(options: UserOptions, environ: Mapping[str, str] = os.environ) -> Way:
    """
    Read the files of a user.

    :raise InvalidUserOptionsError: one cannot be read, can be read by others, or holds something
        else; says which, and nothing of what it holds.
    """
    session_id, target_idc = None, ""
    if options.session_file is not None:
        first, *more = _read("session_file", options.session_file, environ).splitlines()
        if len(more) > 1:
            raise _not_in("session_file", options.session_file, "has more than two lines")
        session_id = _rule("session_file", options.session_file, cookie_value, first)
        target_idc = _rule("session_file", options.session_file, cookie_value, *more[:1])
    proxy = "" if options.proxy == NO_PROXY else options.proxy
    if options.proxy_file is not None:
        address = _read("proxy_file", options.proxy_file, environ)
        proxy = _rule("proxy_file", options.proxy_file, proxy_address, address)
    gifts, lane = options.enable_extended_gift_info, options.lane or ""
    return Way(options.sources, session_id, target_idc, proxy, gifts, lane)


def _read(key: str, path: str, environ: Mapping[str, str]) -> str:
    try:
        return read_private(path, environ)
    except OSError as error:
        raise _not_in(key, path, f"cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise InvalidUserOptionsError(f"{key}: {str(error).rstrip('.')}.") from None


def _rule(key: str, path: str, rule: object, *texts: str) -> str:
    assert callable(rule), "a rule of settings"
    try:
        return "".join(rule(text.strip()) for text in texts)
    except ValueError as error:
        raise _not_in(key, path, f"holds what {error}") from None


def _not_in(key: str, path: str, why: str) -> InvalidUserOptionsError:
    return InvalidUserOptionsError(f"{key}: {path} {why}.")


def options_of(way: Way, usual: Options) -> Options:
    """The options of a connection that goes that way."""
    changed = usual
    if way.sources is not None:
        changed = replace(changed, sources=_spelled_out(way.sources, usual.sources))
        if not any(split_description(source)[0] in OF_GUESTS for source in way.sources):
            changed = replace(changed, streams=1)  # there is no second guest by these
    if way.session_id is not None:
        # A login of the headers would be another one's.
        headers, cookies = split_cookies(changed.request_headers)
        left = {name: value for name, value in cookies.items() if name not in LOGIN_COOKIES}
        headers = headers | ({"Cookie": cookie_header(left)} if left else {})
        changed = replace(
            changed,
            session_id=way.session_id,
            tt_target_idc=way.target_idc,
            request_headers=headers,
            ttwid=None,
        )
    if way.proxy is not None:
        changed = replace(
            changed,
            request_options=replace(changed.request_options, proxy=way.proxy or None),
            websocket_options=replace(changed.websocket_options, proxy=way.proxy or None),
            ttwid=None,
        )
    if way.gifts is not None:
        changed = replace(changed, enable_extended_gift_info=way.gifts)
    return changed


def _spelled_out(sources: Sequence[str], usual: Sequence[str]) -> tuple[str, ...]:
    """Sources of which a kind alone is the usual one of that kind, with its argument."""
    known = {split_description(each)[0]: each for each in reversed(usual)}
    return tuple(dict.fromkeys(known.get(source, source) for source in sources))


class LanePlace:
    """The place, in a lane, of a session with parts of its own: it stays there."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._session: ISeated | None = None

    @property
    def name(self) -> str:
        """The name of the lane."""
        return self._lane.name

    def bind(self, session: ISeated) -> None:
        """The session counts as a user of the lane from now on."""
        self._lane.users += 1
        self._lane.staying.add(session)
        self._session = session

    def leave(self) -> None:
        """It does no more."""
        session, self._session = self._session, None
        if session is not None:
            self._lane.users -= 1
            self._lane.staying.discard(session)


class Wirings:
    """
    A wiring for each way that is in use.

    :ivar usual: that of users without options of their own.
    """

    def __init__(self, usual: Wiring) -> None:
        self.usual = usual
        self._made: dict[Way, tuple[Wiring, int]] = {}

    def check(self, way: Way) -> None:
        """
        See whether there can be one for a way.

        :raise InvalidUserOptionsError: there can be none.
        """
        if way.is_usual:
            self._lane(way)
        elif way not in self._made:
            self._make(way)  # which opens nothing

    def take(self, way: Way) -> Wiring:
        """
        That of a way; to be freed as often as it was taken.

        :raise InvalidUserOptionsError: there can be none.
        """
        if way.is_usual:
            return self.usual
        made = self._made.get(way)
        if made is None:
            made = self._make(way), 0
        self._made[way] = made[0], made[1] + 1
        return made[0]

    def parts(self, way: Way, wiring: Wiring) -> Parts:
        """What a session of that way needs, of the wiring of the way."""
        if way.is_usual:
            return wiring.parts(way.lane)
        lane = self._lane(way)
        if lane is None or way.proxy is not None:  # which is the way out, and no lane
            return wiring.parts()
        return replace(wiring.parts(), seat=LanePlace(lane))

    def _lane(self, way: Way) -> Lane | None:
        """The lane of a way: of no one in particular, that of the session; ``None`` without any."""
        lanes = self.usual.lanes
        if lanes is None:
            if way.lane:
                raise InvalidUserOptionsError("lane: There are no lanes.")
            return None
        try:
            usual = next((lane for lane in lanes.all if lane.wiring is lanes.usual), lanes.all[0])
            return lanes.named(way.lane) if way.lane else usual
        except ValueError as error:
            raise InvalidUserOptionsError(f"lane: {error}") from None

    def _make(self, way: Way) -> Wiring:
        lane, usual = self._lane(way), self.usual
        base = usual if lane is None else lane.wiring
        assert isinstance(base, Wiring), "lanes are made of wirings"
        try:
            made = base.with_options(options_of(way, base.options), self._held())
        except ValueError as error:
            raise InvalidUserOptionsError(f"The options cannot be used: {error}") from None
        opener = made.opener if usual.around is None else usual.around(made.opener)
        return replace(made, opener=opener, pictures=usual.pictures)

    def _held(self) -> dict[str, Source]:
        """What sources of all ways hold open, which is there once for all of them."""
        held: dict[str, Source] = {}
        for wiring in (*(wiring for wiring, _ in self._made.values()), self.usual):
            held |= held_open(wiring.sources, wiring.options.sources)
        return held

    def free(self, way: Way) -> Deferred[None]:
        """It is used once less; fires when it is closed, if nothing uses it any more."""
        if way.is_usual:
            return succeed(None)
        wiring, uses = self._made[way]
        if uses > 1:
            self._made[way] = wiring, uses - 1
            return succeed(None)
        del self._made[way]
        held = [each.service for each in self._held().values()]
        sources = (each for each in wiring.sources if each.service not in held)
        return replace(wiring, sources=tuple(sources)).close()

    def close(self) -> Deferred[None]:
        """Close what all of them keep open between requests; they can be used on."""
        wirings = (self.usual, *(wiring for wiring, _ in self._made.values()))
        closing = gatherResults([wiring.close() for wiring in wirings])
        return closing.addCallback(lambda results: None)
