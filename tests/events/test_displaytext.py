"""The line that TikTok's own client shows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from google.protobuf import text_format
from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import made
from tiktoklive.events.displaytext import LONGEST, filled
from tiktoklive.wire.common_pb2 import Text, TextPiece


def shown(fields: str) -> str:
    """The line of a text, given as protobuf's text format."""
    return filled(text_format.Parse(fields, Text()))


class Counted(list[TextPiece]):
    """Pieces that count how often one of them is asked for."""

    read = 0

    def __getitem__(self, index: Any) -> Any:
        self.read += 1
        return super().__getitem__(index)


class FilledTests(SynchronousTestCase):
    """A pattern and its pieces."""

    def test_each_kind(self) -> None:
        """Users, gifts, words and names of translations take their places, in any order."""
        line = shown(
            """
            key: "k" default_pattern: "{1:gift} x{2:string} by {0:user}: {3:pattern}!"
            pieces { type: 11 user_value { user { nickname: "Bob" unique_id: "bob" } } }
            pieces { type: 12 gift_value { name_ref { key: "g" default_pattern: "Rose" } } }
            pieces { type: 1 string_value: "3" }
            pieces { type: 14 pattern_ref_value { key: "only_a_key" } }
            """
        )
        self.assertEqual("Rose x3 by Bob: only_a_key!", line)

    def test_user_without_nickname(self) -> None:
        """A user without a nickname is called by the name that the address has."""
        user = (
            'default_pattern: "{0:user} joined" pieces { user_value { user { unique_id: "b" } } }'
        )
        self.assertEqual("b joined", shown(user))

    def test_unknown_piece(self) -> None:
        """A piece of a type that nobody knows, or that is missing, shows what it is called."""
        line = 'default_pattern: "{0:sparkle} and {7:user} and {1}" pieces { type: 99 }'
        self.assertEqual("sparkle and user and {1}", shown(line))

    def test_no_place(self) -> None:
        """Braces that are no place stay as they are."""
        for pattern in ("{user}", "{0", "{0:a{b}}", "0}", "{-1:user}", "{100:user}"):
            self.assertEqual(pattern, shown(f'default_pattern: "{pattern}"'))

    def test_filled_once(self) -> None:
        """A nickname that looks like a place is text."""
        line = """
            default_pattern: "{0:user} joined"
            pieces { user_value { user { nickname: "{1:string}" } } } pieces { string_value: "x" }
        """
        self.assertEqual("{1:string} joined", shown(line))

    def test_no_pattern(self) -> None:
        """Without a pattern there is nothing to show: a key is for programs."""
        self.assertEqual(("", ""), (shown('key: "pm_x"'), shown("")))

    def test_bounded(self) -> None:
        """Neither the pattern, nor the pieces, nor the line are longer than a line may be."""
        many = Text(default_pattern="{0:user}" * LONGEST)
        many.pieces.add().string_value = "x" * 1_000_000
        self.assertEqual("x" * LONGEST, filled(many))

    def test_read_once(self) -> None:
        """A piece is read once, however often the pattern names it, and no piece behind the end."""
        for words, line, read in (("ab", "ab" * 100, 2), (["x" * LONGEST] * 2, "x" * LONGEST, 1)):
            pieces = Counted(TextPiece(string_value=each) for each in words)
            shown: Any = SimpleNamespace(default_pattern="{0}{1}" * 100, pieces=pieces)
            self.assertEqual(line, filled(shown))
            self.assertEqual(read, pieces.read)


class EventTests(SynchronousTestCase):
    """The line of an event."""

    LINE = """
        common { display_text {
            default_pattern: "{0:user} is here" pieces { user_value { user { nickname: "Bob" } } }
        } }
    """

    def test_text(self) -> None:
        """Events have the line, and those that are no classic ones have it in their JSON."""
        event = made("RoomMessage", self.LINE)
        self.assertEqual(("Bob is here", "Bob is here"), (event.text, event.as_dict()["text"]))
        self.assertNotIn("text", event.as_decoded())

    def test_classic(self) -> None:
        """The JSON of the classic types stays what it was."""
        event = made("MemberMessage", self.LINE)
        self.assertEqual("Bob is here", event.text)
        self.assertNotIn("text", event.as_dict())

    def test_none(self) -> None:
        """An event without such a line has an empty one, and none in its JSON."""
        event = made("RoomMessage", "common { msg_id: 1 }")
        self.assertEqual("", event.text)
        self.assertNotIn("text", event.as_dict())
