"""The flags and the environment, and which of several origins wins."""

from __future__ import annotations

import re
from typing import Any

from tests.reactors import MemoryReactor
from tests.settings.case import SettingsCase, at
from tests.settings.test_file import EXAMPLES, as_toml
from tiktoklive.options import Options
from tiktoklive.settings.fields import OPTIONS
from tiktoklive.settings.flags import ENVIRONMENT, FLAGS, AskingFlags
from tiktoklive.tap import Options as CommandLine

#: Tables that only a file can give.
FILE_ONLY = ("patience.", "limits.", "tolerance.")

#: Each flag with an argument that changes something, and what its setting becomes.
GIVEN: dict[str, tuple[str | None, Any]] = {
    "source": ("signed, direct,classic", ("signed", "direct", "classic")),
    "no-initial-data": (None, False),
    "no-room-info": (None, False),
    "extended-gift-info": (None, True),
    "no-websocket-upgrade": (None, False),
    "no-polling": (None, False),
    "polling-interval": ("2.5", 2.5),
    "client-param": ("app_language=de=x", {"app_language": "de=x"}),
    "request-header": ("Accept-Language: de, en", {"Accept-Language": "de, en"}),
    "websocket-header": ("Origin: https://x", {"Origin": "https://x"}),
    "request-timeout": ("3", 3.0),
    "websocket-timeout": ("4", 4.0),
    "lane": ("name=direct", ("name=direct",)),
    "proxy": ("http://h:1", "http://h:1"),
    "websocket-proxy": ("socks5://h:1", "socks5://h:1"),
    "sign-host": ("https://sign.example/", "https://sign.example"),
    "sign-base": ("https://sign.example", "https://sign.example"),
    "sign-path": ("fetch", "fetch"),
    "sign-param": ("client=mine", {"client": "mine"}),
    "sign-header": ("X-Mine: yes", {"X-Mine": "yes"}),
    "sign-key-file": ("the-key", "the-key"),
    "session-file": ("abc", "abc"),
    "target-idc": ("useast1a", "useast1a"),
    "query-form": ("raw", "raw"),
    "allow-push-host": ("relay.example", ("relay.example",)),
    "session-host": ("relay.example", ("relay.example",)),
    "chat-interval": ("0", 0.0),
    "lookups": ("30", 30.0),
    "sign-requests": ("5", 5.0),
    "ttwid-file": ("ttwid=1%7Cx", "1%7Cx"),
    "simulator": ("h:1", "h:1"),
    "state": ("/var/users.json", "/var/users.json"),
    "fleet": ("redis://h:1/2?name=x", "redis://h:1/2?name=x"),
    "web-base": ("http://h", "http://h"),
    "webcast-base": ("https://h/x", "https://h/x"),
    "ws-base": ("ws://h", "ws://h"),
    "no-gzip": (None, False),
    "streams": ("2", 2),
}


class FlagsCase(SettingsCase):
    """Tests in which there are all sources."""

    def setUp(self) -> None:
        self.everything = ("--source", "direct,signed,classic", "--session-file", self.file("id"))

    def flag(self, name: str) -> list[str]:
        """A flag of the table as it is given; the content of a file in a file."""
        argument = GIVEN[name][0]
        if argument is None:
            return [f"--{name}"]
        return [f"--{name}", self.file(argument) if name.endswith("-file") else argument]


