"""Every container that something long-lived holds is known, with what bounds it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

PACKAGE = Path(__file__).resolve().parent.parent / "tiktoklive"

#: Not of the daemon: programs that end, the fake, and what belongs to tests.
ELSEWHERE = {"simulator", "testing", "command", "settings"}

#: What makes an empty container that can grow.
GROWING = {
    *("Counter", "OrderedDict", "WeakKeyDictionary", "array", "bytearray", "cache", "defaultdict"),
    *("deque", "dict", "list", "set"),
}

#: By module and name, why a remote side cannot make it large.
WHY: dict[str, str] = {
    # Of messages.
    "bounded._kept": "this is what bounds others",
    "dispatch.dispatcher._plans": "NAMES_KEPT names of 100 characters, beside the schema's",
    "dispatch.dispatcher.undecodable": "the same",
    "dispatch.dispatcher.unknown": "the same",
    "events.base.by_id": "one answer, once for all rooms",
    "events.plain._rule": "by the schema's fields",
    "stream.overlap._slices": "MOST ids in all of them",
    "stream.overlap.ids": "the same",
    "stream.overlap.passed": "one for each of two streams",
    "stream.limits.too_large": "by classes of errors",
    "dispatch.awaiting._tasks": "what observers are busy with: Limits.busy, busy_bytes",
    "dispatch.observers._routes": "by names of events",
    "dispatch.dedup._ids": "a parcel is full at a number of ids",
    "dispatch.dedup.ids": "packed or forgotten above RECENT, after each batch",
    "dispatch.dedup.parcels": "_Window.add forgets the oldest",
    # Of answers.
    "net.exchange._body": "one body, of a bounded size",
    "net.bounded.message_data": "frames of one message, of a bounded size and number",
    "signing.command.printed": "MOST_OUTPUT bytes, and then the command is killed",
    # Of whom the user named, and what the user started.
    "deferreds._waiting": "those who wait in the program",
    "clock._CLOCKS": "reactors of this process, held weakly",
    "clock._calls": "calls that somebody scheduled, and can cancel",
    "pacing.breaker._short": "users who are followed, for 20 minutes",
    "pacing.breaker._streams": "streams that are open",
    "pacing.breaker._useless": "times within a window; streams that are opened take their time",
    "chat._turns": "sessions of ours that wait",
    "connection._asked": "what the program asked",
    "daemon.daemon.beside": "services of the daemon",
    "dispatch.backpressure._holding": "observers",
    "dispatch.gathering._kept": "what observers share of one batch, and emptied at its end",
    "dispatch.gathering._observers": "observers",
    "dispatch.backpressure._streams": "streams that are open",
    "dispatch.backpressure._waiting": "the same",
    "model.status.bounds": "by names of bounds",
    "model.status.own_sources": "sources that there are, by name",
    "model.status.streams": "users who are followed",
    "model.rooms.cookies": "those of a visitor, or of the user",
    "net.guest_cookie._cookies": "the user's",
    "net.guest_cookie._headers": "the user's",
    "net.tiktok._headers": "the user's",
    "net.tiktok.params": "the user's",
    "net.web._running": "requests of ours that are under way",
    "fleet.client._told": "parts of the program that want to know",
    "fleet.delivery._in_flight": "two batches of count entries: no third is handed on before",
    "fleet.delivery._taken": "the same: nothing is read while they cannot be confirmed",
    "fleet.output._keys": "of one script",
    "fleet.reading._groups": "outputs",
    "outputs.queue._leaving": "those who wait in the program",
    "options.client_params": "the user's",
    "signing.options.headers": "the user's",
    "signing.options.params": "the user's",
    "options.request_headers": "the user's",
    "options.websocket_headers": "the user's",
    "fleet.handover._let_in": "nodes",
    "fleet.handover._shut_out": "nodes",
    "fleet.localrooms._was": "FORMER names of each room",
    "fleet.renames._found": "rooms of the node",
    "fleet.words._words": "sign servers that the user named, and TikTok",
    "servers._known": "sign servers that the user named",
    "lanes.lane.staying": "users who are followed",
    "lanes.lanes._lanes": "lanes that the user named",
    "lanes.lanes._trying": "the same",
    "lanes.seat._failed": "the same",
    "users.begin._coming": "users who are followed",
    "users.leaving.sessions": "the same",
    "users.over.failed": "the same",
    "users.over._told": "the same",
    "users.roster._entries": "the same",
    "users.roster.removed": "users of the command line and of files",
    "users.roster.unfit": "users of the state file",
    "users.statefile.options": "the same",
    "users.way._made": "users who are followed",
    "sources._sources": "the user's",
    "signing.direct._params": "the user's",
    "signing.server._headers": "the user's",
    "signing.server._params": "the user's",
    "signing.signed._params": "the user's",
    "signing.users._BY_CLOCK": "clocks",
    "signing.users._seen": "users who are followed, within a window",
    "tap.outputs": "the command line",
    "tap.own": "the command line",
    "daemon.plan.own": "the command line",
    "tap.users": "the command line",
    "capture.recorder._locks": "tapes of users who are followed",
    "capture.recorder._writers": "streams that are open",
    # Of fleets.
    "fleet.handover._given": "rooms that were given away, until the next answer of Redis",
    "fleet.handover._kept": "rooms of this node, until Redis says whose they are",
    "fleet.localrooms._left": "the same, until what came of them is written",
    "fleet.localrooms._rooms": "users of the fleet that this node follows",
    "fleet.localrooms.held": "HELD events of a room",
    "fleet.ownership._keys": "written out there",
    "fleet.rooms._owners": "users of the fleet",
    # Of outputs.
    "outputs.console._rooms": "rooms that are open",
    "outputs.console._failures": "of users that are followed, 20 each",
    "session.log._pending": "20, from one line to the next",
    "outputs.aggregation._all": "MOST names, which are cut",
    "outputs.metrics.counters._counted": "by names of events, and users who are followed",
    "outputs.metrics.counters._lost": "users who are followed",
    "outputs.metrics.counters._pushed": "the same",
    "outputs.metrics.counters._streams": "the same",
    "outputs.numbers.counted._before": "what was in a file, whose lists are bounded",
    "outputs.numbers.counted._ids": "KEPT of each kind, half as many more at most",
    "outputs.numbers.givers._top": "TOP, whose texts are cut",
    "outputs.queue._items": "bounded in bytes, or in number",
    "outputs.queue._streams": "the streams that it holds",
    "outputs.queue._waiting": "those who wait for room",
    "outputs.web.fanout._groups": "by forms, and what clients may ask for",
    "outputs.web.fanout._pending": "told in the same turn of the reactor",
    "outputs.web.files._files": "files of the package",
    "outputs.web.moderation.blocked": "BLOCKED; of a full list one has to go first",
    "outputs.web.numbers._owed": "clients, of which there is a bounded number",
    "outputs.web.output.kept_files": "files that the user named",
    "outputs.web.older.kinds": "by names of events, bounded in bytes",
    "outputs.web.requests.channels": "connections, of which there is a bounded number",
    "outputs.web.ring._items": "bounded in bytes and in number",
    "outputs.web.site._routes": "written out there",
    "outputs.web.tokens.by_scope": "the user's",
    "outputs.databasefile._seen": "the three files of a database",
    "outputs.databaserunner._notes": "what the reactor takes out in its next turn",
    "outputs.web.client._waiting": "what waits for clients, of a bounded size together",
    "outputs.web.requests.idle": "connections, of which there is a bounded number",
    "outputs.web.websocket._kinds": "by what is counted",
    # Of the user's own browser.
    "ownbrowser.front._sockets": "WebLimits.clients, and cut off when they are silent",
    "ownbrowser.pages._pages": "MOST_PAGES, each of a bounded size",
    "ownbrowser.pages._streams": "streams that are open",
    "ownbrowser.pages.kept": "KEPT_BYTES of a page, in frames of which none is empty",
    "ownbrowser.socket._names": "MOST_PAGES names of 64 letters",
    "ownbrowser.source._held": "HELD bytes, in frames of which none is empty",
    # Of the schema.
    "wire.batches._harmless": "by the values of one setting",
    "wire.fields._TEXT": "never filled",
    "wire.fields._layout": "by the schema's messages",
    "wire.fields._layouts": "the same",
    "wire.fields._weight": "the same",
}


def called(node: ast.expr | None) -> str:
    """The name of what is called, or used as a decorator; of a display, what it makes."""
    if isinstance(node, ast.Dict | ast.DictComp):
        return "dict"
    if isinstance(node, ast.List | ast.ListComp):
        return "list"
    if isinstance(node, ast.Set | ast.SetComp):
        return "set"
    if isinstance(node, ast.Call):
        if any(word.arg == "maxlen" for word in node.keywords):
            return ""
        if isinstance(node.func, ast.Name) and node.func.id == "field":
            factories = [word.value for word in node.keywords if word.arg == "default_factory"]
            return called(factories[0]) if factories else ""
        return called(node.func)
    return node.id if isinstance(node, ast.Name) else ""


def containers(tree: ast.Module) -> Iterator[str]:
    """The names of attributes, fields and globals that a module makes as containers."""
    places = [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    direct = {id(statement) for place in places for statement in place.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from (node.name for each in node.decorator_list if called(each) == "cache")
        if not isinstance(node, ast.Assign | ast.AnnAssign) or called(node.value) not in GROWING:
            continue
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Attribute):
                yield target.attr
            elif isinstance(target, ast.Name) and id(node) in direct and is_filled_later(node):
                yield target.id


def is_filled_later(node: ast.Assign | ast.AnnAssign) -> bool:
    """Whether what a module or class makes is no table that is written out there."""
    made = node.value
    written = isinstance(made, ast.Dict | ast.List | ast.Set | ast.DictComp | ast.ListComp)
    return not written or not any(ast.iter_child_nodes(made))  # type: ignore[arg-type]


def found() -> set[str]:
    """All of them."""
    names = set()
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts[0] not in ELSEWHERE and not path.name.endswith("_pb2.py"):
            tree = ast.parse(path.read_text("utf-8"))
            names |= {".".join((*parts, name)) for name in containers(tree)}
    return names


class ContainersTests(SynchronousTestCase):
    """The containers of the package."""

    def test_known(self) -> None:
        """
        Each is in the table above with what bounds it, in bytes where others choose its content.

        One that is new belongs there, or is a :class:`tiktoklive.bounded.BoundedMap`.
        """
        self.assertEqual([], sorted(found() - WHY.keys()))

    def test_there(self) -> None:
        """What is in the table is in the package."""
        self.assertEqual([], sorted(WHY.keys() - found()))
