"""One user followed, as a library object and as a Twisted service."""

from __future__ import annotations

import re
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from twisted.application.service import Service
from twisted.internet.defer import Deferred, fail
from twisted.internet.task import deferLater
from twisted.logger import Logger
from twisted.python.failure import Failure

from tiktoklive.chat import check_text, login_for
from tiktoklive.deferreds import started
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.observable import Observable
from tiktoklive.dispatch.subscription import Subscription
from tiktoklive.errors import (
    AlreadyConnectedError,
    AlreadyConnectingError,
    Remedy,
    TikTokLiveError,
    UserOfflineError,
)
from tiktoklive.errors.isolation import without_frames
from tiktoklive.logs import voice
from tiktoklive.model import Room, State, parse_unique_id
from tiktoklive.options import Options
from tiktoklive.pacing.lookups import patiently
from tiktoklive.rooms import FixedResolver
from tiktoklive.rooms.details import kept_details
from tiktoklive.rooms.last import any_room, last_room
from tiktoklive.session.parts import dispatcher_of
from tiktoklive.session.session import Session
from tiktoklive.stream.limits import Tally
from tiktoklive.wiring import Wiring, standard_wiring

__all__ = ["WebcastPushConnection"]

_T = TypeVar("_T")

_ROOM_ID = re.compile(r"[0-9]{1,19}")

#: The least seconds between two looks at a user.
_SHORTEST = 1.0