class FlagsTests(FlagsCase):
    """What each flag does."""

    def test_complete(self) -> None:
        """Every setting has a flag, or is one of those that only a file gives."""
        alone = {path for path in OPTIONS.kinds if path.startswith(FILE_ONLY)}
        self.assertEqual(OPTIONS.kinds.keys(), {*FLAGS.values(), *alone})
        self.assertEqual(set(), alone & set(FLAGS.values()))
        self.assertEqual(FLAGS.keys() - {"sign-command"}, GIVEN.keys())
        self.assertLessEqual(set(ENVIRONMENT.values()), set(FLAGS.values()))

    def test_each(self) -> None:
        """Each flag changes its setting, and nothing else but a proxy that of WebSockets."""
        for name, (_, becomes) in GIVEN.items():
            # More sources would be added to those that are there.
            others = () if name == "source" else self.everything
            base = self.settings(*others)
            settings = self.settings(*others, *self.flag(name))
            self.assertNotEqual(becomes, at(base, FLAGS[name]), name)
            changed = {path for path in OPTIONS.kinds if at(settings, path) != at(base, path)}
            also = {"websocket_options.proxy"} if name == "proxy" else set()
            self.assertEqual({FLAGS[name], *also}, changed)
            self.assertEqual(becomes, at(settings, FLAGS[name]), name)

    def test_usual(self) -> None:
        """Without any flag the settings are the usual ones."""
        self.assertEqual(Options(), self.settings())

    def test_again(self) -> None:
        """Parameters, headers and hosts can be given any number of times; the last one counts."""
        settings = self.settings(
            *("--client-param", "a=1", "--client-param", "b=", "--client-param=a=2"),
            *("--request-header", "A:1", "--request-header", "B:  two words "),
            *("--session-host", "x", "--session-host", "y", *self.everything),
        )
        self.assertEqual({"a": "2", "b": ""}, settings.client_params)
        self.assertEqual({"A": "1", "B": "two words"}, settings.request_headers)
        self.assertEqual(("x", "y"), settings.session_hosts)
        settings = self.settings("--source", "signed,direct", "--source", "classic")
        self.assertEqual(("signed", "direct", "classic"), settings.sources)

    def test_refused(self) -> None:
        """What a flag can't say is refused in one sentence that names it."""
        for flag, argument, said in (
            ("source", "tunnel", "must be of browser, classic, direct, signed, not 'tunnel'"),
            ("source", "tunnel:direct", "must be of browser"),
            ("source", "", "must be of browser"),
            ("source", "direct,direct", "once"),
            ("streams", "3", "must be 1 or 2, not 3"),
            ("streams", "0", "must be 1 or 2, not 0"),
            ("streams", "two", "must be 1 or 2, not 'two'"),
            ("polling-interval", "often", "must be a number, more than 0, not 'often'"),
            ("polling-interval", "0", "more than 0"),
            ("request-timeout", "nan", "must be a number"),
            ("websocket-timeout", "-1", "must be a number"),
            ("chat-interval", "inf", "must be a number"),
            ("client-param", "aid", "must look like NAME=VALUE"),
            ("client-param", "=1", "must look like NAME=VALUE"),
            ("sign-param", "aid", "must look like NAME=VALUE"),
            ("request-header", "Accept", "must look like NAME: VALUE"),
            ("request-header", "A B: c", "must be names of headers"),
            ("websocket-header", "A: b\nc", "one line"),
            ("sign-header", ":", "must look like NAME: VALUE"),
            ("proxy", "h:1", "address of a proxy"),
            ("sign-host", "sign.example", "https://host"),
            ("sign-base", "ws://sign.example", "https://host"),
            ("sign-path", "upload", "connect or fetch"),
            ("sign-command", "no-such-program-here", "begin with a program"),
            ("session-host", "https://x", "bare name"),
            ("target-idc", "a b", "copy it again"),
            ("ws-base", "https://x", "wss://host"),
            ("simulator", "127.0.0.1", "like 127.0.0.1:8090"),
        ):
            answer = self.refuse(*self.everything, f"--{flag}", argument)
            self.assertIn(said, answer)
            self.assertTrue(answer.startswith(f"--{flag} "), answer)

    def test_help(self) -> None:
        """Each flag is in the help with a text, and so are the variables of the environment."""
        text = CommandLine(MemoryReactor(), {}).getUsage(200)
        for name in ("config", *FLAGS):
            self.assertRegex(text, rf"--{name}[= ] +[A-Z']")
            again = EXAMPLES.get(FLAGS.get(name, ""), ("",))[0][:1] in ("{", "[")
            line = re.search(rf"(?m)^ .*--{name}[= ].*$", text)
            self.assertEqual(again, line is not None and "Can be given again." in line[0], name)
        for name in ENVIRONMENT:
            self.assertIn(name, text)

    def test_asking(self) -> None:
        """Who only asks has the flags that say how to ask, and no others."""
        asking = {name.rstrip("=") for name in AskingFlags().longOpt}
        for name in (
            *("config", "proxy", "lookups", "session-file", "sign-header", "client-param"),
            "simulator",
        ):
            self.assertIn(name, asking)
        for name in ("source", "no-gzip", "websocket-header", "sign-requests", "chat-interval"):
            self.assertNotIn(name, asking)


