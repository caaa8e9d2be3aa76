"""``tiktoklive fleet``: the users and the nodes of a fleet."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from twisted.python.usage import UsageError

from tiktoklive.command.asking import run_until_answered, write_json
from tiktoklive.command.columns import table
from tiktoklive.deferreds import cancel_after
from tiktoklive.errors import InvalidUniqueIdError, RedisAwayError
from tiktoklive.files import standard_streams
from tiktoklive.logs import LogThrottle
from tiktoklive.model import parse_unique_id
from tiktoklive.settings.interspersed import InterspersedOptions
from tiktoklive.settings.secret import read_file

if TYPE_CHECKING:
    from tiktoklive.fleet.client import RedisClient
    from tiktoklive.fleet.membership import FleetAddress
    from tiktoklive.fleet.ownership import Ownership

#: Seconds for Redis to be there.
_CONNECT: Final = 5.0


class Options(InterspersedOptions):
    """
    What to do.

    :ivar action: the word.
    :ivar users: the users to add or remove, or the old and the new name, in small letters.
    :ivar node: the node to drain, or that is to take rooms again.
    :ivar address: where the fleet is.
    """

    longdesc = (
        "add, remove and rename users; list them with their nodes; show the status of the nodes; "
        "let a node hand all its rooms over (drain), before its machine is taken away, or take "
        "some again (undrain). A password "
        "for Redis stands in TIKTOKLIVE_REDIS_PASSWORD, or in the file that "
        "TIKTOKLIVE_REDIS_PASSWORD_FILE names."
    )
    optParameters = [
        ["fleet", "f", "redis://127.0.0.1:6379/0", "Where the fleet is, as for the daemon."],
        ["users-file", None, None, "File of users to add or remove, one per line."],
    ]
    optFlags = [["json", None, "Write JSON, for programs."]]

    reactor: Any = None
    environ: Mapping[str, str] = os.environ

    def parseArgs(self, *names: str) -> None:
        """What to do, and with what."""
        self.action, *rest = names or ("",)
        self.users: list[str] = []
        self.node = ""
        if self.action not in ACTIONS:
            raise UsageError(f"say what to do: {', '.join(ACTIONS)}; see --help.")
        if self.action in ("add", "remove"):
            for name in rest:
                self._take(name, "")
        elif self.action == "rename":
            if len(rest) != 2:
                raise UsageError("name a user twice, as before and as now: rename @old @new.")
            for name in rest:
                self._take(name, "")
            if len(self.users) != 2:
                raise UsageError("the two names are the same.")
        elif self.action in ("drain", "undrain"):
            if len(rest) != 1:
                raise UsageError(f"name one node, as status shows it: {self.action} NODE.")
            [self.node] = rest
        elif rest:
            raise UsageError(f"{self.action} takes no names.")

    def postOptions(self) -> None:
        """Read the file of users, and the address."""
        path = self["users-file"]
        if path is not None:
            if self.action not in ("add", "remove"):
                raise UsageError(f"--users-file means nothing to {self.action}: leave it out.")
            for number, line in enumerate(read_file(path, "users-file")[0].splitlines(), 1):
                if name := line.partition("#")[0].strip():
                    self._take(name, f"{path}, line {number}: ")
        if self.action in ("add", "remove") and not self.users:
            raise UsageError(f"name a user: {self.action} @name.")
        from tiktoklive.fleet.membership import parse_fleet

        try:
            self.address: FleetAddress = parse_fleet(self["fleet"])
        except ValueError as e:
            raise UsageError(f"--fleet: {e}") from e

    def getSynopsis(self) -> str:
        """How to call it."""
        return (
            "Usage: tiktoklive fleet add|remove|rename|list|status|drain|undrain [options] "
            "[@name...|NODE]"
        )

    def _take(self, name: str, where: str) -> None:
        try:
            user = parse_unique_id(name).lower()
        except InvalidUniqueIdError as e:
            raise UsageError(f"{where}{e}") from e
        if user not in self.users:
            self.users.append(user)


def run(options: Options) -> int:
    """Do it, and say what was done."""
    from tiktoklive.fleet.client import make_client
    from tiktoklive.fleet.connecting import ClientLines

    reactor = options.reactor
    if reactor is None:
        from twisted.internet import reactor
    # Why Redis is away is in the error that ends this.
    unsaid = ClientLines(LogThrottle(first=0), say_connected=False)
    try:
        client = make_client(options.address.redis, reactor, options.environ, lines=unsaid)
    except ValueError as e:
        raise UsageError(str(e)) from e
    run_until_answered(reactor, lambda: _ask(client, reactor, options))
    return 0


async def _ask(client: RedisClient, reactor: Any, options: Options) -> None:
    from tiktoklive.fleet.ownership import Ownership

    client.startService()
    try:
        connected = client.when_connected()

        def late(result: Any, seconds: float) -> Any:
            raise RedisAwayError(f"Redis cannot be asked: {client.why}.")

        await cancel_after(connected, _CONNECT, reactor, late)
        await ACTIONS[options.action](Ownership(client, options.address.keys), options)
    finally:
        await client.stopService()


async def _add(fleet: Ownership, options: Options) -> None:
    _done(options, "added", await fleet.add(options.users), "in the fleet already")


async def _remove(fleet: Ownership, options: Options) -> None:
    _done(options, "removed", await fleet.remove(options.users), "not in the fleet")


async def _rename(fleet: Ownership, options: Options) -> None:
    old, new = options.users
    renamed = await fleet.rename(old, new)
    if renamed is None:
        raise UsageError(f"@{old} is not in the fleet: see tiktoklive fleet list.")
    if not renamed:
        raise UsageError(f"@{new} is in the fleet already: remove one of the two.")
    if options["json"]:
        write_json({"renamed": old, "to": new})
    else:
        standard_streams.write(f"@{old} is followed as @{new} from now on.\n")


def _done(options: Options, what: str, done: list[str], why: str) -> None:
    left = [user for user in options.users if user not in done]
    if options["json"]:
        write_json({what: done, "left": left})
        return
    rows = [(f"@{user}", what if user in done else why) for user in options.users]
    standard_streams.write(table((), rows))


async def _list(fleet: Ownership, options: Options) -> None:
    users = dict(sorted((await fleet.list()).users.items()))
    if options["json"]:
        write_json([{"user": user, "node": node or None} for user, node in users.items()])
    else:
        standard_streams.write(
            table((), [(f"@{user}", node or "-") for user, node in users.items()])
        )


async def _status(fleet: Ownership, options: Options) -> None:
    found = await fleet.list()
    rooms = Counter(found.users.values())
    nodes = sorted(found.nodes)
    if options["json"]:
        write_json(
            {
                "users": len(found.users),
                "without_node": rooms[""],
                "nodes": [
                    {
                        "node": node,
                        "rooms": rooms[node],
                        "seen_seconds_ago": round(age, 1),
                        "drained": drained,
                    }
                    for node, age, drained in nodes
                ],
            }
        )
        return
    rows = [
        (node, str(rooms[node]), f"{age:.0f} s ago", "drained" if drained else "")
        for node, age, drained in nodes
    ]
    standard_streams.write(table(("NODE", "ROOMS", "SEEN", ""), rows, right=(1,)))
    without = f", {rooms['']} without a node" if rooms[""] else ""
    standard_streams.write(f"{len(found.users)} users{without}\n")


async def _empty(fleet: Ownership, options: Options) -> None:
    if not await fleet.empty(options.node):
        raise UsageError(f"there is no node {options.node}: see tiktoklive fleet status.")
    if options["json"]:
        write_json({"drained": options.node})
    else:
        standard_streams.write(f"{options.node} hands its rooms over.\n")


async def _refill(fleet: Ownership, options: Options) -> None:
    if not await fleet.refill(options.node):
        raise UsageError(f"there is no node {options.node}: see tiktoklive fleet status.")
    if options["json"]:
        write_json({"undrained": options.node})
    else:
        standard_streams.write(f"{options.node} takes rooms again.\n")


#: What there is to do.
ACTIONS: Final[Mapping[str, Callable[[Ownership, Options], Awaitable[None]]]] = {
    "add": _add,
    "remove": _remove,
    "rename": _rename,
    "list": _list,
    "status": _status,
    "drain": _empty,
    "undrain": _refill,
}
