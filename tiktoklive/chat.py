"""Saying something in a room's chat, in our own time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from twisted.internet.defer import DeferredLock
from twisted.internet.interfaces import IReactorTime
from twisted.internet.task import deferLater
from zope.interface import implementer

from tiktoklive.errors import (
    ChatRefusedError,
    ConnectError,
    InvalidMessageError,
    InvalidSessionIdError,
    RateLimitedError,
)
from tiktoklive.fallback import FirstOf
from tiktoklive.interfaces import IChatSender
from tiktoklive.model import Room
from tiktoklive.net.answers import LOGIN_REQUIRED, code_and_words, content_of, refuse
from tiktoklive.net.login import Login
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.pacing.bucket import TokenBucket
from tiktoklive.wire.jsonread import number

__all__ = ["DirectChat", "FirstOfChat", "PacedChat"]

#: Characters that a message may have (wire facts §8.5).
LONGEST: Final = 150

_PATH = "/webcast/room/chat/"

#: From here on a code is TikTok's own word, and no HTTP status of whoever stands before it.
_OWN_CODES = 1000


def check_text(text: str) -> None:
    """
    Refuse a message that cannot be sent.

    :raise InvalidMessageError: it is empty, or too long.
    """
    if not isinstance(text, str):
        raise InvalidMessageError(f"A chat message must be text, not {type(text).__name__}.")
    if not text.strip():
        raise InvalidMessageError("A chat message must not be empty.")
    if len(text) > LONGEST:
        raise InvalidMessageError(
            f"A chat message may have {LONGEST} characters, this one has {len(text)}: shorten it."
        )


def login_for(
    session_id: str | None, known: Login | None, hosts: Iterable[str] = (), target_idc: str = ""
) -> Login:
    """
    The account in whose name a message is sent.

    :param session_id: the session that was named, if any.
    :param known: who speaks if none was named.
    :param hosts: names of further hosts that may get a session which was named.
    :param target_idc: the data centre of such a session, if it is known.
    :raise InvalidSessionIdError: there is no session, or what was named is no session.
    """
    if session_id is None or (known is not None and session_id == known.session_id):
        if known is None:
            raise InvalidSessionIdError(
                "Sending chat needs the session of an account: give a session id, or the option "
                "session_id."
            )
        return known
    try:
        if known is not None:
            return known.other(session_id)
        return Login(session_id, target_idc, hosts)
    except ValueError as error:
        raise InvalidSessionIdError(str(error)) from None


@implementer(IChatSender)
class DirectChat:
    """
    Asks TikTok itself to take a message (wire facts §8.5).

    :param tiktok: TikTok's servers, and the session that speaks if no other is named.
    :param hosts: names of further hosts that may get a session which is named.
    """

    def __init__(self, tiktok: TikTokWeb, hosts: Iterable[str] = ()) -> None:
        self._tiktok = tiktok
        self._hosts = frozenset(hosts)

    async def send(self, room: Room, text: str, session_id: str | None) -> Mapping[str, Any]:
        """
        Send a message; see :meth:`tiktoklive.interfaces.IChatSender.send`.

        :return: the ``data`` of TikTok's answer.
        :raise RateLimitedError: TikTok wants fewer messages.
        :raise BlockedError: TikTok shows a captcha or a challenge instead.
        :raise ConnectError: no answer came; whether the message was sent is not known.
        """
        check_text(text)
        tiktok = self._tiktok
        login = login_for(session_id, tiktok.login, self._hosts)
        if not login.may_go_to(tiktok.url(_PATH)):
            host = urlsplit(tiktok.url(_PATH)).hostname
            raise InvalidSessionIdError(
                f"The session is not sent to {host}, which is not TikTok's or not encrypted: name "
                "it in session_hosts (--session-host) if it may have it."
            )
        params = tiktok.parameters(("room_id", room.room_id), ("content", text))
        headers = [("Referer", f"https://www.tiktok.com/@{room.unique_id}/live")]
        answer = await tiktok.post(_PATH, params, headers=headers, login=login)
        if answer.status == 403 or (answer.status < 300 and not answer.body.strip()):
            raise ChatRefusedError(
                f"TikTok ({answer.host}) refused the message without a reason (HTTP "
                f"{answer.status}): it may want a signature, or block this network address. Try "
                "a sign server that sends chat.",
                code=answer.status,
            )
        content = content_of(answer, "the chat message")
        code = number(content.get("status_code"))
        data = content.get("data")
        data = data if isinstance(data, dict) else {}
        if code == LOGIN_REQUIRED:
            raise InvalidSessionIdError(
                f"TikTok ({answer.host}) says that the session has expired ({code}): copy the "
                "cookie sessionid of a browser that is logged in."
            )
        if code is None and answer.status >= 400:
            refuse(answer, "the chat message")
        if code != 0:
            said = code_and_words(code, answer.shown(data.get("message")))
            raise ChatRefusedError(
                f"TikTok ({answer.host}) did not take the message: {said}.",
                code=answer.status if code is None else code,
            )
        return data


@implementer(IChatSender)
class FirstOfChat:
    """
    Asks one sender after the other, as long as none says anything of the message itself.

    Nobody else is asked when no answer came: the message may have been sent.

    :param parts: pairs of a name, for errors, and the sender; at least one.
    """

    def __init__(self, parts: Sequence[tuple[str, IChatSender]]) -> None:
        self._first = FirstOf(parts, final=_is_answer)

    async def send(self, room: Room, text: str, session_id: str | None) -> Mapping[str, Any]:
        """
        Send a message; see :meth:`tiktoklive.interfaces.IChatSender.send`.

        :raise AllFailedError: no sender took it; lists what each said.
        """
        return await self._first.ask(
            "The chat message was not sent", lambda part: part.send(room, text, session_id)
        )


def _is_answer(error: Exception) -> bool:
    if isinstance(error, ChatRefusedError):
        return error.code >= _OWN_CODES
    answers = (InvalidMessageError, InvalidSessionIdError, RateLimitedError, ConnectError)
    return isinstance(error, answers)


@dataclass(slots=True)
class _SessionQueue:
    """
    Who of one account may speak, and when.

    :ivar one_at_a_time: held by the one whose turn it is.
    :ivar waiting: how many wait, that one included until it speaks.
    :ivar bucket: gives one turn after the other.
    """

    bucket: TokenBucket
    one_at_a_time: DeferredLock = field(default_factory=DeferredLock)
    waiting: int = 0

    def is_idle(self, now: float) -> bool:
        """Whether no message is being sent or waits, and one may be sent."""
        return not self.one_at_a_time.locked and not self.bucket.wait(now)


@implementer(IChatSender)
class PacedChat:
    """
    Lets the messages of one session wait for their turn, in order, at a distance.

    :param inner: sends them.
    :param clock: the reactor, or a test's clock.
    :param interval: seconds from one message of a session to its next, at least; 0: none.
    :param session_id: whose messages those are for which no session is named.
    :param longest: how many of a session may wait.
    """

    def __init__(
        self,
        inner: IChatSender,
        clock: IReactorTime,
        interval: float,
        *,
        session_id: str | None = None,
        longest: int = 20,
    ) -> None:
        self._inner = inner
        self._clock = clock
        self._interval = interval
        self._session_id = session_id
        self._longest = longest
        self._queues: dict[str, _SessionQueue] = {}

    async def send(self, room: Room, text: str, session_id: str | None) -> Mapping[str, Any]:
        """
        Send a message when its turn comes; cancelling lets the next have it.

        :raise RateLimitedError: too many wait already.
        """
        whose = self._session_id if session_id is None else session_id
        if self._interval <= 0 or whose is None:  # of nobody: the sender refuses it
            return await self._inner.send(room, text, session_id)
        check_text(text)  # before its turn, which it would waste
        queue = self._queue_of(whose)
        await self._wait_for(queue)
        try:
            queue.bucket.take(self._clock.seconds())
            return await self._inner.send(room, text, session_id)
        finally:
            queue.one_at_a_time.release()

    def _queue_of(self, session_id: str) -> _SessionQueue:
        now = self._clock.seconds()
        for idle in [whose for whose, queue in self._queues.items() if queue.is_idle(now)]:
            del self._queues[idle]
        return self._queues.setdefault(session_id, _SessionQueue(TokenBucket(self._interval)))

    async def _wait_for(self, queue: _SessionQueue) -> None:
        """Returns when it is the caller's turn, who then has to release the lock."""
        if queue.waiting >= self._longest:
            raise RateLimitedError(
                f"{queue.waiting} chat messages of this session wait for their turn already, one "
                f"every {self._interval:g} s (chat_interval): this one was not sent.",
                retry_after=self._interval,
            )
        queue.waiting += 1
        try:
            await queue.one_at_a_time.acquire()
            try:
                early = queue.bucket.wait(self._clock.seconds())
                if early:
                    await deferLater(self._clock, early)
            except BaseException:
                queue.one_at_a_time.release()
                raise
        finally:
            queue.waiting -= 1