class WebcastPushConnection(Observable, Service):
    """
    Receives what happens in one user's broadcasts.

    As a library object: :meth:`connect` once, and be told by its Deferred whether it
    worked; the stream is opened again when it is lost, until the broadcast ends.

    As a service: :meth:`startService` waits for the user to go live, for as long as it
    takes, and goes on from broadcast to broadcast until :meth:`stopService`.

    :param unique_id: ``name``, ``@name`` or the address of the live page.
    :param options: settings; not together with ``wiring``, which has its own.
    :param reactor: the reactor, the global one when left out.
    :param wiring: the parts to use; connections that share one also share its guest cookie.
    :raise InvalidUniqueIdError: there is no username in ``unique_id``.
    """

    log = Logger(observer=voice)

    def __init__(
        self,
        unique_id: str,
        options: Options | None = None,
        *,
        reactor: Any = None,
        wiring: Wiring | None = None,
    ) -> None:
        if wiring is not None and (options is not None or reactor is not None):
            raise TypeError("A wiring has its own options and reactor: give one or the other.")
        self.unique_id = parse_unique_id(unique_id)
        self.wiring = wiring or standard_wiring(reactor, options)
        self._owns_wiring = wiring is None
        self._asked: set[Deferred[Any]] = set()
        self._dispatcher = dispatcher_of(self.wiring.reactor, self.wiring.options.limits)
        self._session = Session(self.unique_id, self.wiring.parts(), self._dispatcher)

    def __repr__(self) -> str:
        session = self._session
        room = session.room if session.is_live else None
        where = f" in room {room.room_id}" if room is not None else ""
        return f"<WebcastPushConnection @{self.unique_id}: {session.phase}{where}>"

    # --- observing --------------------------------------------------------------

    def add_observer(self, observer: object) -> Subscription:
        """
        Let an object observe what its observer interfaces say.

        One that is an :class:`~tiktoklive.interfaces.IPacer` gets to know how it can let the
        stream wait.

        :return: takes it away again by
            :meth:`~tiktoklive.dispatch.Subscription.remove`.
        :raise TypeError: it provides none, lacks one of their methods, or a method names no event.
        """
        return self._dispatcher.add_observer(observer)

    def remove_observer(self, observer: object) -> None:
        """
        Deliver nothing more to that object.

        :raise ValueError: it does not observe.
        """
        self._dispatcher.remove_observer(observer)

    def _observers(self) -> Dispatcher:
        return self._dispatcher

    # --- connecting -------------------------------------------------------------

    def connect(self, room_id: str | None = None) -> Deferred[State]:
        """
        Connect to the broadcast that is on now.

        It can be called again after it failed, after the broadcast ended, and after
        :meth:`disconnect`.

        :param room_id: the room, if it is known: decimal digits; it is not looked up then.
        :return: fires with the state when the server let us in; cancelling it disconnects.
            Fails with :class:`~tiktoklive.errors.UserOfflineError`,
            :class:`~tiktoklive.errors.AlreadyConnectingError`,
            :class:`~tiktoklive.errors.AlreadyConnectedError` or another
            :class:`~tiktoklive.errors.TikTokLiveError` that says what to do, and with
            ``ValueError`` for a room id that is none.
        """
        session = self._session
        if session.is_live:
            return fail(AlreadyConnectedError(f"@{self.unique_id} is connected already."))
        if session.is_leaving:
            return fail(
                AlreadyConnectingError(
                    f"@{self.unique_id} is still being disconnected: wait until when_over(), or "
                    "what disconnect() returned, fires."
                )
            )
        if not session.is_at_rest:
            doing = f"is being connected ({session.phase})"
            return fail(AlreadyConnectingError(f"@{self.unique_id} {doing}."))
        resolver = None
        if room_id is not None:
            if not _ROOM_ID.fullmatch(str(room_id)):
                shown = repr(str(room_id)[:40])
                return fail(ValueError(f"{shown} is no room id: that is decimal digits."))
            room = Room(self.unique_id, str(room_id))
            resolver = self.wiring.of(self._session.parts).informed(FixedResolver(room))
        return self._session.connect(resolver)

    def disconnect(self) -> Deferred[None]:
        """
        Stop in order, whatever is going on; fires when nothing is left open.

        What was asked and not answered yet is cancelled.
        """

        async def stop() -> None:
            for asked in list(self._asked):
                asked.cancel()
            await self._session.stop()
            # Unless it was started again meanwhile, and uses it.
            if self._owns_wiring and self._session.is_at_rest:
                await self.wiring.close()

        return started(stop())

    def get_state(self) -> State:
        """What is going on now, and why."""
        return self._session.state()

    def get_tally(self) -> Tally:
        """What was counted so far."""
        return self._session.tally

    def when_over(self) -> Deferred[Exception | None]:
        """
        Fires when nothing more will happen by itself.

        With the error that waiting can't help, or ``None`` when it was stopped or the
        broadcast ended.
        """
        return self._session.when_over()

    # --- asking -------------------------------------------------------------------

    def get_room_info(self) -> Deferred[dict[str, Any]]:
        """
        Ask TikTok about the room: title, owner, statistics, stream addresses.

        Works unconnected too: the user is looked up then.  Of one who is not live it tells about
        the last broadcast, with the ``status`` 4 and the final figures.  :meth:`get_state` shows
        what was told until the next connection, or the next end of one.

        :return: fires with the ``data`` of TikTok's answer (wire facts §8.3), as it is.
            Fails with :class:`~tiktoklive.errors.UserOfflineError` if no broadcast of the user is
            known, :class:`~tiktoklive.errors.AgeRestrictedError` or another
            :class:`~tiktoklive.errors.TikTokLiveError`.
        """
        return self._ask(room_details(self._session, self.wiring))

    def get_available_gifts(self) -> Deferred[list[Mapping[str, Any]]]:
        """
        Ask TikTok which gifts can be sent.

        Works unconnected too: the user is looked up then, and need not be live, or ever have been.
        The list is kept for an hour, for all connections of the wiring.  :meth:`get_state` shows it
        from then on, and gifts that arrive have their entry of it as ``extendedGiftInfo``.

        :return: fires with a list of gifts, each as TikTok describes it: ``id``, ``name``,
            ``diamond_count`` ... (wire facts §8.4).  Fails with a
            :class:`~tiktoklive.errors.TikTokLiveError`.
        """

        async def ask() -> list[Mapping[str, Any]]:
            return list(await available_gifts(self._session, self.wiring))

        return self._ask(ask())

    def send_message(self, text: str, session_id: str | None = None) -> Deferred[Mapping[str, Any]]:
        """
        Say something in the room's chat.

        Works unconnected too: the user is looked up then.  Messages of one session wait for
        their turn, ``options.chat_interval`` apart; cancelling takes a waiting one back.

        :param text: at most 150 characters.
        :param session_id: the cookie ``sessionid`` of the account that says it; that of the
            options if left out.
        :return: fires with the ``data`` of TikTok's answer (wire facts §8.5).  Fails with
            :class:`~tiktoklive.errors.InvalidSessionIdError`,
            :class:`~tiktoklive.errors.InvalidMessageError`,
            :class:`~tiktoklive.errors.ChatRefusedError`,
            :class:`~tiktoklive.errors.RateLimitedError` or another
            :class:`~tiktoklive.errors.TikTokLiveError`.
        """
        return self._ask(say(self._session, self.wiring, text, session_id))

    def fetch_is_live(self) -> Deferred[bool]:
        """
        Ask TikTok whether the user is live now; a paused broadcast is.

        :return: fails with :class:`~tiktoklive.errors.UserNotFoundError` or another
            :class:`~tiktoklive.errors.TikTokLiveError` if there is no telling.
        """

        async def ask() -> bool:
            try:
                await self._session.parts.resolver.resolve(self._session.present_name)
            except UserOfflineError:
                return False
            return True

        return self._ask(ask())

    def wait_until_live(self, interval: float = 60.0) -> Deferred[Room]:
        """
        Look again and again, until the user is live.

        What waiting may mend does not end it: no answer, a refusal that may pass, or what only
        one of those says who were asked.

        :param interval: seconds between two looks, at least 1; more if TikTok asks for it.
        :return: fires with the room.  Fails with :class:`~tiktoklive.errors.UserNotFoundError`
            if all say so, or another error that waiting can't mend.  Cancelling ends it.
        """

        resolver = patiently(self._session.parts.resolver)

        async def ask() -> Room:
            while True:
                try:
                    return await resolver.resolve(self._session.present_name)
                except TikTokLiveError as error:
                    if error.remedy is not Remedy.WAIT and getattr(error, "certain", True):
                        raise
                    asked = self.wiring.options.patience.wished(error.retry_after)
                    pause = max(_SHORTEST, interval, asked)
                    self.log.debug(
                        "@{user}: {error} Next look in {pause:.0f} s.",
                        user=self.unique_id,
                        error=error,
                        pause=pause,
                    )
                await deferLater(self.wiring.reactor, pause)

        return self._ask(ask())

    def _ask(self, asking: Coroutine[Deferred[Any], Any, _T]) -> Deferred[_T]:
        """What is asked beside the stream; :meth:`disconnect` cancels it."""
        asked = started(asking)
        self._asked.add(asked)

        def answered(result: Any) -> Any:
            self._asked.discard(asked)
            if isinstance(result, Failure) and isinstance(result.value, TikTokLiveError):
                without_frames(result.value)  # it says all that there is to know
                return Failure(result.value)
            return result

        return asked.addBoth(answered)

    # --- IService -----------------------------------------------------------------

    def startService(self) -> None:
        """Follow the user until :meth:`stopService`."""
        super().startService()
        self._session.follow()

    def stopService(self) -> Deferred[None]:
        """Disconnect; fires when nothing is left open."""
        super().stopService()
        return self.disconnect()


