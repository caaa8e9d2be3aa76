"""TikTok's own web servers, asked as one visitor: device, login, and what the user adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any, Final
from urllib.parse import urlsplit

from tiktoklive.net.answers import Answer
from tiktoklive.net.cookies import split_cookies
from tiktoklive.net.identity import Device, GuestIdentity
from tiktoklive.net.login import Login, OwnCookies
from tiktoklive.net.web import Pairs, Web, override
from tiktoklive.pacing.lookups import Priority

#: With what the paths of the live API begin.
_LIVE_API: Final = "/webcast/"


class TikTokWeb:
    """
    Asks TikTok's web servers.

    :param web: how.
    :param identity: the device and cookies to ask with.
    :param web_base: where everything is but the live API.
    :param webcast_base: where the live API is, whose paths begin with ``/webcast/``.
    :param login: whose session is sent along to hosts that may get it.
    :param params: values of query parameters that the user wants in every request.
    :param headers: headers that the user wants in every request; a ``Cookie`` among them is
        added to our cookies where a session may go.
    :param hosts: names of hosts beside TikTok's that may get it.
    """

    def __init__(
        self,
        web: Web,
        identity: GuestIdentity,
        *,
        web_base: str = "https://www.tiktok.com",
        webcast_base: str = "https://webcast.tiktok.com",
        login: Login | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        hosts: Iterable[str] = (),
    ) -> None:
        self.identity = identity
        self.login = login
        self.params = dict(params or {})
        self._web = web
        self._web_base = web_base.rstrip("/")
        self._webcast_base = webcast_base.rstrip("/")
        others, _ = split_cookies(headers or {})
        self._own = OwnCookies(headers or {}, hosts)
        agents = [name for name in others if name.lower() == "user-agent"]
        self._agent = others[agents[0]] if agents else ""
        self._headers = {name: others[name] for name in others if name not in agents}
        self._line: Priority | None = None

    def in_line(self, line: Priority) -> TikTokWeb:
        """The same, but every request waits for its turn, and so does every redirect."""
        waiting = copy(self)
        waiting._line = line
        return waiting

    @property
    def clock(self) -> Any:
        """The reactor, or a test's clock."""
        return self._web.clock

    @property
    def device(self) -> Device:
        """The device that asks now."""
        return self.identity.device

    @property
    def user_agent(self) -> str:
        """The ``User-Agent`` of its requests: the user's, else the device's."""
        return self._agent or self.identity.device.user_agent

    def has_session(self, url: str) -> bool:
        """Whether requests for an address bring a session along."""
        may = self.login is not None and self.login.may_go_to(url)
        return may or "sessionid" in self._own.requested_of(url)

    def url(self, path: str) -> str:
        """The address of a path, without query."""
        base = self._webcast_base if path.startswith(_LIVE_API) else self._web_base
        return base + path

    def with_changes(self, params: Pairs) -> list[tuple[str, str]]:
        """A query with the values that the user wants in every request."""
        return override(params, self.params)

    def parameters(self, *more: tuple[str, str]) -> list[tuple[str, str]]:
        """
        The parameters of the live API, which agree with the device (wire facts §8.3, §11.2).

        :param more: those of the request itself, at the end.
        """
        device = self.identity.device
        return [
            ("aid", "1988"),
            ("app_name", "tiktok_web"),
            ("device_platform", "web_pc"),
            ("app_language", device.language),
            ("browser_language", device.locale),
            ("browser_name", device.browser_name),
            ("browser_online", "true"),
            ("browser_platform", device.platform),
            ("browser_version", device.browser_version),
            ("cookie_enabled", "true"),
            ("screen_height", str(device.height)),
            ("screen_width", str(device.width)),
            ("tz_name", device.tz_name),
            ("webcast_language", device.language),
            *more,
        ]

    async def get(
        self,
        path: str,
        params: Pairs = (),
        *,
        headers: Pairs = (),
        cookies: Mapping[str, str] | None = None,
        redirects: int = 0,
    ) -> Answer:
        """
        GET a path.

        :param path: ``/webcast/room/info/``, ``/@name/live``.
        :param params: its query, in order; the user's own values go over them.
        :param headers: beside the device's ``User-Agent``; the user's go over them.
        :param cookies: beside those of the login.
        :raise ConnectError: no complete answer came in time.
        """
        return await self.fetch(
            self.url(path),
            params,
            changes=self.params,
            headers=headers,
            cookies=cookies,
            redirects=redirects,
        )

    async def post(
        self,
        path: str,
        params: Pairs = (),
        *,
        headers: Pairs = (),
        body: bytes = b"",
        login: Login | None = None,
    ) -> Answer:
        """
        POST to a path; as :meth:`get`.

        :param login: in the place of the usual one.
        """
        return await self.fetch(
            self.url(path),
            params,
            changes=self.params,
            method="POST",
            headers=headers,
            body=body,
            login=login,
        )

    async def fetch(
        self,
        url: str,
        params: Pairs = (),
        *,
        changes: Mapping[str, str] | None = None,
        method: str = "GET",
        headers: Pairs = (),
        cookies: Mapping[str, str] | None = None,
        body: bytes | None = None,
        login: Login | None = None,
        redirects: int = 0,
        agent: str = "",
    ) -> Answer:
        """
        Ask for an address as it stands, such as a signed one.

        :param changes: values that the user wants in the query.
        :param agent: the ``User-Agent`` that the address was made for, over the user's own.
        """
        login = login or self.login
        session = login.cookies_for(url) if login is not None else {}
        ours = {"User-Agent": agent or self.user_agent, **self._headers}
        line = self._line
        if line is not None:
            await line.take()
        answer = await self._web.request(
            method,
            url,
            cookies={**self._own.requested_of(url), **(cookies or {}), **session},
            params=params if changes is None else override(params, changes),
            headers=override([("User-Agent", ""), *headers], ours, key=str.lower),
            body=body,
            redirects=redirects,
            turn=None if line is None else line.queue.begun.take,  # it goes on with what has begun
        )
        if line is not None and answer.status == 429:
            why = f"TikTok ({answer.host}) answered with HTTP 429."
            # What is asked behind a look-up, or of a room, does not say whether to look up users.
            line.queue.refused(
                why, answer.retry_after or 0.0, closes=line.begins and not is_live_api(url)
            )
        return answer


def is_live_api(url: str) -> bool:
    """Whether an address is one of the live API, which tells of rooms, and not of users."""
    return urlsplit(url).path.startswith(_LIVE_API)
