"""Imports go down: each module may use its own floor and those it stands on."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

CHECKOUT = Path(__file__).resolve().parent.parent

#: Who lives on which floor. A name stands for the module or the whole package.
FLOORS: list[list[str]] = [
    ["errors", "model", "interfaces", "wire", "exports"],
    ["events", "logs", "deferreds", "clock", "bounded", "files", "described"],
    ["dispatch", "stream", "pacing", "capture", "net", "fallback", "plugins"],
    ["rooms", "signing", "sources", "gifts", "chat"],
    ["session"],
    [
        *("options", "servers", "lanes", "standard_sources", "wiring", "connection", "service"),
        *("users", ""),
    ],
    ["outputs", "simulator", "fleet"],
    ["ownbrowser", "settings", "daemon", "tap", "command", "foreground", "__main__", "testing"],
]

#: The floors each floor may import from. Neighbours may know each other, as
#: long as no two of them need each other.
ALLOWED: list[set[int]] = [
    {0},
    {0, 1},
    {0, 1, 2},
    {0, 1, 2, 3},
    {0, 1, 2, 4},  # the session knows the interfaces of floor 3, not its modules
    {0, 1, 2, 3, 4, 5},
    {0, 1, 2, 6},  # outputs know events and interfaces, not sessions
    {0, 1, 2, 3, 4, 5, 6, 7},
]

#: Top-level packages that setup.py requires, or that those bring with them as
#: part of their own interface (``twisted[tls]`` is used through OpenSSL, whose
#: certificates are cryptography's; treq takes the addresses of hyperlink).
DECLARED = {
    *("twisted", "zope", "google", "treq", "autobahn", "automat"),
    *("OpenSSL", "cryptography", "hyperlink", "certifi"),
}

#: Modules that may use an extra of setup.py, and which.
EXTRAS: dict[str, set[str]] = {
    "tiktoklive.wire.inflate": {"deflate", "isal"},
    "tiktoklive.outputs.jsonbytes": {"orjson"},
    "tiktoklive.outputs.metrics.collector": {"prometheus_client"},
    "tiktoklive.outputs.metrics.counters": {"prometheus_client"},
    "tiktoklive.outputs.metrics.output": {"prometheus_client"},
    "tiktoklive.outputs.metrics.reactorlag": {"prometheus_client"},
    "tiktoklive.fleet.client": {"txredisapi"},
    "tiktoklive.fleet.connecting": {"txredisapi"},
    "tiktoklive.command.plots": {"matplotlib"},
    "tiktoklive.command.progress": {"rich"},
}


@dataclass(frozen=True)
class Import:
    """One import: who, what, where."""

    importer: str
    target: str
    line: int

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.target}"


def module_name(path: Path, root: Path) -> str:
    """The dotted name of the module in the file ``path`` under ``root``."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def read_modules(root: Path) -> dict[str, tuple[str, bool]]:
    """Source of every module of ``root/tiktoklive``, and whether it is a package."""
    return {
        module_name(path, root): (path.read_text("utf-8"), path.name == "__init__.py")
        for path in sorted((root / "tiktoklive").rglob("*.py"))
    }


def imports_of(
    name: str, source: str, is_package: bool, known: Mapping[str, object]
) -> Iterator[Import]:
    """Every import of a module: of its functions and for its types as well."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(name, alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = name.split(".")
                up = node.level - 1 if is_package else node.level
                prefix = parents[: len(parents) - up]
                base = ".".join([*prefix, base] if base else prefix)
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                if base.split(".")[0] != "tiktoklive" or whole in known:
                    yield Import(name, whole, node.lineno)
                else:
                    yield Import(name, base, node.lineno)


def floor_of(name: str) -> int | None:
    """The floor of a module of tiktoklive, ``None`` if it has no place."""
    tenant = name.split(".")[1] if "." in name else ""
    for number, tenants in enumerate(FLOORS):
        if tenant in tenants:
            return number
    return None


def complaint(found: Import) -> str | None:
    """What is wrong with an import, ``None`` if nothing is."""
    own = floor_of(found.importer)
    if own is None:
        return f"{found.importer} is on no floor: give it one in FLOORS"
    root = found.target.split(".")[0]
    wire = found.importer.startswith("tiktoklive.wire")
    if root == "tiktoklive":
        other = floor_of(found.target)
        if other is None:
            return f"{found}, which is on no floor"
        if other not in ALLOWED[own]:
            return f"{found}: floor {own} may not use floor {other}"
        if wire and found.target.startswith("tiktoklive.interfaces"):
            return f"{found}: wire/ knows no zope.interface"
        return None
    if root in sys.stdlib_module_names:
        return None
    return foreign_complaint(found, own, root, wire)


def foreign_complaint(found: Import, own: int, root: str, wire: bool) -> str | None:
    """What is wrong with importing something that is neither ours nor Python's."""
    tenant = found.importer.split(".")[1] if "." in found.importer else ""
    if root not in DECLARED | EXTRAS.get(found.importer, set()):
        return f"{found}, which setup.py does not require"
    if tenant == "testing" or root not in DECLARED:
        return None
    if wire and not found.target.startswith("google.protobuf"):
        return f"{found}: wire/ knows only Python and protobuf"
    if tenant in ("logs", "deferreds", "clock", "bounded", "files"):  # small things over Twisted
        return None
    if own <= 1 and not found.target.startswith(("google.protobuf", "zope.interface")):
        return f"{found}: floor {own} knows only Python, protobuf and zope.interface"
    if root in ("treq", "hyperlink") and tenant != "net":
        return f"{found}: only net/ speaks HTTP to the world"
    if root == "autobahn" and tenant != "net":
        if tenant not in ("simulator", "outputs", "ownbrowser"):
            return f"{found}: WebSockets are opened in net/, and served by outputs/ and such"
        if "Client" in found.target:
            return f"{found}: only net/ opens WebSockets"
    return None


