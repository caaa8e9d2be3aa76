"""How programs that use the library are run, and end, when people start them."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, NoReturn

from twisted.internet import task
from twisted.internet.task import deferLater

from tiktoklive.dispatch.awaiting import awaited
from tiktoklive.errors import TikTokLiveError

#: The exit status of what was interrupted from the keyboard, as shells have it.
INTERRUPTED = 130


def runs_asyncio(reactor: object) -> bool:
    """Whether a reactor is asyncio's."""
    module = sys.modules.get("twisted.internet.asyncioreactor")
    return module is not None and isinstance(reactor, module.AsyncioSelectorReactor)


def react(
    main: Callable[..., Awaitable[object]], argv: Iterable[object] = (), reactor: Any = None
) -> NoReturn:
    """
    Run a program: :func:`twisted.internet.task.react`, for people.

    An error of this package, that a user is not live for example, ends it with status 1 and one
    sentence on standard error; any other one with its traceback, as there.  Ctrl-C before the
    reactor runs ends it with status 130.  Where asyncio's reactor is installed, the program begins
    when the loop runs, and may await what is asyncio's beside Deferreds.

    :param main: is called with the reactor and the arguments; gives what to wait for.
    :param argv: the arguments.
    :param reactor: the global one when left out.
    :raise SystemExit: always.
    """

    async def run(reactor: Any, *arguments: object) -> None:
        try:
            if runs_asyncio(reactor):
                await deferLater(reactor, 0)
            await awaited(main(reactor, *arguments))
        except TikTokLiveError as error:
            raise SystemExit(str(error)) from None
        except KeyboardInterrupt:
            raise SystemExit(INTERRUPTED) from None

    task.react(run, argv, reactor)
