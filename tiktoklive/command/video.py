"""``tiktoklive video @name``: an address of the broadcast, for a player or a recorder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

from twisted.python.usage import UsageError

from tiktoklive.command.asking import OneUserOptions, ask, write_json
from tiktoklive.errors import InvalidResponseError
from tiktoklive.files import standard_streams
from tiktoklive.model.video import FORMATS, QUALITIES, VideoAddress, video_of

if TYPE_CHECKING:
    from tiktoklive.wiring import Wiring


def _one_of(flag: str, choices: tuple[str, ...]) -> Callable[[str], str]:
    def choose(word: str) -> str:
        if word.lower() not in choices:
            raise UsageError(f"--{flag} must be one of {', '.join(choices)}.")
        return word.lower()

    return choose


class Options(OneUserOptions):
    """Whose, and which."""

    longdesc = (
        "Prints the address of the best stream of a user who is live, for a player or a recorder: "
        'mpv "$(tiktoklive video @name)". It counts for some hours. --json prints all of them.'
    )
    optParameters = [
        [
            "quality",
            "q",
            None,
            f"Which: {', '.join(QUALITIES)}; the best there is without it.",
            _one_of("quality", QUALITIES),
        ],
        [
            "format",
            "f",
            None,
            f"Which: {' or '.join(FORMATS)}; without it either.",
            _one_of("format", FORMATS),
        ],
    ]

    def getSynopsis(self) -> str:
        """How to call it."""
        return "Usage: tiktoklive video [options] @name"


def run(options: Options) -> int:
    """Ask, and print it."""
    user = options.users[0]
    found = ask(options, lambda wiring: fetch(wiring, user))
    chosen = wanted(found, user, options["quality"] or "", options["format"] or "")
    if options["json"]:
        write_json([asdict(each) for each in chosen])
    else:
        standard_streams.write(f"{chosen[0].url}\n")
    return 0


async def fetch(wiring: Wiring, user: str) -> tuple[VideoAddress, ...]:
    """
    All addresses of the broadcast.

    :raise UserOfflineError: the user is not live: what is told of an old broadcast leads nowhere.
    """
    room = await wiring.resolver.resolve(user)
    return video_of(await wiring.room_info(room.room_id))


def wanted(
    found: tuple[VideoAddress, ...], user: str, quality: str, kind: str
) -> list[VideoAddress]:
    """
    Those that are wanted, the best first.

    :raise InvalidResponseError: there are none.
    """
    if not found:
        raise InvalidResponseError(f"TikTok tells no address for the video of @{user}.")
    chosen = [each for each in found if quality in ("", each.quality) and kind in ("", each.format)]
    if not chosen:
        there = ", ".join(dict.fromkeys(f"{each.quality} by {each.format}" for each in found))
        asked = " by ".join(filter(None, (quality, kind)))
        raise InvalidResponseError(f"There is no video of @{user} in {asked}, but in {there}.")
    return chosen
