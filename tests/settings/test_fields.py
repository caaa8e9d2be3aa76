"""The settings by their paths, and what each may be."""

from __future__ import annotations

import dataclasses
import math
import os
import sys
from collections.abc import Iterator
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests.settings.case import at
from tiktoklive.options import Options
from tiktoklive.settings.fields import OPTIONS, build, checked, kind_of, may_be_none


def leaves(value: Any, before: str = "") -> Iterator[str]:
    """Every field of the options as they are, and of those in them."""
    for field in dataclasses.fields(value):
        inner = getattr(value, field.name)
        if dataclasses.is_dataclass(inner):
            yield from leaves(inner, f"{before}{field.name}.")
        else:
            yield before + field.name


class FieldsTests(SynchronousTestCase):
    """Paths, types, and putting together."""

    def test_complete(self) -> None:
        """There is a setting for each field, inner ones included, and no other."""
        self.assertEqual(set(leaves(Options())), OPTIONS.kinds.keys())

    def test_kinds(self) -> None:
        """Each setting has a kind of values, which its usual value is of."""
        usual = Options()
        for path in OPTIONS.kinds:
            value, kind = at(usual, path), kind_of(path)
            self.assertIn(kind, (bool, int, float, str, tuple, dict), path)
            self.assertTrue(may_be_none(path) if value is None else isinstance(value, kind), path)

    def test_build(self) -> None:
        """Values go where their paths say, and leave the rest as usual."""
        values = {"compress": False, "patience.first": 5.0, "patience.most": 6.0}
        built = build(values)
        for path in OPTIONS.kinds:
            self.assertEqual(values.get(path, at(Options(), path)), at(built, path), path)


