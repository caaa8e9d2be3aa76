"""The session of a user who is logged in, and where its cookies may go."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from urllib.parse import urlsplit

from tiktoklive.net.cookies import copied_value, split_cookies

#: All three carry the session id (wire facts §2.2).
SESSION_COOKIES = ("sessionid", "sessionid_ss", "sid_tt")

#: All that belong to a login.
LOGIN_COOKIES = frozenset((*SESSION_COOKIES, "tt-target-idc"))


def is_tiktok(url: str) -> bool:
    """Whether an address is one of TikTok's own hosts, reached over TLS."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    # Others end a host at what stands in no name, as browsers do at a backslash.
    is_name = host.isascii() and host.replace(".", "").replace("-", "").replace("_", "").isalnum()
    theirs = host == "tiktok.com" or host.endswith(".tiktok.com")
    return parts.scheme in ("https", "wss") and is_name and theirs


def may_have_session(url: str, hosts: Container[str]) -> bool:
    """
    Whether the host of an address may get a session: TikTok's over TLS, and those that are named.

    :param hosts: their names, in lower case.
    """
    return (urlsplit(url).hostname or "").lower() in hosts or is_tiktok(url)


class OwnCookies:
    """
    The cookies of ``request_headers``: they may be a whole login of a browser.

    They go where a session may go.

    :param headers: the user's headers of requests to TikTok.
    :param hosts: names of further hosts that may get a session.
    """

    def __init__(self, headers: Mapping[str, str], hosts: Iterable[str] = ()) -> None:
        _, self._cookies = split_cookies(headers)
        self._hosts = frozenset(host.lower() for host in hosts)

    def __repr__(self) -> str:
        return f"<OwnCookies {len(self._cookies)}>"

    def requested_of(self, url: str) -> Mapping[str, str]:
        """The cookies to send with a request to an address: none where a session may not go."""
        return self.permitted(url, self._cookies)

    def cookies_for(self, url: str, *, session: bool = True) -> Mapping[str, str]:
        """
        The cookies to send to a socket: none where a session may not go.

        ``ttwid`` is left out, which belongs to a device and is renewed with it
        (:class:`~tiktoklive.net.identity.GuestIdentity`).

        :param session: whether those of a login are among them.
        """
        others = {"ttwid"} if session else {"ttwid", *LOGIN_COOKIES}
        found = self.requested_of(url).items()
        return {name: value for name, value in found if name not in others}

    def permitted(self, url: str, cookies: Mapping[str, str]) -> Mapping[str, str]:
        """Other cookies that the user gave, if they may go to an address: else none."""
        return cookies if may_have_session(url, self._hosts) else {}


class Login:
    """
    A session id, which gives full access to an account: it goes to TikTok over TLS, and
    nowhere else unless its user named the host.

    :param session_id: the value of the cookie ``sessionid``.
    :param target_idc: that of ``tt-target-idc``, the data centre that holds the account.
    :param hosts: names of further hosts that may get the session: a relay, a sign server.
    :raise ValueError: one of the two is no cookie's value.
    """

    def __init__(self, session_id: str, target_idc: str = "", hosts: Iterable[str] = ()) -> None:
        self.session_id = _copied(session_id, "sessionid", "session id")
        self.target_idc = target_idc and _copied(target_idc, "tt-target-idc", "tt-target-idc")
        self._hosts = frozenset(host.lower() for host in hosts)

    def __repr__(self) -> str:
        return "<Login>"

    def other(self, session_id: str) -> Login:
        """
        Another session that may go to the same hosts; of its data centre nothing is known.

        :raise ValueError: it is no cookie's value.
        """
        return Login(session_id, "", self._hosts)

    def may_go_to(self, url: str) -> bool:
        """Whether the host of an address may get the session."""
        return may_have_session(url, self._hosts)

    def cookies_for(self, url: str) -> Mapping[str, str]:
        """The cookies to send to an address: none where the session may not go."""
        if not self.may_go_to(url):
            return {}
        cookies = dict.fromkeys(SESSION_COOKIES, self.session_id)
        if self.target_idc:
            cookies["tt-target-idc"] = self.target_idc
        return cookies


def _copied(text: str, cookie: str, name: str) -> str:
    value = copied_value(text, cookie)
    if value is None:
        raise ValueError(f"The {name} is no cookie's value: copy it again, without quotes.")
    return value


def is_login_page(location: str) -> bool:
    """Whether an address, or the path of one, is that of TikTok's login."""
    try:
        return "login" in urlsplit(location).path.lower().split("/")
    except ValueError:
        return False
