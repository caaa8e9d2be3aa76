"""What moderators decided, and what was counted, over a restart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.outputs.web.case import WebCase, Wiring, make, make_feed
from tests.outputs.web.test_moderation import PATH, ModerationCase
from tiktoklive.errors import StartError
from tiktoklive.outputs.web import keptfile
from tiktoklive.outputs.web.keptfile import AGAIN, SOON
from tiktoklive.outputs.web.output import NUMBERS_SOON


class KeptCase(WebCase):
    """
    A site that keeps something in a file of a folder of its own.

    :cvar name: of the file.
    """

    name: str

    def setUp(self) -> None:
        folder = Path(self.mktemp())
        folder.mkdir()
        self.path = folder / self.name
        self.argument = self.argument.format(path=self.path, folder=folder)
        super().setUp()

    def stop(self) -> None:
        """Stop it."""
        stopped = self.web.stopService()
        self.pass_time(6)
        self.successResultOf(stopped)

    def begin_again(self) -> None:
        """Start another one, whether the first was stopped or died."""
        self.web = self.begin(make(Wiring(self.reactor), self.argument, self.environ))
        self.web.control(self.rooms)


class DecisionsTests(KeptCase, ModerationCase):
    """``web:PLACE?moderation=FILE``."""

    argument = "tcp:8080?moderation={path}"
    name = "decided.json"

    def restart(self) -> None:
        """Stop it, and start another one."""
        self.stop()
        self.begin_again()

    def test_restart(self) -> None:
        """All of it is known again, and told to those who come; only its owner may read it."""
        [comment] = self.comments("stay")
        self.decide({"hide": "7:1"})
        self.decide({"block": {"userId": "42", "name": "Eve \u2028</script>"}})
        self.decide({"pin": comment["id"]})
        self.decide({"block": {"userId": "43"}}, "/api/rooms/bob/moderation")
        before = self.ask(PATH).json
        self.restart()
        self.assertEqual(before, self.ask(PATH).json)
        self.assertEqual("stay", before["pinned"]["data"]["comment"])
        overlay = self.socket("/ws?moderation=1")
        self.assertEqual(["anna", "bob"], [each["room"] for each in self.decided(overlay)])
        self.assertEqual(0o600, self.path.stat().st_mode & 0o777)
        self.decide({"unblock": "42"})
        self.restart()
        self.assertEqual([], self.ask(PATH).json["blocked"])

    def test_killed(self) -> None:
        """It is written soon after a decision, and not only in the end; a rename is one."""
        self.decide({"block": {"userId": "42", "name": "Eve"}})
        self.web.fanout.renamed("anna", "ann")
        self.pass_time(SOON)
        [room] = json.loads(self.path.read_bytes())["rooms"]
        self.assertEqual(("ann", "42"), (room["room"], room["blocked"][0]["userId"]))

    def test_burst(self) -> None:
        """Many decisions are written together."""
        with patch.object(keptfile, "write_whole", wraps=keptfile.write_whole) as write:
            for number in range(20):
                self.decide({"hide": f"7:{number}"})
            self.pass_time(SOON)
        self.assertEqual(1, write.call_count)

    def test_cannot_be_written(self) -> None:
        """It is told once in the log and in /readyz, and tried again until it can be."""
        with patch.object(keptfile, "write_whole", side_effect=OSError(28, "No space left")):
            self.decide({"hide": "7:1"})
            self.pass_time(SOON + 3 * AGAIN)
            ready = self.ask("/readyz")
        self.assertEqual(503, ready.status)
        self.assertIn("No space left", str(ready.json["outputs"]))
        self.assertFalse(self.path.exists())
        self.pass_time(AGAIN)
        self.assertEqual(["7:1"], json.loads(self.path.read_bytes())["rooms"][0]["hidden"])
        self.assertEqual(200, self.ask("/readyz").status)

    def test_one_at_a_time(self) -> None:
        """Two outputs do not overwrite each other's decisions: the second does not start."""
        second = make(Wiring(self.reactor), f"tcp:8081?moderation={self.path}", {})
        with self.assertRaisesRegex(StartError, "is used by another part of this process"):
            second.startService()

    def test_damaged(self) -> None:
        """A file that makes no sense is left as it is, and the output does not start."""
        self.stop()
        room: dict[str, Any] = {"room": "anna", "hidden": [], "blocked": [], "pinned": None}
        for content in (
            "",
            "[]",
            "[" * 100_000,
            '{"v": 2, "rooms": []}',
            '{"v": 1}',
            *(
                json.dumps({"v": 1, "rooms": [wrong]})
                for wrong in (
                    7,
                    {},
                    room | {"room": 7},
                    room | {"room": "a b"},
                    room | {"hidden": [7]},
                    room | {"blocked": [{"userId": 7}]},
                    room | {"blocked": 7},
                    room | {"pinned": {"data": {}}},
                    room | {"pinned": {"id": "7:1", "data": 7}},
                    room | {"pinned": 7},
                )
            ),
        ):
            self.path.write_text(content)
            output = make(Wiring(self.reactor), self.argument, {})
            with self.assertRaisesRegex(StartError, "Mend it, or move it away", msg=content[:80]):
                output.startService()
            self.assertEqual(content, self.path.read_text())


class NumbersTests(KeptCase):
    """``web:PLACE?numbers=FILE``."""

    argument = "tcp:8080?numbers={path}&moderation={folder}/decided.json"
    name = "numbers.json"

    def comments(self) -> Any:
        """How many are counted of anna's broadcast."""
        return self.ask("/api/rooms/anna/numbers").json["comments"]

    def test_restart(self) -> None:
        """They go on, after a stop and after a death; only the owner may read the file."""
        self.happen("one", "two")
        self.stop()
        self.begin_again()
        self.assertEqual(2, self.comments())
        self.assertEqual(0o600, self.path.stat().st_mode & 0o777)
        self.happen("three")
        self.pass_time(NUMBERS_SOON)
        self.happen("not written yet")
        self.assertEqual(4, self.comments())
        [room] = json.loads(self.path.read_bytes())["rooms"]
        self.assertEqual(3, room["sums"]["comments"])

    def test_seldom(self) -> None:
        """However much happens, it is written once in a while, and not when nothing does."""
        with patch.object(keptfile, "write_whole", wraps=keptfile.write_whole) as write:
            for _ in range(20):
                self.happen("one", "two")
                self.pass_time(NUMBERS_SOON / 20)
            self.pass_time(10 * NUMBERS_SOON)
        self.assertLessEqual(write.call_count, 3)

    def test_second(self) -> None:
        """Where one file cannot be used the other is free again."""
        second = make(Wiring(self.reactor), f"tcp:8081?numbers={self.path}", {})
        with self.assertRaisesRegex(StartError, "is used by another part of this process"):
            second.startService()
        decided = self.path.with_name("second.json")
        argument = f"tcp:8081?moderation={decided}&numbers={self.path}"
        with self.assertRaises(StartError):
            make(Wiring(self.reactor), argument, {}).startService()
        self.begin(make(Wiring(self.reactor), f"tcp:8081?moderation={decided}", {}), 8081)


class ArgumentTests(WebCase):
    """What is said of the file."""

    def test_places(self) -> None:
        """It is a file in a directory that there is; a feed has none."""
        for option in ("moderation", "numbers"):
            for name in (self.mktemp() + "/x", "."):
                with self.assertRaises(ValueError):
                    make(Wiring(self.reactor), f"tcp:8081?{option}={name}", {})
            with self.assertRaisesRegex(ValueError, f"there is no option '{option}'"):
                make_feed(Wiring(self.reactor), f"tcp:8081?{option}=x", {})