class CheckedTests(SynchronousTestCase):
    """What is taken, and what is said when it is not."""

    def test_usual(self) -> None:
        """What is usual may also be said."""
        for path in OPTIONS.kinds:
            value = at(Options(), path)
            if value is not None and path != "tt_target_idc":  # nothing is what is usual there
                self.assertEqual(value, checked(path, value), path)

    def test_taken(self) -> None:
        """Values are brought into one form."""
        for path, value, taken in (
            ("request_polling_interval", 2, 2.0),
            ("web_base", "http://127.0.0.1:80/", "http://127.0.0.1:80"),
            ("ws_base", "wss://[::1]", "wss://[::1]"),
            ("simulator", "[::1]:80", "[::1]:80"),
            ("session_hosts", ["a.example", "127.0.0.1", "::1"], ("a.example", "127.0.0.1", "::1")),
            ("session_id", " sessionid=abc\n", "abc"),
            ("tt_target_idc", "tt-target-idc=useast1a", "useast1a"),
            ("ttwid", "ttwid=1%7Cabc%3D", "1%7Cabc%3D"),
            ("request_headers", {"Accept-Language": "de; q=1"}, {"Accept-Language": "de; q=1"}),
            ("request_options.proxy", "socks5://u:p@[::1]:1080", "socks5://u:p@[::1]:1080"),
            ("request_options.proxy", "http://proxy.example/", "http://proxy.example/"),
            ("sign_query", f"'{sys.executable}' -c 'a b'", (sys.executable, "-c", "a b")),
        ):
            got = checked(path, value)
            self.assertEqual((taken, type(taken)), (got, type(got)), path)

    def test_command(self) -> None:
        """A command is found by its name, and stays the same when the daemon goes elsewhere."""
        [program, *words] = checked("sign_query", "sh -c 'exit 1'")
        self.assertTrue(os.path.isabs(program))
        self.assertEqual("sh", os.path.basename(program))
        self.assertEqual(["-c", "exit 1"], words)

    def test_ranges(self) -> None:
        """Whatever number a setting cannot be, it says the range that it has, and all of it."""
        numbers = [path for path in OPTIONS.kinds if kind_of(path) in (int, float)]
        self.assertLess(25, len(numbers))
        for path in numbers:
            words = str(self.assertRaises(ValueError, checked, path, "x")).partition(", not")[0]
            taken = []
            for value in (-1, 0, 0.5, 1, 2, 3, 1e9, math.inf, math.nan, True, None, [1]):
                try:
                    checked(path, value)
                except ValueError as error:
                    self.assertEqual(f"{words}, not {value!r}", str(error), path)
                else:
                    taken.append(value)
            at_all = {
                "must be 1 or 2": [1, 2],
                "must be a whole number, 1 or more": [1, 2, 3],
                "must be a number, 0 or more": [0, 0.5, 1, 2, 3, 1e9],
                "must be a number, more than 0": [0.5, 1, 2, 3, 1e9],
            }
            self.assertEqual(at_all[words], taken, path)

    def test_refused(self) -> None:
        """What a setting can't be is refused with what it must be."""
        for path, value, said in (
            ("compress", 1, "true or false"),
            ("compress", "false", "true or false"),
            ("limits.payload", 0, "1 or more, not 0"),
            ("limits.payload", 1.5, "a whole number"),
            ("limits.remembered", True, "a whole number"),
            ("patience.identities", "3", "a whole number"),
            ("request_options.timeout", 0, "more than 0"),
            ("request_options.timeout", True, "a number"),
            ("chat_interval", -1, "0 or more, not -1"),
            ("chat_interval", float("inf"), "a number"),
            ("chat_interval", float("nan"), "a number"),
            ("chat_interval", 10**400, "a number"),
            ("chat_interval", [], "a number"),
            ("limits.stale_after", 0.0, "more than 0"),
            ("limits.deaf_after", 0, "more than 0"),
            ("limits.quiet_after", 0, "more than 0"),
            ("limits.remembered_for", 0, "more than 0"),
            ("limits.held", 0, "more than 0"),
            ("patience.first", 0, "more than 0"),
            ("patience.most", 0, "more than 0"),
            ("patience.offline", 0, "more than 0"),
            ("tolerance.rest", 0, "more than 0"),
            ("tolerance.probe", 0, "more than 0"),
            ("web_base", "www.tiktok.com", "https://host"),
            ("simulator", "127.0.0.1", "like 127.0.0.1:8090"),
            ("simulator", "http://127.0.0.1:8090", "like 127.0.0.1:8090"),
            ("simulator", "127.0.0.1:8090/", "like 127.0.0.1:8090"),
            ("simulator", "geheim@127.0.0.1:8090", "like 127.0.0.1:8090"),
            ("simulator", "127.0.0.1:0", "like 127.0.0.1:8090"),
            ("simulator", "127.0.0.1:99999", "like 127.0.0.1:8090"),
            ("web_base", "ftp://x", "https://host"),
            ("web_base", "https://x:99999", "https://host"),
            ("web_base", "https://x y", "https://host"),
            ("web_base", "https://x?apiKey=geheim", "https://host"),
            ("sign_base", "https://geheim@x", "without name and password"),
            ("ws_base", "https://x", "wss://host"),
            ("request_options.proxy", "ftp://x", "address of a proxy"),
            ("request_options.proxy", "geheim@host:1", "address of a proxy"),
            ("request_options.proxy", "http://x:geheim", "address of a proxy"),
            ("request_options.proxy", "http://x/path", "address of a proxy"),
            ("session_id", "geheim; x", "copy it again"),
            ("session_id", 7, "a text"),
            ("ttwid", "", "copy it again"),
            ("tt_target_idc", "ge\nheim", "copy it again"),
            ("sign_provider_options.api_key", "geheim geheim", "one word"),
            ("sources", [], "at least one"),
            ("sources", ["direct", "direct"], "once"),
            ("sources", ["indirect"], "must be of browser, classic, direct"),
            ("sources", "direct", "a list"),
            ("sources", [1], "a list"),
            ("sign_path", "upload", "connect or fetch, not 'upload'"),
            ("session_hosts", ["https://x"], "bare name"),
            ("session_hosts", ["x:80"], "bare name"),
            ("client_params", {"aid": 1988}, "a table"),
            ("client_params", ["aid"], "a table"),
            ("client_params", {"": "x"}, "a name"),
            ("request_headers", {"A B": "x"}, "names of headers"),
            ("websocket_headers", {"A": "x\r\nB: geheim"}, "one line"),
            ("sign_query", "", "begin with a program"),
            ("sign_query", "no-such-program-here", "begin with a program"),
            ("sign_query", "sh '", "no closing quotation"),
        ):
            answer = str(self.assertRaises(ValueError, checked, path, value))
            self.assertIn(said, answer, path)
            self.assertTrue(answer.startswith("must "), answer)
            self.assertNotIn("geheim", answer)
            self.assertLess(len(answer), 250)
