"""Sentences for people have no names of classes, no tags, and nothing twice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase
from twisted.web._newclient import ParseError
from twisted.web.http import _DataLoss

import tiktoklive
from tests.wording import CLASS, TAG, wrong_words
from tiktoklive import errors
from tiktoklive.errors import ConnectError, Remedy, TikTokLiveError
from tiktoklive.errors.isolation import kind_in_words, said_by
from tiktoklive.fallback import all_failed
from tiktoklive.net.handshake import of_autobahn, refusal

ROOT = Path(tiktoklive.__file__).parent

#: The modules that put the name of a class into a text, and for whom.
NAMED = {
    "chat.py": "a program that gives something else than text",
    "dispatch/battles_carried.py": "what another node of a fleet wrote, told by the log here",
    "dispatch/subscription.py": "a program that gives what is no observer, or has no other name",
    "errors/isolation.py": "made to words there",
    "events/base.py": "repr(), and programs that write events",
    "fleet/values.py": "keys in a stream; and a program that tells events of its own",
    "described/given.py": "a program that gives what is no setting",
    "outputs/metrics/counters.py": "labels of figures",
    "stream/limits.py": "a key, shown to nobody",
    "testing/transport.py": "repr()",
    "wire/unique_id.py": "a program that gives something else than text",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """All modules of ours, by path."""
    for path in sorted(ROOT.rglob("*.py")):
        if not path.name.endswith("_pb2.py"):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def sentences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts of a module that have words, without docstrings."""
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and " " in node.value
            and id(node) not in documented
        ):
            yield node.lineno, node.value


def names_a_class(node: ast.AST) -> bool:
    """Whether it is ``type(x).__name__``."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr in ("__name__", "__qualname__")
        and isinstance(node.value, ast.Call)
    )


class SourceTests(SynchronousTestCase):
    """What stands in the source."""

    def test_no_classes(self) -> None:
        """No text names a class of errors, and none has a tag behind it."""
        found = [
            f"{path}:{line}: {text!r}"
            for path, tree in modules()
            for line, text in sentences(tree)
            if CLASS.search(text) or TAG.search(text)
        ]
        self.assertEqual([], found)

    def test_users(self) -> None:
        """A line about a user begins with their name as people write it."""
        found = [
            f"{path}:{line}: {text!r}"
            for path, tree in modules()
            for line, text in sentences(tree)
            if text.startswith(("{anchor}", "{user}"))
        ]
        self.assertEqual([], found)

    def test_no_names_of_classes(self) -> None:
        """No text is made of the name of a class, but for programs and in words."""
        found = {path for path, tree in modules() for node in ast.walk(tree) if names_a_class(node)}
        self.assertEqual(set(NAMED), found)


class TextTests(SynchronousTestCase):
    """What is made of errors."""

    def test_kind(self) -> None:
        """Of an error without words it is told what it is, not what its class is called."""
        for error, words in (
            (ValueError(), "value error"),
            (ParseError("no", b"GET /secret"), "parse error"),
            (type("HTTPOverTLSError", (Exception,), {})(), "http over tls error"),
            (SystemExit(), "system exit"),
            (_DataLoss(), "data loss"),
        ):
            self.assertEqual(words, kind_in_words(error))
        for problem, words in (
            (OSError(28, "No space left on device"), "No space left on device"),
            (ValueError("not so."), "not so"),
            (KeyboardInterrupt(), "keyboard interrupt"),
        ):
            self.assertEqual(words, said_by(problem))

    def test_all_failed(self) -> None:
        """What lists errors of each class has neither the classes nor what to do in tags."""
        failures: list[tuple[str, Exception]] = []
        for name in errors.__all__:
            kind = getattr(errors, name)
            if kind not in (Remedy, errors.AllFailedError, errors.ChatRefusedError):
                assert issubclass(kind, TikTokLiveError)
                failures.append((f"part {len(failures)}", kind("It failed.")))
        failures.append(("inner", all_failed("None did", [("a", ConnectError("x."))] * 2)))
        said = str(all_failed("Nobody answered", failures))
        self.assertTrue(said.startswith("Nobody answered. (1) part 0: It failed. (2) part 1: "))
        self.assertIsNone(CLASS.search(said))
        self.assertIsNone(TAG.search(said))

    def test_autobahn(self) -> None:
        """What autobahn wraps its reasons in is no part of them, and no status is told twice."""
        for said, left in (
            (
                'connection was closed uncleanly ("I dropped the WebSocket TCP connection: data '
                'frame using reserved opcode 3")',
                "data frame using reserved opcode 3",
            ),
            ("WebSocket connection upgrade failed [503]: Service Unavailable", "Service Unavail"),
            ('connection was closed uncleanly ("None")', "None"),
            ("going away", "going away"),
            ("", ""),
        ):
            self.assertTrue(of_autobahn(said).startswith(left))
        problem = "WebSocket connection upgrade failed [503]: Service Unavailable"
        told = str(refusal("ws.example", "HTTP/1.1 503 Service Unavailable", {}, problem))
        self.assertEqual(1, told.count("503"), told)

    def test_wrong_words(self) -> None:
        """What is wrong with a line is found, and nothing else."""
        for line, wrong in (
            ("@a: waiting: It is not there. It is not there.", "says twice: It is not there"),
            ("@a: waiting: one: ConnectError", "names a class: ConnectError"),
            ("@a: waiting: no [wait]", "has a tag: [wait]"),
            ("@a: waiting: No. (1) a: It is not there. (2) b: It is not there.", ""),
            ("@a: live: room 77", ""),
        ):
            self.assertEqual([wrong] if wrong else [], wrong_words(line), line)
