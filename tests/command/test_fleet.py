"""``tiktoklive fleet``: users and nodes of a fleet, from a shell."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from subprocess import DEVNULL

from tests.command.case import CommandCase
from tests.fleet.members import FleetCase
from tests.fleet.server import MISSING, RedisServer
from tests.processes import ProcessTestCase
from tiktoklive.command.fleet import ACTIONS, Options


class RefusedTests(CommandCase):
    """Command lines that make no sense."""

    def test_refused(self) -> None:
        """Each mistake is told in one sentence."""
        for arguments, said in (
            ((), "say what to do: add, remove, rename, list, status, drain"),
            (("burn",), "say what to do"),
            (("add",), "name a user"),
            (("add", "no name"), "no name"),
            (("list", "@anna"), "list takes no names"),
            (("rename", "@anna"), "name a user twice"),
            (("rename", "anna", "@Anna"), "the two names are the same"),
            (("drain",), "as status shows it: drain NODE"),
            (("undrain", "a", "b"), "as status shows it: undrain NODE"),
            (("status", "--users-file", "x"), "--users-file means nothing to status"),
            (("add", "--users-file", "/no/such/file"), "cannot be read"),
            (("add", "anna", "--fleet", "http://h"), "--fleet: that is no address of Redis"),
            (("add", "anna", "--fleet", "redis://u:p@h"), "a password in the address"),
            (("add", "anna", "--fleet", "redis://h?nme=x"), "there is no option 'nme'"),
            (("add", "anna", "--fleet", "redis://h?lease=1s"), "lease must be 2s or more"),
        ):
            self.assertIn(said, self.refuse(2, "fleet", *arguments))


class ToldTests(FleetCase):
    """What is told of a fleet in memory."""

    def said(self, *arguments: str) -> str:
        """What the command says."""
        options = Options()
        options.parseOptions(arguments)
        with redirect_stdout(StringIO()) as said:
            self.did(ACTIONS[options.action](self.table, options))  # type: ignore[arg-type]
        return said.getvalue()

    def test_status(self) -> None:
        """Each node has a line, with how many rooms it has, and whether it takes some."""
        self.users(11)
        self.join("node-a")
        self.pass_by(10)
        self.join("b")
        self.did(self.table.empty("b"))
        self.pass_by(0.2)
        self.assertEqual(
            [
                "NODE    ROOMS  SEEN",
                "b           0  0 s ago  drained",
                "node-a     11  2 s ago",
                "11 users",
            ],
            [line.rstrip() for line in self.said("status").splitlines()],
        )
        shown = json.loads(self.said("status", "--json"))["nodes"]
        self.assertEqual([("b", 0, True), ("node-a", 11, False)], [each_node(e) for e in shown])

    def test_drain(self) -> None:
        """A node that is drained, or not any more, is named."""
        self.join("a")
        self.assertEqual("a hands its rooms over.\n", self.said("drain", "a"))
        self.assertEqual("a takes rooms again.\n", self.said("undrain", "a"))
        self.assertEqual({"drained": "a"}, json.loads(self.said("drain", "a", "--json")))
        self.assertEqual({"undrained": "a"}, json.loads(self.said("undrain", "a", "--json")))


def each_node(shown: dict[str, object]) -> tuple[object, ...]:
    """A node of the JSON, without when it was seen."""
    return shown["node"], shown["rooms"], shown["drained"]


class FleetCommandTests(ProcessTestCase):
    """The command, with a real Redis."""

    skip = MISSING or None

    def setUp(self) -> None:
        self.server = RedisServer()
        self.addCleanup(self.server.remove)

    def say(self, *arguments: str, status: int = 0) -> str:
        """What the command says."""
        process = self.spawn(
            [
                *(sys.executable, "-m", "tiktoklive.command.main", "fleet", *arguments),
                *("--fleet", self.server.url),
            ],
            stderr=DEVNULL,
            env={"PYTHONPATH": ":".join(sys.path), "TIKTOKLIVE_REDIS_PASSWORD": ""},
        )
        assert process.stdout is not None
        said = process.stdout.read()
        self.assertEqual(status, process.wait())
        return said

    def test_users(self) -> None:
        """Users are added, listed and removed, by name and from a file."""
        self.server.start()
        self.server.wait()
        path = Path(self.mktemp())
        path.write_text("@carl # a comment\n\n", "utf-8")
        self.assertEqual(
            "@anna  added\n@bob   added\n@carl  added\n",
            self.say("add", "@Anna", "https://www.tiktok.com/@bob/live", "--users-file", str(path)),
        )
        self.assertEqual("@anna  in the fleet already\n", self.say("add", "anna"))
        self.assertEqual(
            {"removed": ["bob"], "left": ["dora"]},
            json.loads(self.say("remove", "bob", "dora", "--json")),
        )
        self.assertEqual(
            "@anna is followed as @ann from now on.\n", self.say("rename", "@Anna", "@Ann")
        )
        self.assertEqual(
            {"renamed": "ann", "to": "anna"},
            json.loads(self.say("rename", "ann", "anna", "--json")),
        )
        self.say("rename", "ann", "anni", status=2)
        self.say("rename", "anna", "carl", status=2)
        self.assertEqual("@anna  -\n@carl  -\n", self.say("list"))
        self.assertEqual(
            {"users": 2, "without_node": 2, "nodes": []}, json.loads(self.say("status", "--json"))
        )
        self.assertIn("2 users, 2 without a node", self.say("status"))
        for action in ("drain", "undrain"):
            self.say(action, "none", status=2)

    def test_away(self) -> None:
        """Without Redis it says so, and fails."""
        self.assertEqual("", self.say("list", status=1))

    def test_actions(self) -> None:
        """The actions are those of the documentation."""
        page = Path(__file__).resolve().parent.parent.parent / "doc" / "command.rst"
        text = page.read_text("utf-8")
        for action in ACTIONS:
            self.assertIn(f"``tiktoklive fleet {action}", text)
