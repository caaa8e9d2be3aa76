"""The options of one user: what they may be, what stands in their files, what others see."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from pathlib import Path
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import InvalidUserOptionsError
from tiktoklive.options import Options
from tiktoklive.outputs.web.openapi import DESCRIPTION
from tiktoklive.users.listing import Listed, UsersFile, read_list
from tiktoklive.users.options import UserOptions, as_shape, read_options, shown
from tiktoklive.users.way import USUAL, options_of, way_of

CHECKOUT = Path(__file__).resolve().parents[2]

SECRET = "0123456789abcdef0123456789abcdef"
WITH_PASSWORD = "socks5://me:pa55word@proxy.example:1080"


class FilesCase(SynchronousTestCase):
    """A directory with files of secrets."""

    def setUp(self) -> None:
        self.home = Path(self.mktemp()).absolute()
        self.home.mkdir()

    def file(self, name: str, text: str, mode: int = 0o600) -> str:
        """The path of a file."""
        path = self.home / name
        path.write_text(text)
        path.chmod(mode)
        return str(path)

    def refused(self, function: Any, *arguments: Any, **named: Any) -> str:
        """The sentence by which something is refused."""
        return str(self.assertRaises(InvalidUserOptionsError, function, *arguments, **named))


class OptionsTests(FilesCase):
    """The values by themselves."""

    def test_read(self) -> None:
        """What is written as JSON is read as it was, files as whole paths."""
        written = {
            "sources": ["signed", "direct"],
            "session_file": "a.session",
            "proxy": "http://proxy.example:3128",
            "enable_extended_gift_info": False,
            "outputs": ["jsonl-2"],
        }
        options = read_options(written, self.home)
        self.assertEqual(("signed", "direct"), options.sources)
        self.assertEqual(str(self.home / "a.session"), options.session_file)
        self.assertEqual(options, read_options(json.loads(json.dumps(as_shape(options)))))
        self.assertTrue(options)
        self.assertFalse(read_options({}))
        self.assertEqual({}, as_shape(UserOptions()))

    def test_refused(self) -> None:
        """What makes no sense is refused by its key, and no password is repeated."""
        for values, said in (
            ([], "must be a table"),
            ({"session_fil": "x"}, "no setting 'session_fil': did you mean session_file?"),
            ({"sources": "direct"}, "sources must be a list of texts"),
            ({"sources": []}, "sources must name each source once"),
            ({"sources": ["direct", "direct"]}, "sources must name each source once"),
            ({"sources": ["magic"]}, "direct, signed, not 'magic'"),
            ({"session_file": 7}, "session_file must be text"),
            ({"session_file": ["a"]}, "session_file must be text, not list"),
            ({"self": 7}, "no setting 'self'"),
            ({"lane": ""}, "lane must be the name of a lane"),
            ({"enable_extended_gift_info": "yes"}, "must be true or false, not text"),
            ({"session_file": " "}, "session_file must be the name of a file"),
            ({"proxy_file": ""}, "proxy_file must be the name of a file"),
            ({"proxy": "proxy.example"}, "proxy must be the address of a proxy"),
            (
                {"proxy": WITH_PASSWORD},
                "a secret, and without a password",
            ),
            ({"proxy": "http://pa55word@h:1"}, "must be without a user"),
            ({"proxy": "none", "proxy_file": "x"}, "leave out one of both"),
            ({"lane": "a", "proxy": "none"}, "lane and a proxy are given"),
            ({"enable_extended_gift_info": 1}, "enable_extended_gift_info must be true or false"),
            ({"outputs": [1]}, "outputs must be a list of texts"),
            ({"outputs": [""]}, "outputs must be a list of texts"),
        ):
            for home in (None, self.home):
                refusal = self.refused(read_options, values, home)
                self.assertIn(said, refusal)
                self.assertNotIn("pa55word", refusal)

    def test_bare(self) -> None:
        """Who gives options from elsewhere names files in one directory alone, if there is one."""
        read = read_options({"session_file": "a"}, self.home, bare=True)
        self.assertEqual(str(self.home / "a"), read.session_file)
        for name in ("/etc/passwd", "../a", "..", ".", "b/a", ""):
            said = self.refused(read_options, {"proxy_file": name}, self.home, bare=True)
            self.assertIn("proxy_file must be the bare name", said)
        said = self.refused(read_options, {"session_file": "a"}, None, bare=True)
        self.assertIn("there is neither", said)

    def test_shown(self) -> None:
        """Others see no paths."""
        options = UserOptions(session_file="/x/a.session", proxy="http://h:1", outputs=("web",))
        expected = {"session_file": "a.session", "proxy": "http://h:1", "outputs": ["web"]}
        self.assertEqual(expected, shown(options))
        self.assertEqual({"proxy": "none"}, shown(UserOptions(proxy="none")))

    def test_described(self) -> None:
        """The API describes each of them, and no other."""
        described = DESCRIPTION["components"]["schemas"]["Options"]["properties"]
        self.assertEqual([each.name for each in fields(UserOptions)], list(described))


class WayTests(FilesCase):
    """What stands in the files."""

    def test_usual(self) -> None:
        """Who has no options, or only outputs, is followed as all others."""
        for options in (UserOptions(), UserOptions(outputs=("jsonl",))):
            self.assertEqual(USUAL, way_of(options))
        self.assertEqual(Options(), options_of(USUAL, Options()))

    def test_session(self) -> None:
        """A session of their own stands in the place of that of all others, cookies included."""
        path = self.file("a", f"sessionid={SECRET}\nuseast1a\n")
        login = {"Cookie": "sessionid=x; sid_tt=x; lang=de", "X": "y"}
        usual = Options(session_id="x", tt_target_idc="y", ttwid="1", request_headers=login)
        way = way_of(UserOptions(session_file=path))
        self.assertNotIn(SECRET, repr(way))
        options = options_of(way, usual)
        self.assertEqual((SECRET, "useast1a"), (options.session_id, options.tt_target_idc))
        self.assertEqual({"Cookie": "lang=de", "X": "y"}, options.request_headers)
        self.assertIsNone(options.ttwid)
        alone = options_of(way_of(UserOptions(session_file=self.file("b", SECRET))), usual)
        self.assertEqual((SECRET, ""), (alone.session_id, alone.tt_target_idc))

    def test_streams(self) -> None:
        """A user whose sources know no guests has one stream, where all others have two."""
        usual = Options(streams=2)
        for sources, streams in ((("browser:8082",), 1), (("browser", "signed"), 2)):
            way = way_of(UserOptions(sources=sources))
            self.assertEqual(streams, options_of(way, usual).streams)

    def test_spelled_out(self) -> None:
        """A kind alone is that of all others, with its argument, and once."""
        usual = Options(sources=("direct", "browser:8082", "browser:8083"))
        for sources, expected in (
            (("browser", "signed"), ("browser:8082", "signed")),
            (("browser:8082", "browser"), ("browser:8082",)),
            (("browser:8083", "direct"), ("browser:8083", "direct")),
        ):
            way = way_of(UserOptions(sources=sources))
            self.assertEqual(expected, options_of(way, usual).sources)

    def test_proxy(self) -> None:
        """A proxy is for requests and WebSockets; the password comes from a file."""
        way = way_of(UserOptions(proxy_file=self.file("p", WITH_PASSWORD)))
        self.assertNotIn("pa55word", repr(way))
        options = options_of(way, Options(ttwid="1"))
        self.assertEqual(WITH_PASSWORD, options.request_options.proxy)
        self.assertEqual(WITH_PASSWORD, options.websocket_options.proxy)
        self.assertIsNone(options.ttwid)
        none = options_of(way_of(UserOptions(proxy="none")), options)
        self.assertEqual([None, None], [none.request_options.proxy, none.websocket_options.proxy])

    def test_refused(self) -> None:
        """A file that is no good is named, and nothing of it is said."""
        missing = str(self.home / "missing")
        for key, path, said in (
            ("session_file", missing, "cannot be read: No such file"),
            ("session_file", self.file("open", SECRET, 0o644), "can be read by others"),
            ("session_file", self.file("empty", "\n"), "is empty"),
            ("session_file", self.file("long", f"{SECRET}\na\nb\n"), "more than two lines"),
            ("session_file", self.file("odd", f'"{SECRET}; x"'), "must be a cookie's value"),
            ("proxy_file", self.file("no", f"{SECRET}/x"), "must be the address of a proxy"),
        ):
            refusal = self.refused(way_of, UserOptions(**{key: path}))
            self.assertIn(said, refusal)
            self.assertTrue(refusal.startswith(f"{key}: {path}"), refusal)
            self.assertNotIn(SECRET, refusal)


class ListTests(FilesCase):
    """Files of users."""

    def toml(self, text: str) -> Path:
        """A file of TOML."""
        return Path(self.file("users.toml", text))

    def test_toml(self) -> None:
        """A user is a name or a table; files are beside the list."""
        path = self.toml(
            '[[users]]\nname = "@alice"\nsession_file = "a"\n[[users]]\nname = "b.o.b"\n'
        )
        alice, bob = read_list(path) or ()
        self.assertEqual(("alice", str(self.home / "a")), (alice.name, alice.options.session_file))
        self.assertEqual(Listed("b.o.b"), bob)
        self.assertEqual((Listed("x"), Listed("y")), read_list(self.toml('users = ["x", "@y"]')))
        self.assertEqual((), read_list(self.toml("users = []")))
        self.assertIsNone(read_list(self.toml("")))

    def test_refused(self) -> None:
        """What is wrong is said with the file, the user and the key."""
        for text, said in (
            ("users = [", " is not TOML: "),
            ("[alice]\nproxy = 'x'", ": alice is no key: write [[users]]"),
            ("users = 'alice'", ": users must be a list"),
            ("users = [7]", ": user 1 has no name"),
            ("users = ['a', {proxy = 'none'}]", ": user 2 has no name"),
            ("users = [{name = 7}]", ": user 1: name must be text in quotes"),
            ("users = ['no body']", ": user 1: 'no body' is not"),
            ("users = ['al', 'Al']", ": @Al stands there twice"),
            ("users = [{name = 'al', colour = 'red'}]", ": @al: A user has no setting 'colour'"),
            ("users = [{name = 'al', sources = ['x']}]", ": @al: sources must be of"),
        ):
            self.assertIn(f"{self.home}/users.toml{said}", self.refused(read_list, self.toml(text)))
        self.assertIn("cannot be read", self.refused(read_list, self.home / "missing"))
        (self.home / "users.txt").write_bytes(b"\xff\xfe\x00")
        self.assertIn("not a text file", self.refused(read_list, self.home / "users.txt"))

    def test_example(self) -> None:
        """The example of the documentation is one, and shows users with options and without."""
        found = read_list(CHECKOUT / "doc" / "examples" / "users.toml")
        self.assertEqual([False, True, True], [bool(user.options) for user in found])

    def test_others(self) -> None:
        """Users of the command line come first; of those in the file, too, the file tells."""
        path = self.toml("users = ['c', {name = 'Alice', outputs = ['web']}]")
        found = UsersFile(os.path.relpath(path), ["alice", "bob"]).read()
        self.assertEqual(["Alice", "bob", "c"], [user.name for user in found])
        self.assertEqual(("web",), found[0].options.outputs)
