"""``tiktoklive send @name TEXT``: say something in a chat."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from twisted.python.usage import UsageError

from tiktoklive.command.asking import AskingOptions, ask, write_json

if TYPE_CHECKING:
    from tiktoklive.wiring import Wiring


class Options(AskingOptions):
    """Where to say what."""

    longdesc = (
        "Says something in the chat of a user who is live, as the account whose session id is in "
        "--session-file or in TIKTOKLIVE_SESSION_ID. The text - is read from standard input."
    )

    def parseArgs(self, *words: str) -> None:
        """A user, and a text."""
        if len(words) < 2:
            raise UsageError("say where and what: send @name TEXT.")
        self.take_users(words[:1])
        self.text = " ".join(words[1:])

    def postOptions(self) -> None:
        """There must be a session."""
        super().postOptions()
        if self.chosen.session_id is None:
            raise UsageError(
                "no account is logged in: put a session id into TIKTOKLIVE_SESSION_ID, or into a "
                "file for --session-file."
            )

    def getSynopsis(self) -> str:
        """How to call it."""
        return "Usage: tiktoklive send [options] @name TEXT"


def run(options: Options) -> int:
    """Send it; nothing is printed when it was taken."""
    text = sys.stdin.read().strip() if options.text == "-" else options.text
    taken = ask(options, lambda wiring: say(wiring, options.users[0], text))
    if options["json"]:
        write_json(taken)
    return 0


async def say(wiring: Wiring, user: str, text: str) -> Mapping[str, Any]:
    """TikTok's answer."""
    from tiktoklive.connection import WebcastPushConnection

    connection = WebcastPushConnection(user, wiring=wiring)
    taken: Mapping[str, Any] = await connection.send_message(text)
    return taken
