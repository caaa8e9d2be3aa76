"""What the answers of TikTok's web servers mean, whatever was asked."""

from __future__ import annotations

from typing import Any, Final, NoReturn

from tiktoklive.errors import (
    AgeRestrictedError,
    BlockedError,
    InvalidResponseError,
    RateLimitedError,
    UserOfflineError,
)
from tiktoklive.net.web import Answer
from tiktoklive.wire.jsonread import JsonTooLargeError

#: TikTok's status codes (wire facts §2.3).
AGE_RESTRICTED: Final = 4003110
LOGIN_REQUIRED: Final = 20003
FINISHED: Final = 10041

_CHALLENGES: Final = (b"Please wait...", b"_wafchallengeid")


def content_of(answer: Answer, asked: str) -> dict[str, Any]:
    """
    The JSON object of an answer, if it was given one at all.

    :param asked: what was asked for, as in ``"the look-up of @name"``.
    :raise RoomLookupError: one of its subclasses.
    """
    if answer.status in (403, 420, 429) or answer.status >= 500:
        refuse(answer, asked)
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


def check_code(code: int | None, message: object, subject: str, answer: Answer) -> None:
    """
    Raise what a status code other than 0 means.

    :param message: what TikTok says of it.
    :param subject: what it is about: ``"@name"``, ``"Room 123"``.
    :param answer: that says so.
    """
    if code == 0:
        return
    if code == AGE_RESTRICTED:
        raise age_restricted(subject)
    if code == LOGIN_REQUIRED:
        raise AgeRestrictedError(f"{subject}: TikTok tells this to logged-in users only ({code}).")
    if code == FINISHED:
        raise UserOfflineError(f"{subject}: the broadcast has finished ({code}).")
    said = code_and_words(code, answer.shown(message))
    raise InvalidResponseError(f"{subject}: TikTok answered with {said}.")


def code_and_words(code: int | None, words: str) -> str:
    """
    A status code and what TikTok says of it, for errors.

    :param words: as :meth:`~tiktoklive.net.web.Answer.shown` gives them.
    """
    quoted = repr(words) if words else "no message"
    what = "no status code" if code is None else f"status code {code}"
    return f"{what} and {quoted}"


def age_restricted(subject: str) -> AgeRestrictedError:
    """The error for a room that is shown to logged-in adults."""
    return AgeRestrictedError(
        f"{subject}: age-restricted, TikTok shows it to logged-in adults only. Supply the cookies "
        "of such a session."
    )


def number(value: object) -> int | None:
    """A whole number, written as such or as text."""
    text = digits(value)
    return int(text) if text else None


def digits(value: object) -> str | None:
    """Decimal text of an id; ``""`` for none given, ``None`` for something of no form."""
    if value is None or value == "":
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 64:
        return str(value)
    if isinstance(value, str) and len(value) <= 20 and value.isascii() and value.isdigit():
        return value if int(value) < 1 << 64 else None
    return None