def _room_now(session: Session) -> Room | None:
    """The room that a session is in, if its stream is open."""
    return session.room if session.is_live else None


async def room_details(session: Session, wiring: Wiring) -> dict[str, Any]:
    """What :meth:`WebcastPushConnection.get_room_info` fires with, of any session."""
    room, info = _room_now(session), None
    if room is None:
        room = await last_room(session.parts.resolver, session.present_name)
        info = room.info  # that of a connection is old by now
    details = await wiring.of(session.parts).room_info(room.room_id) if info is None else dict(info)
    session.know_details(room.room_id, kept_details(details))
    return details


async def available_gifts(session: Session, wiring: Wiring) -> Sequence[Mapping[str, Any]]:
    """What :meth:`WebcastPushConnection.get_available_gifts` fires with, of any session."""
    room = _room_now(session) or await any_room(session.parts.resolver, session.present_name)
    gifts = room.gifts or await wiring.of(session.parts).gifts.gifts(room)
    session.know_gifts(gifts)
    return gifts


async def say(
    session: Session, wiring: Wiring, text: str, session_id: str | None = None
) -> Mapping[str, Any]:
    """What :meth:`WebcastPushConnection.send_message` fires with, of any session."""
    check_text(text)  # before anybody is looked up
    login_for(session_id, wiring.tiktok.login)
    room = _room_now(session) or await session.parts.resolver.resolve(session.present_name)
    return await wiring.chat.send(room, text, session_id)
