"""
Asking TikTok for batches: the requests of one visitor to ``im/fetch``.

Each continues where the last one ended (wire facts §3.1, §7).  The first of a ticket is signed;
what is polled later is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from tiktoklive.bounded import BoundedMap
from tiktoklive.errors import (
    BatchError,
    BatchTooLargeError,
    EmptyFetchError,
    InitialFetchError,
    TooManyMessagesError,
    UserOfflineError,
)
from tiktoklive.model import SignedUrl
from tiktoklive.net.answers import FINISHED, Answer
from tiktoklive.net.cookies import MOST_COOKIES
from tiktoklive.net.identity import Device
from tiktoklive.net.login import LOGIN_COOKIES, is_login_page
from tiktoklive.net.quoting import content_of
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames_pb2 import WebcastResponse
from tiktoklive.wire.jsonread import number
from tiktoklive.wire.position import Position

FETCH_PATH = "/webcast/im/fetch/"

#: Seconds; a longer pause than this is not waited because a batch wishes it.
LONGEST_PAUSE = 30.0

_ADVICE = {
    403: "It refused the signature or this network address: set a session id, or try another "
    "signer, source or network.",
    429: "It asks for fewer requests: wait before the next one.",
}

_ORIGIN = "https://www.tiktok.com"


def fetch_parameters(
    device: Device, room_id: str, cursor: str = "", internal_ext: str = ""
) -> list[tuple[str, str]]:
    """
    The parameters of ``im/fetch``, and of the socket that it names (wire facts §3.1).

    :param device: the browser that asks.
    :param cursor: where to continue; ``""`` for the beginning, like ``internal_ext``.
    """
    return [
        ("aid", "1988"),
        ("app_language", device.locale),
        ("app_name", "tiktok_web"),
        ("browser_language", device.language),
        ("browser_name", device.browser_name),
        ("browser_online", "true"),
        ("browser_platform", device.platform),
        ("browser_version", device.browser_version),
        ("cookie_enabled", "true"),
        ("cursor", cursor),
        ("internal_ext", internal_ext),
        ("device_platform", "web"),
        ("focus_state", "true"),
        ("from_page", "user"),
        ("history_len", "0"),
        ("is_fullscreen", "false"),
        ("is_page_visible", "true"),
        ("did_rule", "3"),
        ("fetch_rule", "1"),
        ("last_rtt", "0"),
        ("live_id", "12"),
        ("resp_content_type", "protobuf"),
        ("screen_height", str(device.height)),
        ("screen_width", str(device.width)),
        ("tz_name", device.tz_name),
        ("referer", f"{_ORIGIN}/"),
        ("root_referer", f"{_ORIGIN}/"),
        ("host", "https://webcast.tiktok.com"),
        ("webcast_sdk_version", "1.3.0"),
        ("update_version_code", "1.3.0"),
        ("room_id", room_id),
    ]


class Visit:
    """
    One visitor of one room, which asks for one batch after the other.

    :param tiktok: TikTok's servers.
    :param device: the browser to ask as.
    :param cookies: the visitor's; those of a login are left out, as they are added where they
        may go.
    :param cursor: where to continue, like ``internal_ext``.

    :ivar device: the browser that asks; what a signer says of it is taken over.
    """

    def __init__(
        self,
        tiktok: TikTokWeb,
        room_id: str,
        device: Device,
        cookies: Mapping[str, str],
        cursor: str = "",
        internal_ext: str = "",
    ) -> None:
        self.device = device
        self._cookies: BoundedMap[str, str] = BoundedMap(MOST_COOKIES)
        self._take(cookies.items())
        self._position = Position(cursor, internal_ext)
        self._tiktok = tiktok
        self._room_id = room_id

    @property
    def cookies(self) -> dict[str, str]:
        """The visitor's, with those that were set on the way."""
        return dict(self._cookies.items())

    @property
    def cursor(self) -> str:
        """Where to continue."""
        return self._position.cursor

    @property
    def internal_ext(self) -> str:
        """The cursor's companion."""
        return self._position.internal_ext

    def parameters(self) -> list[tuple[str, str]]:
        """Those of the next request, with the values that the user wants."""
        return self._tiktok.with_changes(
            fetch_parameters(self.device, self._room_id, self.cursor, self.internal_ext)
        )

    def url(self) -> str:
        """The address of the next request."""
        return f"{self._tiktok.url(FETCH_PATH)}?{urlencode(self.parameters())}"

    async def fetch(self, signed: SignedUrl | None = None) -> tuple[bytes, WebcastResponse]:
        """
        Ask for the next batch.

        :param signed: the address of the request, signed; unsigned if there is none.
        :return: its bytes, and what they say; ``cursor`` may be missing, and the old one stays.
        :raise InitialFetchError: TikTok gave none.
        :raise UserOfflineError: TikTok says that the broadcast is over.
        :raise ConnectError: TikTok cannot be reached.
        """
        signed = signed or SignedUrl(self.url())
        if signed.user_agent:
            self.device = self.device.with_agent(signed.user_agent)
        if signed.ms_token:
            self._cookies.put("msToken", signed.ms_token)
        answer = await self._tiktok.fetch(
            signed.url,
            headers=[
                ("Accept", "text/html,application/json,application/protobuf"),
                ("Accept-Language", self.device.accept_language),
                ("Origin", _ORIGIN),
                ("Referer", f"{_ORIGIN}/"),
                ("Cache-Control", "max-age=0"),
            ],
            cookies=self.cookies,
            agent=self.device.user_agent,
        )
        self._take(answer.set_cookies)
        batch = batch_of(answer)
        self._position.take(batch)
        return answer.unmasked().body, batch

    def _take(self, cookies: Iterable[tuple[str, str]]) -> None:
        """Cookies that are ours from now on."""
        for name, value in cookies:
            if value and name not in LOGIN_COOKIES:
                self._cookies.put(name, value)
            else:
                self._cookies.pop(name)