class TogetherTests(FlagsCase):
    """What makes no sense together."""

    def test_own_world(self) -> None:
        """A tape or a simulator has no use for any flag about connections."""
        tape = self.file('{"tape": 1, "unique_id": "anna", "room_id": "7"}\n')
        for source in (["--simulate"], ["--replay", tape]):
            for name in ("config", *FLAGS):
                flag = self.flag(name) if name in GIVEN else [f"--{name}", "x"]
                with self.subTest(name):
                    said = self.refuse(*source, *flag)
                    self.assertEqual(
                        f"--{name} means nothing with {source[0]}: leave it out.", said
                    )

    def test_sources(self) -> None:
        """Flags of sources that are not tried are refused; in a file they may stand."""
        for name, sources in (
            ("no-websocket-upgrade", "direct,signed"),
            ("no-polling", "direct,signed"),
            ("polling-interval", "signed"),
            ("sign-path", "direct,classic"),
        ):
            said = self.refuse("--source", sources, *self.flag(name))
            self.assertIn(f"--{name} means nothing without the source ", said)
            path = FLAGS[name]
            config = self.file(as_toml(path, EXAMPLES[path][0]))
            settings = self.settings("--source", sources, "--config", config)
            self.assertEqual(EXAMPLES[path][1], at(settings, path))

    def test_sources_of_file(self) -> None:
        """The sources of the file count as those of the command line do."""
        config = self.file("sources = ['signed']")
        self.assertEqual("fetch", self.settings("--config", config, "--sign-path=fetch").sign_path)
        said = self.refuse("--config", config, "--sign-command", "sh")
        self.assertIn("without the source direct", said)

    def test_session(self) -> None:
        """What belongs to a session means nothing without one, wherever it comes from."""
        for name in ("target-idc", "session-host"):
            said = self.refuse(*self.flag(name))
            self.assertIn(f"--{name} means nothing without a session", said)
            self.line("anna", *self.flag(name), environ={"TIKTOKLIVE_SESSION_ID": "abc"})
            self.settings(*self.flag(name), "--config", self.file("session_id = 'abc'"))

    def test_simulator(self) -> None:
        """A simulator is in the place of every address: beside one of these it is refused."""
        config = self.file("simulator = 'h:1'")
        for name in ("web-base", "webcast-base", "ws-base", "sign-base"):
            for simulator in (self.flag("simulator"), ["--config", config]):
                said = self.refuse(*simulator, *self.everything, *self.flag(name))
                self.assertIn(f"--{name} means nothing with a simulator", said)

    def test_no_way(self) -> None:
        """The classic source is left one way at least."""
        said = self.refuse("--source=classic", "--no-websocket-upgrade", "--no-polling")
        self.assertIn("one of both must be", said)


