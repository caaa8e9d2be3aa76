"""
``tiktoklive COMMAND``: ask, follow, and look into archives, from a shell.

Exit statuses are 0 when it was done, 1 when it failed, 2 when the command line makes no sense
and 130 when it was interrupted; ``is-live`` has more to say, see there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any, Final

from twisted.python.reflect import namedAny
from twisted.python.usage import UsageError

from tiktoklive.errors import TikTokLiveError
from tiktoklive.files.standard_streams import complain, open_standard_error
from tiktoklive.settings.interspersed import VersionedOptions

#: What there is to do, each in the module of its name.
COMMANDS: Final = {
    "follow": "Follow users, and write what happens to outputs.",
    "record": "Follow users, and record what arrives on a tape.",
    "replay": "Play a tape.",
    "info": "Show what TikTok tells about a user's broadcast.",
    "video": "Print where a user's video can be had, for a player.",
    "gifts": "List the gifts that can be sent to a user.",
    "is-live": "Say which users are live.",
    "send": "Say something in a user's chat.",
    "export": "Write an archive as CSV, subtitles or JSON lines.",
    "stats": "Tell, and plot, what happened in an archive.",
    "erase": "Delete what an archive holds of a viewer.",
    "fleet": "Say which users a fleet follows, and how its nodes are.",
    "completion": "Print what lets a shell complete these commands.",
}


def _module(name: str) -> str:
    return f"tiktoklive.command.{name.replace('-', '_')}"


def _options(name: str) -> Callable[[], Any]:
    """What makes the options of a command, and imports them only then."""

    def make() -> Any:
        return namedAny(f"{_module(name)}.Options")()

    return make


class Options(VersionedOptions):
    """The command line before the name of a command."""

    longdesc = "Each command has options of its own: tiktoklive COMMAND --help."
    subCommands = [[name, None, _options(name), text] for name, text in COMMANDS.items()]

    def getSynopsis(self) -> str:
        """How to call it."""
        return "Usage: tiktoklive COMMAND [options]"


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Do what the command line says.

    :param arguments: the command line without the program's name.
    :return: the exit status.
    """
    open_standard_error()
    options = Options()
    try:
        given = sys.argv[1:] if arguments is None else list(arguments)
        if given and not given[0].startswith("-") and given[0] not in COMMANDS:
            raise UsageError(_unknown(given[0]))
        options.parseOptions(given)
        name = options.subCommand
        if name is None:
            raise UsageError(f"say what to do: {', '.join(COMMANDS)}; see --help.")
        run = namedAny(f"{_module(name)}.run")
        status: int = run(options.subOptions)
        return status
    except UsageError as e:
        complain(e)
        return 2
    except TikTokLiveError as e:
        complain(e)
        return 1
    except BrokenPipeError:
        return 0  # whoever read it has enough
    except OSError as e:
        where = f"{e.filename}: " if e.filename else ""
        complain(f"{where}{e.strerror or e}")
        return 1
    except KeyboardInterrupt:
        return 130


def _unknown(name: str) -> str:
    """Why there is no such command, and which may have been meant."""
    if name.startswith("@"):
        return f"Unknown command: {name}. To follow that user: tiktoklive follow {name}."
    near = get_close_matches(name, COMMANDS, 1)
    meant = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(COMMANDS)}."
    return f"Unknown command: {name}. {meant}"


if __name__ == "__main__":
    sys.exit(main())
