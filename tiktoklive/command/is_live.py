"""``tiktoklive is-live @name...``: who is live, for people and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twisted.internet.defer import Deferred, gatherResults
from twisted.python.usage import UsageError

from tiktoklive.command.asking import AskingOptions, ask, write_json
from tiktoklive.command.columns import table
from tiktoklive.errors import TikTokLiveError, UserOfflineError
from tiktoklive.files import standard_streams
from tiktoklive.model import Status

if TYPE_CHECKING:
    from tiktoklive.wiring import Wiring

#: The exit statuses beside 0, which says that all are live.
NOT_ALL, NO_TELLING = 1, 3


class Options(AskingOptions):
    """Whom to ask about."""

    longdesc = (
        "Says which users are live. The exit status is 0 when all are, 1 when one is not, "
        "3 when there is no telling of one."
    )

    def parseArgs(self, *names: str) -> None:
        """The users."""
        if not names:
            raise UsageError("name a user: is-live @name.")
        self.take_users(names)

    def getSynopsis(self) -> str:
        """How to call it."""
        return "Usage: tiktoklive is-live [options] @name..."


def run(options: Options) -> int:
    """Ask about all, and say it in the order of the command line."""
    answers = ask(options, lambda wiring: look(wiring, options.users))
    if options["json"]:
        write_json(answers)
    else:
        rows = [(f"@{each['user']}", _words(each)) for each in answers]
        standard_streams.write(table((), rows, limit=400))
    if any("error" in each for each in answers):
        return NO_TELLING
    return 0 if all(each["live"] for each in answers) else NOT_ALL


async def look(wiring: Wiring, users: list[str]) -> list[dict[str, Any]]:
    """What is known about each; they are looked up at the same time."""
    asked = [Deferred.fromCoroutine(_look(wiring, user)) for user in users]
    return list(await gatherResults(asked, consumeErrors=True))


async def _look(wiring: Wiring, user: str) -> dict[str, Any]:
    try:
        room = await wiring.resolver.resolve(user)
    except UserOfflineError:
        return {"user": user, "live": False}
    except TikTokLiveError as error:
        return {"user": user, "live": None, "error": str(error)}
    paused = room.status is Status.PAUSED
    return {"user": user, "live": True, "paused": paused, "room": room.room_id}


def _words(answer: dict[str, Any]) -> str:
    if "error" in answer:
        return f"unknown: {answer['error']}"
    if not answer["live"]:
        return "not live"
    return f"{'paused' if answer['paused'] else 'live'} in room {answer['room']}"
