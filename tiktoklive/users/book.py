"""The users of a service, what stays of them, and which outputs get their events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from twisted.logger import Logger

from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.errors import InvalidUserOptionsError
from tiktoklive.model import OwnLookups, SourcesState
from tiktoklive.plugins import split_description
from tiktoklive.session.parts import Parts
from tiktoklive.session.session import Session
from tiktoklive.sources import status_lines
from tiktoklive.users.changes import Changes
from tiktoklive.users.keeper import StateKeeper
from tiktoklive.users.listing import UsersFile
from tiktoklive.users.options import UserOptions, read_options
from tiktoklive.users.outputs import check_outputs, choose_outputs
from tiktoklive.users.roster import Roster
from tiktoklive.users.way import Wirings
from tiktoklive.wiring import Wiring

#: How many users of one kind a line names.
_NAMES = 5


class UserBook:
    """
    Keeps the list of users, the state file, and the choice of outputs at one.

    :param wiring: of users without options of their own.
    :param dispatcher: has the outputs.
    :param make: makes the session of a user.
    :ivar list: the list that can be read again, if there is one.
    """

    log = Logger()

    def __init__(
        self, wiring: Wiring, dispatcher: Dispatcher, make: Callable[[str, Parts], Session]
    ) -> None:
        self.wirings = Wirings(wiring)
        self.roster = Roster(self.wirings, make)
        self.list: UsersFile | None = None
        self._dispatcher = dispatcher
        self._keeper: StateKeeper | None = None
        state = wiring.options.state
        if state is not None:
            place = Path(state).absolute()
            self._keeper = StateKeeper(place, wiring.reactor, self.roster.kept)
        self._recalled = False

    @property
    def home(self) -> Path | None:
        """The directory of files that others may name: of the state file, or else of the list."""
        file = self._keeper or self.list
        return None if file is None else file.path.parent

    @property
    def failing(self) -> str:
        """Why the state file cannot be written now; ``""`` if it can."""
        return "" if self._keeper is None else self._keeper.failing

    def lines(self, usual: SourcesState) -> Iterator[str]:
        """
        How the state file and all who are asked are doing, for people.

        :param usual: those who are asked of users without options of their own.
        """
        if self.failing:
            yield f"{self._keeper} fails: {self.failing}"
        now = self.wirings.usual.reactor.seconds()
        yield from status_lines(usual, now)
        for wiring, names in self.roster.own():
            for line in status_lines(wiring.sources_status(), now):
                yield f"For {_some(names)}: {line}"

    def own_sources(self) -> dict[str, tuple[int, int]]:
        """By source of users with other ones, for how many it works, and for how many it rests."""
        found: dict[str, tuple[int, int]] = {}
        for wiring, names in self.roster.own():
            for source in wiring.sources_status().sources:
                works, rests = found.get(source.name, (0, 0))
                if source.state == "closed":
                    found[source.name] = works + len(names), rests
                else:
                    found[source.name] = works, rests + len(names)
        return found

    def own_lookups(self) -> OwnLookups:
        """How looking up is doing of users who go another way to TikTok."""
        usual, found = self.wirings.usual, OwnLookups()
        for wiring, names in self.roster.own():
            if wiring.lookups is not usual.lookups:
                state = wiring.sources_status().lookups
                found += OwnLookups(len(names), len(names) * (state.closed_for > 0), state.queued)
        return found

    def open(self) -> None:
        """Take up the state file; see :meth:`tiktoklive.service.LiveService.open_state`."""
        if self._keeper is not None and not self._keeper.is_open:
            kept = self._keeper.open()
            if not self._recalled:
                self._recalled = True
                self.roster.recall(kept, self.check)
            self.changed()

    def close(self) -> None:
        """Write what was not written yet, and let others have the state file."""
        if self._keeper is not None:
            self._keeper.close()

    def add(self, unique_id: str, options: UserOptions, *, listed: bool) -> Session:
        """One user more; see :meth:`tiktoklive.users.roster.Roster.add`."""
        self.check(options)
        return self.roster.add(unique_id, options, listed=listed)

    def read(self, values: Mapping[str, Any]) -> UserOptions:
        """
        Options as others give them at run time: what they name is here already.

        :raise InvalidUserOptionsError: they cannot be used, name a file elsewhere, or let a source
            do what the daemon's do not: open another port, or read a file.
        """
        options = read_options(values, self.home, bare=True)
        usual = self.wirings.usual.options.sources
        for source in options.sources or ():
            kind, argument = split_description(source)
            if argument and source not in usual:
                raise InvalidUserOptionsError(
                    f"sources: {kind} with an argument must be one of the daemon's own, which are "
                    f"{', '.join(usual)}."
                )
        return options

    def changed(self) -> None:
        """A user came, went, or has another name or options."""
        choose_outputs(self.roster.choosers, self._dispatcher.subscriptions)
        if self._keeper is not None:
            self._keeper.changed()

    def check(self, options: UserOptions) -> None:
        """
        See whether there are the outputs that a user is to have.

        :raise InvalidUserOptionsError: one is not there.
        """
        check_outputs(options, self._dispatcher.subscriptions)

    def read_list(self) -> Changes:
        """
        Read the list anew.

        :return: what has to be done to follow it.
        :raise LookupError: there is none.
        :raise InvalidUserOptionsError: something is wrong with it: nothing is to be done.
        """
        if self.list is None:
            raise LookupError("There is no users file that could be read again: --users-file.")
        try:
            listed = self.list.read(self.roster.listed)
            try:
                changes = self.roster.compare(listed, self.check)
            except InvalidUserOptionsError as error:
                raise InvalidUserOptionsError(f"{self.list.path}: {error}") from None
        except InvalidUserOptionsError as error:
            self.log.error("The list of users stays as it was: {why}", why=error)
            raise
        self.roster.forget_removed(listed)
        kinds = [f"{kind} {_some(names)}" for kind, names in changes.names().items() if names]
        said = "; ".join(kinds) or "nothing has changed"
        self.log.info("The list of users was read again: {changes}", changes=said)
        return changes


def _some(names: Sequence[str]) -> str:
    """Users, for people; of many the first."""
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(f"@{name}" for name in names[:_NAMES]) + more
