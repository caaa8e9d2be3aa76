"""A list of users that is read again: what changed is done, and nothing else is touched."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from twisted.logger import capturedLogs, formatEvent

from tests.stack.case import chat
from tests.users.test_own import SECRET, OwnCase
from tiktoklive.errors import InvalidUserOptionsError
from tiktoklive.events import Gap, Renamed
from tiktoklive.service import LiveService
from tiktoklive.users import UserOptions, UsersFile

NOTHING: dict[str, list[str]] = {
    kind: [] for kind in ("added", "removed", "renamed", "restarted", "changed")
}


class ReloadTests(OwnCase):
    """A service that follows a file."""

    def setUp(self) -> None:
        super().setUp()
        self.tiktok.add_room("carl")
        self.path = self.home / "users.toml"
        self.service.add_observer(self.seen)

    def write(self, *users: str) -> None:
        """What stands in the file: names, or names with options."""
        tables = (each if "=" in each else f'name = "{each}"' for each in users)
        text = "".join(f"[[users]]\n{each}\n" for each in tables)
        self.path.write_text(text or "users = []\n")

    def begin(self, *users: str) -> Any:
        """Follow the file."""
        self.write(*users)
        listing = UsersFile(self.path)
        for user in listing.read():
            self.service.add(user.name, user.options, listed=True)
        self.service.follow_list(listing)
        self.start()
        return {name: self.streams(name) for name in self.tiktok.rooms}

    def streams(self, name: str) -> list[Any]:
        """Those that are open in a room."""
        return list(self.tiktok.rooms[name].viewers)

    def reload(self, *users: str, **expected: list[str]) -> None:
        """Read the file again, with these users in it."""
        self.write(*users)
        self.assertEqual(NOTHING | expected, self.service.reload())
        self.settle(10)

    def test_told(self) -> None:
        """The log says of a connection that gives way to another one why it stops."""
        self.begin("alice", "bea")
        with capturedLogs() as logs:
            self.reload(
                'name = "alice"\nsources = ["signed"]', restarted=["alice"], removed=["bea"]
            )
        told = [formatEvent(each) for each in logs]
        self.assertIn(
            "@alice: stopped: The user got other options, and so another connection.", told
        )
        self.assertIn("@bea: stopped", told)

    def test_nothing(self) -> None:
        """Where nothing changed, nothing happens."""
        before = self.begin("alice", "bea")
        asked = len(self.lookups())
        self.reload("bea", "alice")
        self.assertEqual(before, {name: self.streams(name) for name in before})
        self.assertEqual(asked, len(self.lookups()))

    def test_added_and_removed(self) -> None:
        """Who comes is followed, who goes is not; the stream of the others stays open."""
        before = self.begin("alice", "bea")
        with capturedLogs() as logged:
            self.reload("alice", "carl", added=["carl"], removed=["bea"])
            self.reload("alice", "carl")
        said = [formatEvent(each) for each in logged if "list" in (formatEvent(each) or "")]
        begin = "The list of users was read again: "
        self.assertEqual([f"{begin}added @carl; removed @bea", f"{begin}nothing has changed"], said)
        self.assertEqual({"alice": "live", "carl": "live"}, self.phases())
        self.assertEqual(before["alice"], self.streams("alice"))
        self.assertEqual([], self.streams("bea"))
        self.reload("alice", "bea", "carl", added=["bea"])

    def test_restarted(self) -> None:
        """Other options are another connection, which goes on: nothing is lost or comes twice."""
        before = self.begin("alice", "bea")
        self.file("a", SECRET)
        self.say("bea")
        self.write("alice", 'name = "bea"\nsession_file = "a"')
        self.assertEqual(NOTHING | {"restarted": ["bea"]}, self.service.reload())
        for number in range(40):
            self.bea.push([chat(f"{number}")])
            self.settle(0.25)
        said = [each for each in self.seen.comments() if each.isdigit()]
        self.assertEqual([str(number) for number in range(40)], said)
        self.assertEqual(1, self.seen.comments().count("bea"))
        # As after a lost stream, nothing shows that nothing was missed: that is told.
        self.assertIn("other options", str(self.seen.only(Gap).reason))
        self.assertEqual(before["alice"], self.streams("alice"))
        [stream] = self.streams("bea")
        self.assertEqual(SECRET, stream.request.cookies["sessionid"])
        self.assertEqual(["alice", "bea"], list(self.service.status()))

    def test_other_content(self) -> None:
        """Another session in the same file is another connection as well."""
        path = self.file("a", SECRET)
        own = 'name = "bea"\nsession_file = "a"'
        self.begin(own)
        self.reload(own)
        Path(path).write_text(SECRET[::-1])
        self.reload(own, restarted=["bea"])
        self.assertEqual(SECRET[::-1], self.handshakes()[-1].cookies["sessionid"])
        self.assertEqual(1, len(self.service._book.wirings._made))

    def test_outputs(self) -> None:
        """Other outputs need no other connection."""
        before = self.begin("alice")
        self.reload('name = "alice"\noutputs = ["web"]', changed=["alice"])
        self.say("alice")
        self.assertEqual([[], ["alice"]], [each.comments for each in self.outputs])
        self.assertEqual(before["alice"], self.streams("alice"))

    def test_at_run_time(self) -> None:
        """Who was added or removed at run time stays that, whatever the list says."""
        self.begin("alice")
        self.service.add("bea", UserOptions(outputs=("web",)))
        self.service.remove("alice")
        self.reload("alice", "bea")
        self.reload()
        self.assertEqual(["bea"], list(self.service.status()))
        self.assertEqual({"outputs": ["web"]}, self.service.options_of("bea"))
        # It was not in the list: it is new there now.
        self.reload("alice", added=["alice"])

    def test_renamed(self) -> None:
        """Who was renamed at run time is still the user of the list, by either name."""
        before = self.begin("alice")
        self.service.rename("alice", "anna")
        self.reload("alice")
        self.reload("anna", changed=["anna"])
        self.assertEqual(before["alice"], self.streams("alice"))
        self.reload(removed=["anna"])
        self.assertEqual({}, self.phases())

    def test_new_name(self) -> None:
        """Who is in the list by the name that was found meanwhile is renamed, and goes on."""
        self.begin("alice", "bea")
        self.room.end()
        self.settle(10)
        self.tiktok.rename("alice", "anna")
        self.settle(400)  # the name is looked up now and then, and found to be another one
        self.tiktok.rooms["anna"].go_live()
        self.settle(400)
        self.assertEqual({"alice": "live", "bea": "live"}, self.phases())
        before = self.streams("anna")
        self.reload('name = "anna"\noutputs = ["web"]', "bea", renamed=["anna"])
        self.reload('name = "anna"\noutputs = ["web"]', "bea")
        self.assertEqual({"anna": "live", "bea": "live"}, self.phases())
        self.assertEqual({"outputs": ["web"]}, self.service.options_of("anna"))
        self.assertEqual(before, self.streams("anna"))
        told = [(event.anchor, event.old, event.new) for event in self.seen.of(Renamed)]
        self.assertEqual([("alice", "alice", "anna"), ("anna", "alice", "anna")], told)

    def test_wrong(self) -> None:
        """If anything is wrong with it, nothing changes, and it is told to all."""
        before = self.begin("alice", "bea")
        for users, said in (
            (("carl", "x = 1"), "user 2 has no name"),
            (("carl", 'name = "al"\ncolour = "red"'), "@al: A user has no setting 'colour'"),
            (("carl", 'name = "al"\nsession_file = "missing"'), "@al: session_file: "),
            (("carl", 'name = "al"\noutputs = ["sqlite"]'), "@al: outputs: there is no sqlite"),
        ):
            self.write(*users)
            with capturedLogs() as logged:
                error = self.assertRaises(InvalidUserOptionsError, self.service.reload)
            self.assertIn(said, str(error))
            self.assertTrue(str(error).startswith(f"{self.path}:"), error)
            [line] = map(formatEvent, logged)
            self.assertIn(said, line or "")
        os.unlink(self.path)
        self.assertRaises(InvalidUserOptionsError, self.service.reload)
        self.assertEqual(before, {name: self.streams(name) for name in before})

    def test_emptied(self) -> None:
        """A file that has nobody, and does not say so, is refused: all are followed still."""
        before = self.begin("alice", "bea")
        for text in ("", "\n", "# All users.\n"):
            self.path.write_text(text)
            error = self.assertRaises(InvalidUserOptionsError, self.service.reload)
            self.assertIn(f"{self.path} names no user", str(error))
            self.assertIn("write users = [] into it", str(error))
        self.assertEqual(before, {name: self.streams(name) for name in before})
        self.service.remove("alice")
        self.service.remove("bea")
        self.assertRaises(InvalidUserOptionsError, self.service.reload)
        self.reload("alice")  # so that those who were removed are not followed again
        self.reload()
        self.path.write_text("")
        self.assertEqual(NOTHING, self.service.reload())  # as it is, there is nobody to lose

    def test_others(self) -> None:
        """Users of the command line stay, and need not stand in a file that has nobody."""
        self.path.write_text("")
        listing = UsersFile(self.path, ["Alice"])
        for user in listing.read():
            self.service.add(user.name, user.options, listed=True)
        self.service.follow_list(listing)
        self.start()
        self.assertEqual(NOTHING, self.service.reload())

    def test_none(self) -> None:
        """Without a list there is nothing to read."""
        self.assertRaises(LookupError, self.service.reload)

    def test_plain(self) -> None:
        """A plain list can be read again, too."""
        path = self.home / "users.txt"
        path.write_text("alice\n")
        self.service.follow_list(UsersFile(path))
        self.start()
        self.assertEqual(["alice"], self.service.reload()["added"])
        path.write_text("# nobody\n")
        error = self.assertRaises(InvalidUserOptionsError, self.service.reload)
        self.assertIn("write a line [] into it", str(error))
        path.write_text("[]\nalice\n")
        error = self.assertRaises(InvalidUserOptionsError, self.service.reload)
        self.assertIn("[] says that there is no user", str(error))
        path.write_text("[]  # for now\n")
        self.assertEqual(["alice"], self.service.reload()["removed"])

    def test_kept(self) -> None:
        """What a reload did is no change at run time: the next process follows its list."""
        self.service = self.make(state=str(self.home / "state.json"))
        self.begin("alice", "bea")
        self.reload("alice", removed=["bea"])
        self.service.stopService()
        self.settle(5)
        self.service: LiveService = self.make(state=str(self.home / "state.json"))
        self.begin("alice", "bea")
        self.assertEqual(["alice", "bea"], list(self.service.status()))
