"""Messages that come whole, beside autobahn's way of reading them."""

from __future__ import annotations

from random import Random
from unittest.mock import patch

from tests.net.raw import StreamTestCase, close_frame, frame
from tiktoklive.errors import FrameTooLargeError
from tiktoklive.net.bounded import BoundedClient


class WholeTests(StreamTestCase):
    """Messages in one frame, which do not take autobahn's way."""

    def made_of(self, pieces: list[bytes], *, detour: bool) -> tuple[object, ...]:
        """What is delivered, answered, and told at the end."""
        self.listener.frames.clear()
        self.listener.over.clear()
        stream = self.opened()
        if detour:
            with patch.object(BoundedClient, "_whole_message", lambda stream: None):
                self.say(*pieces)
        else:
            self.say(*pieces)
        answers = self.servers[-1].client_frames()
        over = [(type(each), str(each)) for each in self.listener.over]
        stream.close()
        self.hang_up()
        return [*self.listener.frames], answers, over

    def test_same(self) -> None:
        """Whatever frames arrive, and however they are cut, it is the same as autobahn's way."""
        chance = Random(15)
        long = bytes(range(256)) * 300
        kinds = (
            *(frame(long[:size]) for size in (0, 1, 2, 125, 126, 127, 1000, 65_535, 65_536)),
            frame(b"a", 2, fin=False) + frame(b"b", 9) + frame(b"c", 0),
            frame(b"text", 1),
            frame(b"are you there", 9),
            frame(b"\x82\x01x", 10),
            frame(b"\x82\x01x" * 30),
        )
        last = (
            *(b"\x82\x81mask", b"\x82\x7e\x00\x05short", b"\xc2\x01x", b"\x83\x00", b"\x80\x00"),
            frame(b"a", 2, fin=False) + frame(b"b"),
            frame(b"x" * 200_001),
            frame(b"x" * 1000)[:-1],
            close_frame(1000) + frame(b"behind"),
            b"",
        )
        for number in range(40):
            data = b"".join(chance.choices(kinds, k=8)) + last[number % len(last)]
            step = chance.choice((len(data) // 50 + 1, 5000, len(data)))
            pieces = [data[at : at + step] for at in range(0, len(data), step)]
            at_once = self.made_of(pieces, detour=False)
            self.assertEqual(self.made_of(pieces, detour=True), at_once, (number, data[:300]))

    def test_taken(self) -> None:
        """They are taken, with the length in either place, one after the other."""
        self.opened()
        with patch.object(BoundedClient, "onMessageBegin", self.fail):
            self.say(frame(b"one") + frame(b"two" * 1000) + frame(b"three"))
        self.assertEqual([b"one", b"two" * 1000, b"three"], self.listener.frames)

    def test_not_all_there(self) -> None:
        """One whose end is missing yet is delivered as it comes, and those behind it too."""
        self.opened()
        data = frame(b"one") + frame(b"two" * 50) + frame(b"three")
        for end in range(len(data)):
            self.listener.frames.clear()
            self.say(data[:end], data[end:])
            self.assertEqual([b"one", b"two" * 50, b"three"], self.listener.frames)

    def test_limit(self) -> None:
        """One that is too large is refused as any other."""
        self.opener.max_frame = 1000
        self.opened()
        self.say(frame(b"x" * 1000) + frame(b"y" * 1001) + frame(b"z"))
        self.assertEqual([b"x" * 1000], self.listener.frames)
        self.assertIsInstance(self.listener.over[0], FrameTooLargeError)
        self.assertQuiet()