class OriginsTests(FlagsCase):
    """Flags win over the environment, and that over the file."""

    def test_order(self) -> None:
        """Each secret is taken from where it wins."""
        for variable, path in ENVIRONMENT.items():
            [flag] = [name for name, field in FLAGS.items() if field == path]
            written, in_file = EXAMPLES[path]
            other = "http://other:1" if path.endswith("proxy") else "other"
            config = ["--config", self.file(as_toml(path, written))]
            if path == "tt_target_idc":
                config += ["--session-file", self.file("id")]
            environ = {variable: f" {other}\n"}
            source = ["--source=direct,signed"]
            self.assertEqual(in_file, at(self.settings(*config, *source), path))
            settings = self.settings(*config, *source, environ=environ)
            self.assertEqual(other, at(settings, path))
            settings = self.settings(*config, *source, *self.flag(flag), environ=environ)
            self.assertEqual(GIVEN[flag][1], at(settings, path))
            self.assertEqual(in_file, at(self.settings(*config, environ={variable: " "}), path))

    def test_bad_variable(self) -> None:
        """A variable that can't be used is named, without what it holds."""
        for variable in ENVIRONMENT:
            said = self.refuse(environ={variable: "geheim geheim"})
            self.assertTrue(said.startswith(f"{variable} must "), said)
            self.assertNotIn("geheim", said)

    def test_several(self) -> None:
        """Headers and parameters are joined by name, lists are replaced."""
        config = self.file(
            "client_params = {a = '1', b = '2'}\nsession_hosts = ['x']\n"
            "outputs = ['console:color=never']\nusers = ['bob', 'Anna']\nrecord = 'tape'\n"
        )
        line = self.line(
            *("anna", "--config", config, *self.everything),
            *("--client-param", "b=3", "--session-host", "y"),
        )
        settings = line.plan.settings
        self.assertEqual({"a": "1", "b": "3"}, settings.client_params)
        self.assertEqual(("y",), settings.session_hosts)
        self.assertEqual(("anna", "bob"), line.plan.users)
        self.assertEqual(("console:color=never",), line.plan.outputs)
        self.assertEqual("tape", line.plan.record)
        line = self.line("--config", config, "--output", "console", "--record", "other")
        self.assertEqual(("bob", "Anna"), line.plan.users)
        self.assertEqual((("console",), "other"), (line.plan.outputs, line.plan.record))

    def test_bad_users_in_file(self) -> None:
        """Users and outputs of the file are checked like others, and the file is named."""
        for text, said in (
            ("users = ['no body']", "users: 'no body' is not a TikTok username"),
            ("outputs = ['tape:x']", "outputs: There is no"),
            ("outputs = ['jsonl']", "jsonl:FILE"),
            ("record = 'missing/tape'", "make it first"),
        ):
            config = self.file(text)
            answer = self.refuse("--config", config)
            self.assertIn(said, answer)

    def test_proxies(self) -> None:
        """One proxy is for both, unless the same origin has one for WebSockets."""
        one, two, three = "http://u:one@h:1", "socks5://h:2", "socks5://h:3"
        both = self.file(
            f"request_options.proxy = '{one}'\nwebsocket_options.proxy = '{two}'", 0o600
        )
        half = self.file(f"request_options.proxy = '{one}'")
        first, second = "TIKTOKLIVE_PROXY", "TIKTOKLIVE_WEBSOCKET_PROXY"
        for arguments, environ, expected in (
            (["--config", both], {}, (one, two)),
            (["--config", half], {}, (one, None)),
            (["--config", both], {first: three}, (three, three)),
            (["--config", both], {second: three}, (one, three)),
            ([], {first: one, second: two}, (one, two)),
            (["--proxy", three], {first: one, second: two}, (three, three)),
            (["--websocket-proxy", three], {first: one}, (one, three)),
            (["--proxy", two, "--websocket-proxy", three], {first: one}, (two, three)),
            (["--proxy", "none", "--config", both], {first: one}, (None, None)),
            (["--proxy", two, "--websocket-proxy", "none"], {}, (two, None)),
        ):
            settings = self.settings(*arguments, environ=environ)
            got = settings.request_options.proxy, settings.websocket_options.proxy
            self.assertEqual(expected, got, (arguments, environ))
