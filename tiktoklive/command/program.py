"""How programs that use the library are run, and end, when people start them."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterable
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, NoReturn

from twisted.internet import task
from twisted.internet.error import CannotListenError
from twisted.internet.task import deferLater

from tiktoklive.dispatch.awaiting import awaited
from tiktoklive.errors import TikTokLiveError
from tiktoklive.files.standard_streams import open_standard_error

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
    sentence on standard error, and so does a port that is taken; any other one with its traceback,
    as there.  Arguments that ``main`` does not take end it with status 2 and a line that says which
    ones there are, before the reactor runs; Ctrl-C by then with status 130.  Where asyncio's
    reactor is installed, the program begins when the loop runs, and may await what is asyncio's
    beside Deferreds.

    :param main: is called with the reactor and the arguments; gives what to wait for.
    :param argv: the arguments.
    :param reactor: the global one when left out.
    :raise SystemExit: always.
    """
    arguments = tuple(argv)
    if usage := _refusal(main, arguments):
        open_standard_error()
        sys.stderr.write(usage)
        raise SystemExit(2)

    async def run(reactor: Any, *arguments: object) -> None:
        try:
            if runs_asyncio(reactor):
                await deferLater(reactor, 0)
            await awaited(main(reactor, *arguments))
        except (TikTokLiveError, CannotListenError) as error:
            raise SystemExit(str(error)) from None
        except KeyboardInterrupt:
            raise SystemExit(INTERRUPTED) from None

    task.react(run, arguments, reactor)


def _refusal(main: Callable[..., object], arguments: tuple[object, ...]) -> str:
    """How to call a program whose ``main`` cannot be called so; empty if it can."""
    parameters = signature(main).parameters.values()
    try:
        signature(main).bind(None, *arguments)
    except TypeError:
        taken = " ".join(filter(None, map(_shown, list(parameters)[1:])))
        return f"Usage: python {Path(sys.argv[0]).name} {taken}".rstrip() + "\n"
    return ""


def _shown(parameter: Parameter) -> str:
    """A parameter, as command lines are told of it; empty if none can give it."""
    name = parameter.name.upper()
    if parameter.kind is Parameter.VAR_POSITIONAL:
        return f"[{name} ...]"
    if parameter.kind in (Parameter.KEYWORD_ONLY, Parameter.VAR_KEYWORD):
        return ""
    return name if parameter.default is Parameter.empty else f"[{name}]"