def pause_of(batch: WebcastResponse, least: float) -> float:
    """Seconds until the next request: what the batch wishes, if it is more than ``least``."""
    return max(least, min(batch.fetch_interval / 1000, LONGEST_PAUSE))


def batch_of(answer: Answer) -> WebcastResponse:
    """
    The batch in an answer of ``im/fetch`` (wire facts §2.3, §3.2).

    :raise InitialFetchError: there is none; the subclass and the message say why.
    :raise UserOfflineError: because the broadcast is over.
    """
    who = f"TikTok ({answer.host})"
    readable = answer.status == 200 and not answer.unreadable
    if readable and not answer.body:
        raise EmptyFetchError(
            f"{who} answered im/fetch with HTTP 200 and nothing in it: it rejected the signature, "
            "the browser or this network address without a word. Set a session id, or try another "
            "signer or source.",
            retry_after=answer.retry_after,
        )
    if readable:
        try:
            return parse_batch(answer.unmasked().body)
        except (BatchTooLargeError, TooManyMessagesError) as error:
            raise InitialFetchError(f"{who} answered im/fetch with too much: {error}") from error
        except BatchError:
            pass
    said = content_of(answer)
    code = number(said.get("status_code"))
    if code in FINISHED:
        raise UserOfflineError(f"{who} says that the broadcast has finished ({code}).")
    what = f"HTTP {answer.status}"
    if answer.status == 200:
        what = answer.unreadable or "something else than a batch"
    advice = _ADVICE.get(answer.status, "It may pass later; if it does not, try another source.")
    raise InitialFetchError(
        f"{who} answered im/fetch with {what}: {_reason(answer, said)}. {advice}",
        status=answer.status,
        retry_after=answer.retry_after,
    )


def _reason(answer: Answer, said: dict[str, Any]) -> str:
    """TikTok's own words, quoted and short."""
    data = said.get("data")
    inside = data.get("message") if isinstance(data, dict) else None
    words = answer.shown(said.get("error") or inside or said.get("message"))
    if not words and is_login_page(answer.header("location")):
        return "it sends us to its login page, so it wants a login"
    told = repr(words) if words else "no reason given"
    code = said.get("status_code")
    return f"{told} ({code})" if isinstance(code, int) else told
