"""What a daemon is to do: what a command line comes to."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from tiktoklive.options import Options
from tiktoklive.users.listing import UsersFile
from tiktoklive.users.options import UserOptions


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What a daemon is to do.

    :ivar users: those to follow; a simulator and a tape bring their own.
    :ivar own: the options of those that have some of their own, by name.
    :ivar users_file: the file that some of the users come from, to be read again.
    :ivar outputs: descriptions of outputs, ``KIND:ARGUMENT``.
    :ivar beside: outputs that were not asked for: they go on as long as one of the others is read.
    :ivar settings: of all connections.
    :ivar record: the tape to write.
    :ivar replay: the tape to play.
    :ivar speed: how many times as fast to play it, 0 for as fast as possible.
    :ivar simulate: messages per second in each room of a simulator inside the process.
    :ivar source: the stream to read, ``redis:URL``, instead of following users.
    """

    users: tuple[str, ...] = ()
    own: Mapping[str, UserOptions] = field(default_factory=dict)
    users_file: UsersFile | None = None
    outputs: tuple[str, ...] = ("console",)
    beside: tuple[str, ...] = ()
    settings: Options = field(default_factory=Options)
    record: str | None = None
    replay: str | None = None
    speed: float = 1.0
    simulate: float | None = None
    source: str | None = None

    def kept_files(self) -> dict[str, str]:
        """The files that no output may write, by where they are, and what each is."""
        state, users = self.settings.state, self.users_file
        named = {} if state is None else {state: "the state file"}
        named |= {} if users is None else {str(users.path): "the users file"}
        return {os.path.realpath(path): what for path, what in named.items()}
