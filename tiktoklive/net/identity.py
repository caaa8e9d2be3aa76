"""
Our identity to TikTok: a browser's data that agree with each other, and a guest's cookie.

TikTok judges the pair of ``ttwid`` cookie and User-Agent (wire facts §2.3, §11.1): both
stay together, and are renewed together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from random import Random

from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

from tiktoklive.bounded import BoundedMap
from tiktoklive.deferreds import SingleFlight
from tiktoklive.errors import IdentityError
from tiktoklive.errors.isolation import failures_in
from tiktoklive.model import Resume, Room
from tiktoklive.net.cookies import split_cookies
from tiktoklive.net.guest_cookie import GuestCookie
from tiktoklive.net.login import OwnCookies
from tiktoklive.net.web import Web
from tiktoklive.pacing.lookups import Priority


@dataclass(frozen=True, slots=True)
class Device:
    """
    A browser on a computer somewhere.

    :ivar platform: what the browser's ``navigator.platform`` says.
    :ivar os: ``windows``, ``mac`` or ``linux``.
    :ivar language: two lower-case letters.
    :ivar region: two upper-case letters.
    :ivar tz_name: a time zone of that region, such as ``Europe/London``.
    :ivar width: of the screen, in pixels.
    :ivar height: of the screen, in pixels.
    :ivar browser_name: ``Mozilla``, as every browser says (wire facts §11.1).
    :ivar browser_version: the rest of the User-Agent (wire facts §11.1).
    :ivar locale: language and region: ``en-GB``.
    :ivar accept_language: the ``Accept-Language`` header (wire facts §6.3).
    """

    user_agent: str
    platform: str
    os: str
    language: str
    region: str
    tz_name: str
    width: int
    height: int
    #: What follows from these, and every request says.
    browser_name: str = field(init=False, repr=False, compare=False)
    browser_version: str = field(init=False, repr=False, compare=False)
    locale: str = field(init=False, repr=False, compare=False)
    accept_language: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        name, _, version = self.user_agent.partition("/")
        locale = f"{self.language}-{self.region}"
        object.__setattr__(self, "browser_name", name)
        object.__setattr__(self, "browser_version", version)
        object.__setattr__(self, "locale", locale)
        object.__setattr__(self, "accept_language", f"{locale},{self.language};q=0.9")

    def with_agent(self, user_agent: str) -> Device:
        """
        The same computer, as far as it agrees with another ``User-Agent`` (wire facts §11.1).

        :param user_agent: of a browser; a signer's, say.
        """
        if user_agent == self.user_agent:
            return self
        platform, os = self.platform, self.os
        for word, its_platform, its_os in _PLATFORMS:
            if word in user_agent:
                platform, os = its_platform, its_os
                break
        return replace(self, user_agent=user_agent, platform=platform, os=os)


#: By a word of the User-Agent: platform and operating system.
_PLATFORMS = (
    ("Windows NT", "Win32", "windows"),
    ("Macintosh", "MacIntel", "mac"),
    ("X11; Linux", "Linux x86_64", "linux"),
)


_WINDOWS = "Windows NT 10.0; Win64; x64"
_MAC = "Macintosh; Intel Mac OS X 10_15_7"
_CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36"
_FIREFOX = "Mozilla/5.0 ({}; rv:150.0) Gecko/20100101 Firefox/150.0"
_SAFARI = "Mozilla/5.0 ({}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15"

#: User-Agent, platform, operating system.
_BROWSERS = (
    (_CHROME.format(_WINDOWS), "Win32", "windows"),
    (_CHROME.format(_WINDOWS) + " Edg/147.0.0.0", "Win32", "windows"),
    (_FIREFOX.format(_WINDOWS), "Win32", "windows"),
    (_CHROME.format(_MAC), "MacIntel", "mac"),
    (_CHROME.format(_MAC) + " Edg/147.0.0.0", "MacIntel", "mac"),
    (_FIREFOX.format("Macintosh; Intel Mac OS X 10.15"), "MacIntel", "mac"),
    (_SAFARI.format(_MAC), "MacIntel", "mac"),
    (_CHROME.format("X11; Linux x86_64"), "Linux x86_64", "linux"),
    (_FIREFOX.format("X11; Linux x86_64"), "Linux x86_64", "linux"),
)

#: Region and time zone, where English is spoken.
_PLACES = (
    ("GB", "Europe/London"),
    ("IE", "Europe/Dublin"),
    ("CA", "America/Toronto"),
    ("AU", "Australia/Sydney"),
    ("NZ", "Pacific/Auckland"),
    ("ZA", "Africa/Johannesburg"),
)

_SCREENS = {
    "windows": ((1920, 1080), (2560, 1440), (3840, 2160)),
    "mac": ((1440, 900), (1728, 1117), (2560, 1440)),
    "linux": ((1920, 1080), (2560, 1440)),
}

#: Every believable combination.
DEVICES: tuple[Device, ...] = tuple(
    Device(agent, platform, os, "en", region, zone, width, height)
    for (agent, platform, os), (region, zone) in product(_BROWSERS, _PLACES)
    for width, height in _SCREENS[os]
)


#: For how many users it is remembered which identity was used last.
_USERS_KEPT = 10_000


def choose_device(random: Random, *, other_than: Device | None = None) -> Device:
    """
    Draw a device.

    :param other_than: draw one with another User-Agent than this one.
    """
    refused = other_than.user_agent if other_than is not None else None
    return random.choice([each for each in DEVICES if each.user_agent != refused])


class GuestIdentity:
    """
    A device and the ``ttwid`` cookie of a guest, for any number of rooms.

    :param web: how to ask for the cookie.
    :param clock: the reactor, or a test's clock.
    :param random: for the choice of devices.
    :param base: where the cookie is asked for.
    :param device: the first device; drawn if ``None``.
    :param ttwid: a cookie from a browser, used until it is refused, and again where no other is to
        be had; fetched if ``None``.
    :param headers: that the user wants in every request to TikTok; a ``ttwid`` among their
        cookies is used like the parameter of that name.
    :param hosts: names of hosts beside TikTok's that may get those cookies.
    :param line: where each request for a cookie waits for its turn.
    :raise ValueError: ``ttwid`` is no cookie's value.

    :ivar device: the present device.
    :ivar generation: rises with every renewal.
    """

    _log = Logger()

    def __init__(
        self,
        web: Web,
        clock: IReactorTime,
        random: Random,
        *,
        base: str = "https://www.tiktok.com",
        device: Device | None = None,
        ttwid: str | None = None,
        headers: Mapping[str, str] | None = None,
        hosts: Iterable[str] = (),
        line: Priority | None = None,
    ) -> None:
        others, cookies = split_cookies(headers or {})
        # Theirs is used until it is refused, as any other: then a new one is asked for without it.
        self._cookie = GuestCookie(
            web,
            clock,
            base=base,
            supplied=cookies.get("ttwid") if ttwid is None else ttwid,
            headers=others,
            own=OwnCookies(headers or {}, hosts),
            line=line,
        )
        self.device = choose_device(random) if device is None else device
        self.generation = 0
        self._random = random
        self._minting: SingleFlight[str] = SingleFlight()

    def __repr__(self) -> str:
        state = "has" if self._cookie.value else "without"
        return f"<GuestIdentity {self.generation} {state} ttwid>"

    async def ttwid(self, unique_id: str = "") -> str:
        """
        The cookie's value, byte for byte as TikTok sent it.

        Fetched when there is none; callers that ask meanwhile wait for the same one.

        :param unique_id: whose page to ask first.
        :raise TtwidMissingError: TikTok gave none.
        :raise ConnectError: TikTok cannot be reached.
        """
        if self._cookie.value is not None:
            return self._cookie.value
        return await self._minting.ask(lambda: self._cookie.fetch(unique_id, self.device))

    def renew(self, generation: int | None = None) -> None:
        """
        Take a new identity: forget the cookie and take another device.

        :param generation: the one that was refused; nothing happens if it is not the
            present one, so that many rooms refused together renew once.
        """
        if self._minting.is_asking or generation not in (None, self.generation):
            return
        self.generation += 1
        self.device = choose_device(self._random, other_than=self.device)
        if self._cookie.forget():
            self._log.warn("TikTok refused the supplied ttwid: going on as a new guest instead.")
        else:
            self._log.info("Going on as a new guest ({generation}).", generation=self.generation)

    def refused(self, ttwid: str | None) -> None:
        """
        TikTok refused a cookie: take a new identity if it is the present one.

        :param ttwid: the value of the cookie that was sent; ``None`` if none was.
        """
        if ttwid is not None and ttwid == self._cookie.value:
            self.renew()


class Guest:
    """
    The identity that a signer's tickets have, and which of its generations each user's had.

    :param identity: shared by all requests to TikTok.
    """

    def __init__(self, identity: GuestIdentity) -> None:
        self._identity = identity
        #: Who is missing counts as having used the present one.
        self._used: BoundedMap[str, int] = BoundedMap(_USERS_KEPT)

    @property
    def device(self) -> Device:
        """The present device."""
        return self._identity.device

    def renew_after(self, room: Room, resume: Resume) -> None:
        """Take a new identity if the last attempt failed because of the present one."""
        failure = resume.failure
        refused = failure and any(isinstance(each, IdentityError) for each in failures_in(failure))
        if refused or (resume.new_guest and not resume.tried):
            self._identity.renew(self._used.get(room.unique_id, self._identity.generation))

    async def ttwid(self, room: Room) -> str:
        """
        The cookie; see :meth:`tiktoklive.net.identity.GuestIdentity.ttwid`.

        :raise TtwidMissingError: there is none to be had.
        :raise ConnectError: TikTok cannot be reached for one.
        """
        try:
            return await self._identity.ttwid(room.unique_id)
        finally:
            self._used.put(room.unique_id, self._identity.generation)
