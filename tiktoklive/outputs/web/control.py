"""The API by which rooms are seen, added, renamed and removed."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, Final

from twisted.logger import Logger
from twisted.web.server import Request

from tiktoklive.errors import (
    ChatRefusedError,
    InvalidMessageError,
    InvalidSessionIdError,
    InvalidUniqueIdError,
    InvalidUserOptionsError,
    RoomWithheldError,
    TikTokLiveError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.interfaces import (
    IListedRooms,
    IRoomChat,
    IRoomFacts,
    IRoomNames,
    IRoomOptions,
    IRooms,
    ISharedRooms,
)
from tiktoklive.model import State
from tiktoklive.model.status import ELSEWHERE
from tiktoklive.outputs.web.answers import (
    Refusal,
    UnknownUser,
    as_json,
    read_json,
    read_named,
)
from tiktoklive.outputs.web.later import answer_later

#: A username as this API takes it; the schema says the same.
NAME: Final = r"^@?[A-Za-z0-9_.]{1,64}$"

#: Phases in which something failed, or nothing has happened yet.
_NOT_READY: Final = frozenset(
    (
        "idle",
        "signing",
        "connecting",
        "entering",
        "waiting",
        "refused",
        "restarting",
        "stopping",
        "stopped",
        "failed",
    )
)


class RoomControl:
    """
    Answers about rooms.

    :param renamed: called with the old and the new name of a user.
    :ivar rooms: provides IRoomFacts as well, IRoomNames if names can be changed, IRoomOptions if
        users may have options of their own, IListedRooms if some come from a list, and IRoomChat if
        something can be said; ``None`` until it is known.
    """

    log = Logger()

    def __init__(self, renamed: Callable[[str, str], object] = lambda old, new: None) -> None:
        self.rooms: IRooms | None = None
        self._renamed = renamed

    # --- what others may know ---------------------------------------------------------

    def names(self, request: Request) -> bytes:
        """``GET /rooms`` and ``GET /api/rooms``."""
        status = self._status()
        return as_json(request, {"rooms": [self._room(*each) for each in status.items()]})

    def one(self, request: Request, name: str) -> bytes:
        """``GET /api/rooms/NAME``."""
        return as_json(request, self._room(*self._find(name)))

    def find(self, name: str) -> str:
        """
        The username under which a user is followed.

        :raise Refusal: there is none.
        """
        return self._find(name)[0]

    def look_for(self, name: str) -> Awaitable[bool] | None:
        """Look whether others follow a user who is not known here; ``None`` if there are none."""
        rooms: Any = self.rooms
        return ISharedRooms(rooms).look_for(name) if ISharedRooms.providedBy(rooms) else None

    def ready(self) -> dict[str, str]:
        """The rooms that are neither live nor waited for as they should, each with its reason."""
        if self.rooms is None:
            return {}
        return {
            name: f"{state.phase}: {state.reason}".rstrip(": ")
            for name, state in self.rooms.status().items()
            if state.phase in _NOT_READY
        }

    # --- what changes something, or asks TikTok ---------------------------------------

    def add(self, request: Request) -> bytes | int:
        """``POST /api/rooms``."""
        rooms = self._followed()
        body = read_named(request, "options")
        asked = checked_name(body["name"])
        with refusals():
            name: str | Awaitable[str]
            if "options" not in body:
                name = rooms.add(asked)
            elif IRoomOptions.providedBy(rooms):
                name = rooms.add_with(asked, body["options"])
            else:
                raise Refusal(
                    503, "options", "The program that runs this knows no options of users."
                )
        if isinstance(name, str):
            return self._added(request, name)
        adding = name

        async def added() -> bytes:
            with refusals():
                return self._added(request, await adding)

        return answer_later(request, added())

    def _added(self, request: Request, name: str) -> bytes:
        self.log.info("@{user} was added through the API", user=name)
        request.setHeader("Location", f"/api/rooms/{name}")
        return as_json(request, self._room(*self._find(name)), 201)

    def rename(self, request: Request, name: str) -> bytes | int:
        """``PATCH /api/rooms/NAME``."""
        name, _ = self._find(name)
        rooms = self._followed()
        if not IRoomNames.providedBy(rooms):
            raise Refusal(503, "names", "The program that runs this does not let names be changed.")
        with refusals():
            new = rooms.rename(name, checked_name(read_named(request)["name"]))
        if isinstance(new, str):
            return self._has_name(request, name, new)
        renaming = new

        async def renamed() -> bytes:
            with refusals():
                return self._has_name(request, name, await renaming)

        return answer_later(request, renamed())

    def _has_name(self, request: Request, name: str, new: str) -> bytes:
        self._renamed(name, new)
        self.log.info("@{user} was renamed to @{new} through the API", user=name, new=new)
        return as_json(request, self._room(*self._find(new)))

    def remove(self, request: Request, name: str) -> int:
        """``DELETE /api/rooms/NAME``."""
        name, _ = self._find(name)
        rooms = self._followed()
        self.log.info("@{user} is removed through the API", user=name)

        async def removed() -> bytes:
            with refusals():
                await rooms.remove(name)
            request.setResponseCode(204)
            request.responseHeaders.removeHeader("content-type")
            return b""

        return answer_later(request, removed())

    def reload(self, request: Request) -> bytes:
        """``POST /api/reload``."""
        rooms = self._followed()
        if not IListedRooms.providedBy(rooms):
            raise Refusal(503, "list", "The program that runs this has no list of users to read.")
        try:
            changes = rooms.reload()
        except InvalidUserOptionsError as e:
            raise Refusal(409, "list", str(e)) from e
        except LookupError as e:
            raise Refusal(409, "no-list", str(e.args[0])) from e
        return as_json(request, {kind: list(names) for kind, names in changes.items()})

    def info(self, request: Request, name: str) -> int:
        """``GET /api/rooms/NAME/info``."""
        return self._ask(request, name, lambda facts, known: facts.room_info(known))

    def gifts(self, request: Request, name: str) -> int:
        """``GET /api/rooms/NAME/gifts``."""
        return self._ask(request, name, lambda facts, known: facts.available_gifts(known), "gifts")

    @property
    def can_say(self) -> bool:
        """Whether something can be said in a chat."""
        rooms: Any = self.rooms
        return IRoomChat.providedBy(rooms) and bool(rooms.can_say())

    def say(self, request: Request, name: str) -> int:
        """``POST /api/rooms/NAME/chat``."""
        body = read_json(request)
        text = body.get("text")
        if set(body) != {"text"} or not isinstance(text, str):
            raise Refusal(400, "body", 'The body must be {"text": "hello"}.')
        name, _ = self._find(name)
        rooms: Any = self._followed()
        if not IRoomChat.providedBy(rooms):
            raise Refusal(503, "chat", "The program that runs this says nothing in chats.")
        if not self.can_say:
            raise Refusal(
                503,
                "session",
                "Saying something needs the session of an account: set TIKTOKLIVE_SESSION_ID.",
            )
        chat = IRoomChat(rooms)

        async def answer() -> bytes:
            try:
                await chat.say(name, text)
            except InvalidMessageError as e:
                raise Refusal(400, "text", str(e)) from e
            except ChatRefusedError as e:
                raise Refusal(409, "refused", str(e)) from e
            except InvalidSessionIdError as e:
                raise Refusal(503, "session", str(e)) from e
            except TikTokLiveError as e:
                raise _refusal_of(e) from e
            except KeyError:  # removed meanwhile
                raise UnknownUser(name) from None
            return as_json(request, {"sent": True})

        return answer_later(request, answer())

    # --- inside -----------------------------------------------------------------------

    def _ask(
        self,
        request: Request,
        name: str,
        ask: Callable[[IRoomFacts, str], Awaitable[Any]],
        key: str = "",
    ) -> int:
        name, state = self._find(name)
        if state.phase == ELSEWHERE:
            raise Refusal(409, ELSEWHERE, f"@{name} is not followed here: {state.reason}.")
        facts = IRoomFacts(self._followed())

        async def answer() -> bytes:
            try:
                said = await ask(facts, name)
            except TikTokLiveError as e:
                raise _refusal_of(e) from e
            except KeyError:  # removed meanwhile
                raise UnknownUser(name) from None
            return as_json(request, {key: list(said)} if key else dict(said))

        return answer_later(request, answer())

    def _room(self, name: str, state: State) -> dict[str, Any]:
        rooms = self._followed()
        if not IRoomOptions.providedBy(rooms):
            return _room(name, state)
        return _room(name, state) | {"options": dict(rooms.options_of(name))}

    def _followed(self) -> IRooms:
        if self.rooms is None:
            raise Refusal(
                503,
                "rooms",
                "The program that runs this has not said which users are followed: control().",
            )
        return self.rooms

    def _status(self) -> Mapping[str, State]:
        return self._followed().status()

    def _find(self, name: str) -> tuple[str, State]:
        wanted = checked_name(name).removeprefix("@").lower()
        for known, state in self._status().items():
            if known.lower() == wanted:
                return known, state
        raise UnknownUser(name)


@contextmanager
def refusals() -> Iterator[None]:
    """What keeps users from being added, renamed or removed, as it is answered."""
    try:
        yield
    except InvalidUniqueIdError as e:
        raise Refusal(400, "name", str(e)) from e
    except InvalidUserOptionsError as e:
        raise Refusal(409, "options", str(e)) from e
    except TikTokLiveError as e:
        raise Refusal(503, "fleet", str(e)) from e
    except KeyError as e:  # another node was faster
        raise Refusal(404, "unknown", str(e.args[0])) from e
    except ValueError as e:
        raise Refusal(409, "followed", str(e)) from e


def _room(name: str, state: State) -> dict[str, Any]:
    return {
        "name": name,
        "phase": state.phase,
        "reason": state.reason,
        "unique_id": state.unique_id or name,
        "anchor_id": state.anchor_id,
        "room_id": state.room_id,
        "restrictions": list(state.restrictions),
        "is_connected": state.is_connected,
        "upgraded_to_websocket": state.upgraded_to_websocket,
        "pages": [page.as_dict() for page in state.pages],
        "streams": None if state.streams is None else asdict(state.streams),
        "lane": state.lane,
    }


def checked_name(name: str) -> str:
    """
    A username as this API takes it.

    :raise Refusal: it is none.
    """
    if not re.fullmatch(NAME, name, re.ASCII):
        raise Refusal(400, "name", "A name has letters, digits, dots and underscores, 64 at most.")
    return name


def _refusal_of(error: TikTokLiveError) -> Refusal:
    """What TikTok, or another server, said; its words hold no secrets."""
    said = str(error)
    if isinstance(error, UserOfflineError):
        return Refusal(409, "offline", said)
    if isinstance(error, UserNotFoundError | RoomWithheldError):
        return Refusal(409, "closed", said)
    if error.retry_after:
        return Refusal(503, "later", said, (("Retry-After", str(round(error.retry_after))),))
    return Refusal(502, "upstream", said)
