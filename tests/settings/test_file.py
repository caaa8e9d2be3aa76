"""The configuration file."""

from __future__ import annotations

import re
from pathlib import Path

from twisted.internet.task import Clock
from twisted.python.usage import UsageError

from tests.settings.case import SettingsCase, at
from tiktoklive.options import Options
from tiktoklive.settings.example import example
from tiktoklive.settings.fields import OPTIONS, build, may_be_none
from tiktoklive.settings.file import Configuration, read_configuration
from tiktoklive.signing import CommandSignature

CHECKOUT = Path(__file__).resolve().parent.parent.parent

#: For each setting something that is not usual, as it is written, and what it becomes.
EXAMPLES = {
    "process_initial_data": ("false", False),
    "fetch_room_info_on_connect": ("false", False),
    "enable_extended_gift_info": ("true", True),
    "enable_websocket_upgrade": ("false", False),
    "enable_request_polling": ("false", False),
    "request_polling_interval": ("2", 2.0),
    "session_id": ('"abc"', "abc"),
    "tt_target_idc": ('"useast1a"', "useast1a"),
    "query_form": ('"raw"', "raw"),
    "streams": ("2", 2),
    "push_hosts": ('["relay.example"]', ("relay.example",)),
    "session_hosts": ('["a.example"]', ("a.example",)),
    "client_params": ('{aid = "1"}', {"aid": "1"}),
    "request_headers": ('{Cookie = "a=b"}', {"Cookie": "a=b"}),
    "websocket_headers": ('{Origin = "https://x"}', {"Origin": "https://x"}),
    "lanes": ('["name=direct"]', ("name=direct",)),
    "request_options.proxy": ('"http://u:p@h:1"', "http://u:p@h:1"),
    "request_options.timeout": ("3", 3.0),
    "websocket_options.proxy": ('"socks5://h:1"', "socks5://h:1"),
    "websocket_options.timeout": ("4.5", 4.5),
    "sign_provider_options.host": ('"https://sign.example"', "https://sign.example"),
    "sign_provider_options.params": ('{a = "b"}', {"a": "b"}),
    "sign_provider_options.headers": ('{A = "b"}', {"A": "b"}),
    "sign_provider_options.api_key": ('"key"', "key"),
    "sources": ('["signed", "direct"]', ("signed", "direct")),
    "sign_base": ('"https://sign.example"', "https://sign.example"),
    "sign_path": ('"fetch"', "fetch"),
    "sign_query": ('"/bin/sh -c true"', ("/bin/sh", "-c", "true")),
    "chat_interval": ("0", 0.0),
    "lookups_per_minute": ("30", 30.0),
    "sign_requests_per_minute": ("5", 5.0),
    "tolerance.failures": ("2", 2),
    "tolerance.window": ("5", 5.0),
    "tolerance.rest": ("5", 5.0),
    "tolerance.longest": ("5", 5.0),
    "tolerance.probe": ("5", 5.0),
    "simulator": ('"h:1"', "h:1"),
    "state": ('"/var/users.json"', "/var/users.json"),
    "fleet.address": ('"redis://h/1"', "redis://h/1"),
    "web_base": ('"http://h"', "http://h"),
    "webcast_base": ('"http://h"', "http://h"),
    "ws_base": ('"ws://h"', "ws://h"),
    "ttwid": ('"1%7Cx"', "1%7Cx"),
    "compress": ("false", False),
    "patience.first": ("2", 2.0),
    "patience.most": ("1", 1.0),
    "patience.healthy_after": ("0", 0.0),
    "patience.offline": ("5", 5.0),
    "patience.refused": ("5", 5.0),
    "patience.refused_most": ("50", 50.0),
    "patience.hopeless_after": ("50", 50.0),
    "patience.asked": ("5", 5.0),
    "patience.identities": ("1", 1),
    "limits.stale_after": ("false", None),
    "limits.deaf_after": ("false", None),
    "limits.quiet_after": ("90", 90.0),
    "limits.payload": ("1000", 1000),
    "limits.messages": ("100", 100),
    "limits.fields": ("1000", 1000),
    "limits.message": ("1000", 1000),
    "limits.message_fields": ("1000", 1000),
    "limits.answer": ("1000", 1000),
    "limits.answer_head": ("1000", 1000),
    "limits.answer_values": ("1000", 1000),
    "limits.remembered": ("10", 10),
    "limits.remembered_for": ("60", 60.0),
    "limits.unread": ("65536", 65536),
    "limits.busy": ("5", 5),
    "limits.busy_bytes": ("5", 5),
    "limits.held": ("2.5", 2.5),
}


