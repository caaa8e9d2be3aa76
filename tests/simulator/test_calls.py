"""Methods are called with what JSON says, and with nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.simulator.calls import call, parameters


class Target:
    """Something that can be told."""

    def plain(
        self,
        text: str,
        number: int = 1,
        *,
        share: float = 0.5,
        times: int | None = 1,
        on: bool = True,
    ) -> tuple[Any, ...]:
        return text, number, share, times, on

    def words(self, how: Literal["soft", "hard"], rates: Mapping[str, float] | None = None) -> Any:
        return how, rates

    def either(self, what: str | bytes, more: tuple[str, ...] = ()) -> Any:
        return what, more

    def never(self, what: bytes) -> None:
        raise AssertionError

    def nothing(self) -> str:
        return "done"


class CallsTests(SynchronousTestCase):
    """What the keys are, and what they may be."""

    def setUp(self) -> None:
        self.target = Target()

    def test_keys(self) -> None:
        """Parameters are keys, with what they may be; what JSON has not is none."""
        found = parameters(self.target.plain)
        assert found is not None
        self.assertEqual(["text", "number", "share", "times", "on"], list(found))
        self.assertEqual(["text"], [name for name, each in found.items() if each.is_needed])
        self.assertEqual("soft or hard", (parameters(Target.words) or {})["how"].says())
        self.assertEqual(["what"], list(parameters(Target.either) or {}))
        self.assertEqual({}, parameters(Target.nothing))
        self.assertIsNone(parameters(Target.never))

    def test_call(self) -> None:
        """What is said is given, and the rest is as it usually is."""
        self.assertEqual(("x", 1, 0.5, 1, True), call(self.target.plain, {"text": "x"}))
        said = {"text": "", "number": -3, "share": 2, "times": None, "on": False}
        self.assertEqual(("", -3, 2, None, False), call(self.target.plain, said))
        rates = {"reset": 0.1, "http": 1}
        self.assertEqual(("soft", rates), call(self.target.words, {"how": "soft", "rates": rates}))
        self.assertEqual("done", call(self.target.nothing, {}))

    def test_refused(self) -> None:
        """What is of another kind, too long or too large is refused, by the name of its key."""
        for method, body, said in (
            (self.target.plain, {}, "text is missing: a text"),
            (self.target.plain, {"text": None}, "text must be"),
            (self.target.plain, {"text": "x" * 1001}, "text must be"),
            (self.target.plain, {"text": ["x"]}, "text must be"),
            (self.target.plain, {"text": "x", "number": 1.5}, "number must be a whole number"),
            (self.target.plain, {"text": "x", "number": True}, "number must be"),
            (self.target.plain, {"text": "x", "number": 2**60}, "number must be"),
            (self.target.plain, {"text": "x", "number": None}, "number must be"),
            (self.target.plain, {"text": "x", "share": "1"}, "share must be a number"),
            (self.target.plain, {"text": "x", "share": float("inf")}, "share must be"),
            (self.target.plain, {"text": "x", "share": float("nan")}, "share must be"),
            (self.target.plain, {"text": "x", "on": 1}, "on must be true or false"),
            (self.target.plain, {"text": "x", "self": "y"}, "there is no key 'self'"),
            (self.target.words, {"how": "gently"}, "how must be soft or hard"),
            (self.target.words, {"how": "soft", "rates": {"a": "b"}}, "rates must be"),
            (
                self.target.words,
                {"how": "soft", "rates": dict.fromkeys(map(str, range(101)), 1)},
                "r",
            ),
            (self.target.either, {"what": "x", "more": ["y"]}, "there is no key 'more'"),
            (self.target.nothing, {"x" * 99: 1}, "there is no key"),
        ):
            error = self.assertRaises(ValueError, call, method, body)
            self.assertTrue(str(error).startswith(said), error)
            self.assertLess(len(str(error)), 200)
