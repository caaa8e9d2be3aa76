"""
How much of what the parts have to say is said.

Debug lines are there for who looks for them.  twistd writes whatever it gets, and a daemon that
waits for hundreds of users looks for each of them every minute: it turns them off.
"""

from __future__ import annotations

from twisted.logger import (
    FilteringLogObserver,
    LogLevel,
    LogLevelFilterPredicate,
    globalLogPublisher,
)

#: What loggers that write debug lines write to.
levels = LogLevelFilterPredicate(defaultLogLevel=LogLevel.debug)
voice = FilteringLogObserver(globalLogPublisher, [levels])


def speak_from(level: object) -> None:
    """Say nothing below a level from now on."""
    levels.setLogLevelForNamespace("tiktoklive", level)