def as_toml(path: str, written: str) -> str:
    """A file that says one thing."""
    table, _, name = path.rpartition(".")
    return f"[{table}]\n{name} = {written}\n" if table else f"{name} = {written}\n"


class FileTests(SettingsCase):
    """What a file may say."""

    def read(self, text: str, mode: int = 0o600) -> Configuration:
        """What a file with this text says."""
        return read_configuration(self.file(text, mode), {})

    def refused(self, text: str, mode: int = 0o600, **environ: str) -> str:
        """The sentence by which a file is refused: it names the file."""
        path = self.file(text, mode)
        said = str(self.assertRaises(UsageError, read_configuration, path, environ))
        self.assertTrue(said.startswith(path), said)
        self.assertNotIn("\n", said)
        return said

    def test_every_setting(self) -> None:
        """Every field of the options, inner ones too, can be set by a file."""
        self.assertEqual(OPTIONS.kinds.keys(), EXAMPLES.keys())
        for path, (written, becomes) in EXAMPLES.items():
            values = self.read(as_toml(path, written)).values
            self.assertEqual({path: becomes}, values)
            if path == "sign_query":  # what the flags make of a command
                becomes = CommandSignature(becomes, Clock())
                values = {path: becomes}
            self.assertEqual(becomes, at(build(values), path))
            self.assertNotEqual(at(Options(), path), becomes, path)

    def test_together(self) -> None:
        """One file can say everything, by dotted keys or tables."""
        text = "".join(f"{path} = {written}\n" for path, (written, _) in EXAMPLES.items())
        self.assertEqual(
            {path: becomes for path, (_, becomes) in EXAMPLES.items()}, self.read(text).values
        )

    def test_none(self) -> None:
        """What may be left empty can be emptied by false."""
        for path in filter(may_be_none, OPTIONS.kinds):
            self.assertEqual({path: None}, self.read(as_toml(path, "false"), 0o644).values)

    def test_own_keys(self) -> None:
        """Users, outputs and a tape stand in the file too."""
        said = self.read('\ufeffusers = ["anna", "@bob"]\noutputs = ["console"]\nrecord = "t"\n')
        self.assertEqual(
            (("anna", "@bob"), ("console",), "t"), (said.users, said.outputs, said.record)
        )
        self.assertEqual(Configuration(), self.read(""))

    def test_refused(self) -> None:
        """Unknown keys, wrong types and impossible values: file, key, and what is expected."""
        for text, said in (
            ("session_id = abc", "is not TOML: Invalid value (at line 1, column 14)"),
            ("a = " + "[" * 5000, "is not TOML"),
            ("session-id = 'x'", "session-id is no key: perhaps session_id is meant"),
            (
                "proxy = 'http://127.0.0.1:3128'",
                "proxy is no key: perhaps request_options.proxy or websocket_options.proxy is",
            ),
            ("xyzzy = 1", "xyzzy is no key: there are chat_interval, client_params"),
            ("[limits]\npayloads = 1", "payloads is no key in [limits]: perhaps payload is meant"),
            ("[limits]\nx = 1", "there are stale_after, deaf_after"),
            ("[limits]\nusers = []", "users stands in [limits]: keys without a table stand above"),
            ("limits = 1", "limits must be a table: write [limits]"),
            ("compress = 'no'", "compress must be true or false."),
            ("[limits]\nstale_after = 'x'", "limits.stale_after must be a number"),
            ("[limits]\nstale_after = 0", "or false for none"),
            ("sources = ['tunnel']", "sources must be of browser, classic, direct"),
            ("users = 'anna'", "users must be a list"),
            ("outputs = [1]", "outputs must be a list"),
            ("record = 1", "record must be a text"),
            ("session_id = 'ge heim'", "session_id must be a cookie's value"),
        ):
            self.assertIn(said, self.refused(text), text)

    def test_no_secret_in_errors(self) -> None:
        """What is wrong with a secret is said without it, and without a cause that holds it."""
        for text in (
            "session_id = 'geheim",
            "session_id = geheim",
            "session_id 'geheim'",
            "session_id = ['geheim']",
            "session_id = 'geheim x'",
            '[request_headers]\nCookie = "geheim\\u0007"',
            "[request_options]\nproxy = 'u:geheim@x'",
        ):
            path = self.file(text)
            error = self.assertRaises(UsageError, read_configuration, path, {})
            self.assertNotIn("geheim", str(error))
            self.assertTrue(error.__cause__ is None and error.__suppress_context__, text)

    def test_private(self) -> None:
        """A file that holds a secret must be its owner's alone, others need not."""
        for path, written in (
            ("session_id", '"abc"'),
            ("tt_target_idc", '"abc"'),
            ("ttwid", '"abc"'),
            ("sign_provider_options.api_key", '"abc"'),
            ("request_options.proxy", '"http://u:p@h"'),
            ("websocket_options.proxy", '"http://u:p@h"'),
            ("request_options.proxy", '"http://token@h"'),
            ("lanes", '["name=a,proxy=http://token@h:1"]'),
            ("client_params.referer", '"https://token@h/"'),
            ("request_headers.cookie", '"a=b"'),
            ("websocket_headers.Authorization", '"a"'),
            ("sign_provider_options.headers.X-Api-Key", '"a"'),
            ("sign_provider_options.params.apiKey", '"a"'),
            ("client_params.msToken", '"a"'),
        ):
            text = f"{path} = {written}"
            self.assertEqual(1, len(self.read(text, 0o400).values))
            for mode in (0o640, 0o604, 0o620):
                said = self.refused(text, mode)
                self.assertIn(f"holds {path} and can be read by others: chmod 600 ", said)
        said = self.refused('outputs = ["other:mqtt://token@h"]', 0o640)
        self.assertIn("holds outputs and can be read by others", said)
        for text in (
            'request_options.proxy = "http://h:1"',
            'outputs = ["redis:redis://me@h"]',
            'request_headers.Accept = "a"',
            'users = ["anna"]',
        ):
            self.read(text, 0o644)

    def test_credentials(self) -> None:
        """A file that systemd hands over is private, whatever its mode."""
        path = self.file("session_id = 'abc'", 0o440)
        self.assertRaises(UsageError, read_configuration, path, {"CREDENTIALS_DIRECTORY": "/etc"})
        for directory in (Path(path).parent, Path(path).parent.absolute()):
            given = {"CREDENTIALS_DIRECTORY": str(directory)}
            self.assertEqual({"session_id": "abc"}, read_configuration(path, given).values)

    def test_unreadable(self) -> None:
        """A file that isn't there, or is none of text, is said to be so."""
        said = self.assertRaises(UsageError, read_configuration, "missing", {})
        self.assertEqual("--config: missing cannot be read: No such file or directory.", str(said))
        path = self.mktemp()
        Path(path).write_bytes(b"\xff\xfe\x00")
        said = self.assertRaises(UsageError, read_configuration, path, {})
        self.assertIn("is not a text file", str(said))


class ExampleTests(SettingsCase):
    """The example in the documentation."""

    text = (CHECKOUT / "doc/examples/tiktoklive.toml").read_text("utf-8")

    def test_as_it_is(self) -> None:
        """As it is, it follows somebody with the usual settings."""
        said = read_configuration(self.file(self.text, 0o644), {})
        self.assertEqual(Configuration({}, ("@name",), ("console",)), said)

    def test_made(self) -> None:
        """It is what the fields of the settings make."""
        said = "python -m tiktoklive.settings.example > doc/examples/tiktoklive.toml"
        self.assertEqual(example(), self.text, said)

    def test_all(self) -> None:
        """With nothing commented out it says every setting, each with its usual value if any."""
        text = re.sub(r"(?m)^#(?=\w+ = )", "", self.text)
        said = read_configuration(self.file(text), {})
        self.assertEqual(OPTIONS.kinds.keys(), said.values.keys())
        self.assertIsNotNone(said.record)
        for path, value in said.values.items():
            usual = at(Options(), path)
            has_usual = usual not in (None, "", (), {})
            self.assertTrue(value == usual if has_usual else value, path)