def complaints(modules: Mapping[str, tuple[str, bool]]) -> list[str]:
    """Everything wrong with the imports of ``modules``: name to source and is_package."""
    wrong: list[str] = []
    graph: dict[str, set[str]] = {}
    for name, (source, is_package) in modules.items():
        if floor_of(name) is None:
            wrong.append(f"{name} is on no floor: give it one in FLOORS")
            continue
        for found in imports_of(name, source, is_package, modules):
            if (said := complaint(found)) is not None:
                wrong.append(said)
            if found.target in modules:
                graph.setdefault(name, set()).add(found.target)
    if cycle := find_cycle(graph):
        wrong.append("a circle of imports: " + " -> ".join(cycle))
    return list(dict.fromkeys(wrong))


def find_cycle(graph: Mapping[str, set[str]]) -> list[str]:
    """One circle in ``graph``, its first name repeated at its end; empty if there is none."""
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for target in sorted(graph.get(name, ())):
            if target != name and (cycle := walk(target, [*path, name])):
                return cycle
        done.add(name)
        return []

    for name in sorted(graph):
        if cycle := walk(name, []):
            return cycle
    return []


class FloorsTests(SynchronousTestCase):
    """The imports of the package as it is."""

    def test_imports_go_down(self) -> None:
        """No module of tiktoklive imports what is above it."""
        modules = read_modules(CHECKOUT)
        self.assertIn("tiktoklive.interfaces", modules)
        wrong = complaints(modules)
        self.assertEqual([], wrong, "\n".join(wrong))


class CheckerTests(SynchronousTestCase):
    """The reader of imports sees what it is there to see."""

    def check(self, name: str, source: str, is_package: bool = False) -> list[str]:
        """Complaints about one module among a few others."""
        others = {
            "tiktoklive": ("", True),
            "tiktoklive.errors": ("", False),
            "tiktoklive.net": ("", True),
            "tiktoklive.net.web": ("", False),
            "tiktoklive.session": ("", True),
            "tiktoklive.rooms": ("", False),
        }
        return complaints({**others, name: (source, is_package)})

    def test_down(self) -> None:
        """An import from a lower floor is fine in any spelling."""
        for line in (
            "import tiktoklive.errors",
            "from tiktoklive import errors",
            "from tiktoklive.errors import TikTokLiveError",
            "from . import errors",
            "from .net.web import Web",
        ):
            self.assertEqual([], self.check("tiktoklive.rooms", line), line)

    def test_up(self) -> None:
        """An import from a higher floor is not, inside a function or for types either."""
        for source in (
            "from tiktoklive import session",
            "from .session import Session",
            "def f():\n    import tiktoklive.session",
            "if TYPE_CHECKING:\n    from tiktoklive.session import Session",
        ):
            [said] = self.check("tiktoklive.fallback", source)
            self.assertIn("floor 2 may not use floor 4", said)

    def test_package_itself(self) -> None:
        """Taking a user's shortcut through the package itself is looking up."""
        [said] = self.check("tiktoklive.rooms", "from tiktoklive import WebcastPushConnection")
        self.assertIn("floor 3 may not use floor 5", said)

    def test_relative_in_package(self) -> None:
        """A package's own relative imports start at the package."""
        self.assertEqual([], self.check("tiktoklive.net", "from .web import Web", True))

    def test_sessions_and_outputs(self) -> None:
        """The session does not know its parts' modules, outputs do not know the session."""
        self.assertEqual(1, len(self.check("tiktoklive.session.core", "from ..rooms import Page")))
        self.assertEqual(
            1, len(self.check("tiktoklive.outputs.jsonl", "from ..session import Session"))
        )

    def test_third_parties(self) -> None:
        """Each third-party package is used where the design puts it, and nowhere else."""
        for name, line, count in (
            ("tiktoklive.wire.frames", "from google.protobuf.message import Message", 0),
            ("tiktoklive.wire.frames", "from zope.interface import Interface", 1),
            ("tiktoklive.wire.frames", "from twisted.logger import Logger", 1),
            ("tiktoklive.events.base", "from zope.interface import Interface", 0),
            ("tiktoklive.events.base", "from twisted.logger import Logger", 1),
            ("tiktoklive.net.web", "import treq", 0),
            ("tiktoklive.rooms", "import treq", 1),
            ("tiktoklive.chat", "from autobahn.twisted import websocket", 1),
            (
                "tiktoklive.simulator.site",
                "from autobahn.twisted.websocket import WebSocketServerFactory",
                0,
            ),
            (
                "tiktoklive.simulator.site",
                "from autobahn.twisted.websocket import WebSocketClientFactory",
                1,
            ),
            ("tiktoklive.testing", "import treq", 0),
            ("tiktoklive.net.web", "import requests", 1),
        ):
            self.assertEqual(count, len(self.check(name, line)), f"{name}: {line}")

    def test_homeless(self) -> None:
        """A module that the design gives no floor is an error, even if it imports nothing."""
        [said] = self.check("tiktoklive.misc", "")
        self.assertIn("on no floor", said)

    def test_circle(self) -> None:
        """Two neighbours that need each other are one module too many."""
        said = complaints(
            {
                "tiktoklive.wiring": ("from . import connection", False),
                "tiktoklive.connection": ("from . import wiring", False),
            }
        )
        self.assertEqual(1, len(said))
        self.assertIn("circle", said[0])
