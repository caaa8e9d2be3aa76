"""How many files and sockets this process may have open, and how many it will need."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

_resource: Any = None
try:
    import resource

    _resource = resource
except ImportError:  # not on this system
    pass

#: More than any daemon needs: some systems have no limit, and programs that we start may close
#: everything up to it.
_MOST: Final = 1 << 20
#: The most that macOS takes where it says that there is no limit.
_OF_MACOS: Final = 10_240
#: What ``select()`` can wait for, on any system.
_OF_SELECT: Final = 1024

#: What the process needs without users and outputs: the reactor, the log, look-ups, requests, files
#: that are read.
BASE: Final = 64
#: What a user needs: a stream, and for a moment another, when it is lost.
OF_A_USER: Final = 2
#: What an output needs that does not say.
OF_AN_OUTPUT: Final = 8


def allowed() -> int:
    """How many this process may have open now."""
    if _resource is None:
        return sys.maxsize
    soft: int = _resource.getrlimit(_resource.RLIMIT_NOFILE)[0]
    return sys.maxsize if soft == _resource.RLIM_INFINITY else soft


def usable(reactor: object) -> int:
    """How many of them a reactor can wait for."""
    from twisted.internet.selectreactor import SelectReactor

    return min(allowed(), _OF_SELECT) if isinstance(reactor, SelectReactor) else allowed()


def allow_more() -> None:
    """Raise the limit that this process may raise to the one that it may not."""
    if _resource is None:
        return
    soft, hard = _resource.getrlimit(_resource.RLIMIT_NOFILE)
    infinite = _resource.RLIM_INFINITY
    wanted = _MOST if hard == infinite else min(hard, _MOST)
    for most in (wanted, min(wanted, _OF_MACOS)):
        if soft == infinite or soft >= most:
            return
        with suppress(ValueError, OSError):
            _resource.setrlimit(_resource.RLIMIT_NOFILE, (most, hard))
            return


def needed(users: int, outputs: Mapping[str, object]) -> dict[str, int]:
    """
    What is needed by whom.

    :param outputs: by name; what an output has open at most is its ``files``.
    """
    return {
        f"{users} users": users * OF_A_USER,
        **{name: int(getattr(each, "files", OF_AN_OUTPUT)) for name, each in outputs.items()},
        "all else": BASE,
    }


def too_few(limit: int, needs: Mapping[str, int]) -> str:
    """What does not fit, and what can be done about it; ``""`` if all does."""
    total = sum(needs.values())
    if total <= limit:
        return ""
    parts = ", ".join(f"{name} {count}" for name, count in needs.items())
    enough = 1 << (total - 1).bit_length()
    return (
        f"Too few open files are allowed: {limit}, and {total} may be needed ({parts}). What has "
        f"none then fails, and is tried again. Allow more: LimitNOFILE={enough} in the systemd "
        f"unit, or ulimit -Hn {enough} as root before it starts; or follow fewer users."
    )
