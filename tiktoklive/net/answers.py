"""Answers of web servers, and what those of TikTok's mean, whatever was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

from tiktoklive.errors import (
    AgeRestrictedError,
    BlockedError,
    InvalidResponseError,
    LoginRequiredError,
    RateLimitedError,
    RoomLookupError,
    RoomWithheldError,
    UserOfflineError,
)
from tiktoklive.net.handshake import retry_after
from tiktoklive.net.login import is_login_page
from tiktoklive.net.redaction import NOTHING_KNOWN, Redaction
from tiktoklive.wire.jsonread import JsonTooLargeError, read_json
from tiktoklive.wire.limits import MAX_VALUES

#: TikTok's status codes (wire facts §2.3).
AGE_RESTRICTED: Final = 4003110
LOGIN_REQUIRED: Final = 20003
#: That a room is over; the second is said by the service in China, and seldom here.
FINISHED: Final = frozenset((10041, 30003))

_CHALLENGES: Final = (b"Please wait...", b"_wafchallengeid", b"SlardarWAF")


class LineTooLongError(Exception):
    """
    A line of a head is longer than is read.

    :ivar name: of the header, as the other side wrote it, or ``""``.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class UnaskedEncodingError(Exception):
    """
    A body is in an encoding that was not asked for.

    :ivar encoding: which, as the other side wrote it.
    """

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self.encoding = encoding


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What came back, with asterisks in the place of what was sent and must not be shown.

    :ivar status: HTTP status of the last answer, redirects followed.
    :ivar host: the host that gave it.
    :ivar headers: its headers, names in lower case; of repeated ones, all values.
    :ivar content: its body, decompressed.
    :ivar values: how many values :meth:`json` accepts.
    :ivar set_cookies: name and value of each cookie set on the way, redirects included, in
        order and byte for byte.
    :ivar redaction: knows what was sent.
    :ivar exact: header and body as they came, if they were masked; see :meth:`unmasked`.
    :ivar encoding: of a body that cannot be read: it was not asked for.
    :ivar led_to: the path to which the redirects led that were followed, ``""`` without any.
    """

    status: int
    host: str
    headers: Mapping[str, Sequence[str]] = field(repr=False)
    content: bytes = field(repr=False)
    set_cookies: Sequence[tuple[str, str]] = field(default=(), repr=False)
    values: int = field(default=MAX_VALUES, repr=False)
    redaction: Redaction = field(default=NOTHING_KNOWN, repr=False, compare=False)
    exact: tuple[Mapping[str, Sequence[str]], bytes] | None = field(default=None, repr=False)
    encoding: str = field(default="", repr=False)
    led_to: str = field(default="", repr=False)

    @property
    def body(self) -> bytes:
        """
        The body, for those who read it.

        :raise InvalidResponseError: it is in an encoding that was not asked for.
        """
        if self.encoding:
            raise InvalidResponseError(
                f"{self.host} answered (HTTP {self.status}) with {self.unreadable}: try again, or "
                "look at the proxy, if there is one.",
                retry_after=self.retry_after,
            )
        return self.content

    @property
    def unreadable(self) -> str:
        """What is the matter with the body, if it cannot be read, else ``""``."""
        if not self.encoding:
            return ""
        named = self.shown(self.encoding)
        return f"a body in the encoding {named!r}, which was not asked for (gzip was)"

    def shown(self, value: object) -> str:
        """Something that the answer says, fit to be quoted; ``""`` if it is no text."""
        return self.redaction.shown(value)

    def unmasked(self) -> Answer:
        """The same, byte for byte: for what is sent back or decoded, never for what is shown."""
        if self.exact is None:
            return self
        return replace(self, headers=self.exact[0], content=self.exact[1], exact=None)

    def header(self, name: str) -> str:
        """The last value of a header, ``""`` if there is none."""
        values = self.headers.get(name.lower())
        return values[-1] if values else ""

    @property
    def retry_after(self) -> float | None:
        """Seconds that the answer asks to wait."""
        return retry_after(self.header("retry-after"), self.header("date"))

    def json(self) -> Any:
        """
        The body, read as JSON.

        :raise JsonTooLargeError: it has too many values, or takes too much memory.
        :raise ValueError: it is none.
        """
        return read_json(self.body, values=self.values)


def content_of(answer: Answer, asked: str) -> dict[str, Any]:
    """
    The JSON object of an answer, if it was given one at all.

    :param asked: what was asked for, as in ``"the look-up of @name"``.
    :raise RoomLookupError: one of its subclasses.
    """
    if answer.status in (403, 420, 429) or answer.status >= 500:
        refuse(answer, asked)
    if 300 <= answer.status < 400 and answer.header("location"):
        raise sent_elsewhere(answer, asked)
    try:
        content = answer.json()
    except JsonTooLargeError as error:
        raise InvalidResponseError(
            f"TikTok answered {asked} with JSON that is not read: {error}."
        ) from None
    except ValueError:
        kind = "an empty page" if not answer.body.strip() else "a page that is no JSON"
        raise blocked(answer, asked, challenge_in(answer) or kind) from None
    if not isinstance(content, dict):
        raise InvalidResponseError(f"TikTok answered {asked} with JSON that is no object.")
    return content


def challenge_in(answer: Answer) -> str:
    """What a page wants of a browser before it shows anything (wire facts §2.3), or ``""``."""
    if b"tiktok-verify-page" in answer.body:
        return "a captcha"
    if answer.header("x-tt-system-error") or any(sign in answer.body for sign in _CHALLENGES):
        return "a challenge page"
    return ""


def sent_elsewhere(answer: Answer, asked: str) -> RoomLookupError:
    """The error for an answer that sends us elsewhere, where we do not go."""
    said = f"TikTok ({answer.host}) answered {asked} by sending us to"
    location = answer.header("location")
    if is_login_page(location):
        return wants_login(f"{said} its login page (HTTP {answer.status})")
    try:
        host = answer.shown(urlsplit(location).hostname or answer.host)
    except ValueError:
        return InvalidResponseError(f"{said} an address that is none (HTTP {answer.status}).")
    return InvalidResponseError(f"{said} another page of {host} (HTTP {answer.status}).")


def wants_login(said: str) -> LoginRequiredError:
    """
    The error for an answer that wants a login.

    :param said: how it does, as the beginning of a sentence.
    """
    return LoginRequiredError(
        f"{said}: it wants a login, as it does for some rooms, and of network addresses that asked "
        "for many pages. Supply the cookies of a session, wait, or try another network."
    )


def blocked(answer: Answer, asked: str, shown: str) -> BlockedError:
    """The error for an answer that shows something else than what was asked for."""
    return BlockedError(
        f"TikTok ({answer.host}) answered {asked} with {shown} (HTTP {answer.status}): it "
        "blocks or challenges this network address. Wait, or try another network or a proxy.",
        retry_after=answer.retry_after,
    )


def refuse(answer: Answer, asked: str) -> NoReturn:
    """Raise what an HTTP status of 400 and more means."""
    said = f"TikTok ({answer.host}) answered {asked} with HTTP {answer.status}"
    wait = answer.retry_after
    if answer.status == 429:
        raise RateLimitedError(f"{said}: too many requests from here.", retry_after=wait)
    if answer.status in (403, 420):
        raise BlockedError(
            f"{said}: it blocks this network address. Wait, or try another network or a proxy.",
            retry_after=wait,
        )
    raise InvalidResponseError(f"{said}: try again later.", retry_after=wait)


def code_error(code: int | None, message: object, subject: str, answer: Answer) -> RoomLookupError:
    """
    What a status code other than 0 means.

    :param message: what TikTok says of it.
    :param subject: what it is about: ``"@name"``, ``"Room 123"``.
    :param answer: that says so.
    """
    words = answer.shown(message)
    if code == AGE_RESTRICTED:
        return withheld(subject, words, str(code))
    if code == LOGIN_REQUIRED:
        return wants_login(f"{subject}: TikTok answered with status code {code}")
    if code in FINISHED:
        quoted = f", {words!r}" if words else ""
        return UserOfflineError(f"{subject}: the broadcast has finished ({code}{quoted}).")
    said = code_and_words(code, words)
    return InvalidResponseError(f"{subject}: TikTok answered with {said}.")


def code_and_words(code: int | None, words: str) -> str:
    """
    A status code and what TikTok says of it, for errors.

    :param words: as :meth:`Answer.shown` gives them.
    """
    quoted = repr(words) if words else "no message"
    what = "no status code" if code is None else f"status code {code}"
    return f"{what} and {quoted}"


def withheld(subject: str, words: str, seen: str) -> RoomWithheldError:
    """
    The error for a room that is kept from us.

    :param words: what TikTok says of it; ``""`` if it does not say why.
    :param seen: by what it is known.
    """
    if words:
        return AgeRestrictedError(
            f"{subject}: age-restricted, TikTok shows it to logged-in adults only ({seen}, "
            f"{words!r}). Supply the cookies of such a session."
        )
    return RoomWithheldError(
        f"{subject}: TikTok withholds it, and does not say why ({seen}). It does so with rooms for "
        "logged-in adults, and towards network addresses that ask too much or that it distrusts: "
        "supply the cookies of such a session, wait, or try another network."
    )
