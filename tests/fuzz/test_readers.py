"""Whatever comes, nothing but the documented errors comes out of a reader."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tests.fuzz.readers import METHODS, READERS, Reader

#: Values that a field of JSON should not have.
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(1 << 70), 1 << 70),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["\ud800", "\x00", "7" * 30, "https://[", "2", "", "\u2028", [], {}, [[[]]]]),
    st.lists(st.integers() | st.none(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=3),
)


def changed_json(draw: st.DrawFn, value: Any) -> Any:
    """A JSON value with odd things in some of its places."""
    if draw(st.integers(0, 5)) == 0:
        return draw(ODD)
    if isinstance(value, dict):
        kept = {name: changed_json(draw, each) for name, each in value.items()}
        for name in draw(st.lists(st.sampled_from([*value, "message", "error"]), max_size=2)):
            kept.pop(name, None)
        return kept
    if isinstance(value, list):
        return [changed_json(draw, each) for each in value] * draw(st.integers(1, 2))
    return value


def changed_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes of which some were cut out, doubled, or became others."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 12)))
        piece = draw(st.binary(max_size=12) | st.just(data[start:end] * 2))
        data = data[:start] + piece + data[end:]
    return data


@st.composite
def inputs(draw: st.DrawFn, samples: tuple[bytes, ...]) -> bytes:
    """Any bytes, or what is like a sample."""
    if not samples or draw(st.integers(0, 4)) == 0:
        return draw(st.binary(max_size=300))
    sample = draw(st.sampled_from(samples))
    start, end = sample.find(b"{"), sample.rfind(b"}") + 1
    try:
        content = json.loads(sample[start:end])
    except ValueError:
        return changed_bytes(draw, sample)
    text = json.dumps(changed_json(draw, content)).encode()
    choice = draw(st.just(sample[:1]) | st.binary(min_size=1, max_size=1))
    return choice + sample[1:start] + text + sample[end:]


class ReaderTests(SynchronousTestCase):
    """Each reader, with any bytes, and with such as are like those that it is made for."""

    def test_samples(self) -> None:
        """What a reader is made for does not all come out as an error."""
        for name, reader in READERS.items():
            if reader.documented and reader.samples:
                with self.subTest(name):
                    if name == "handshake":
                        continue  # whose answer is never right, as its key is random
                    reader.read(reader.samples[0])

    def test_finds_mistakes(self) -> None:
        """An error of another kind escapes, and so does a message that is no single line."""

        def fail(data: bytes) -> None:
            raise ValueError("one line\nand another")

        self.assertRaises(ValueError, Reader(fail, (KeyError,)), b"")
        self.assertRaises(AssertionError, Reader(fail, (ValueError,)), b"")

    def test_every_message(self) -> None:
        """Random bytes through every type of message."""

        @settings(max_examples=15, deadline=None)
        @given(st.binary(max_size=60))
        def read(data: bytes) -> None:
            for number in range(len(METHODS)):
                READERS["message"](bytes([number]) + data)

        read()


def _test(name: str, reader: Reader) -> Any:
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(inputs(reader.samples))
    def test(self: SynchronousTestCase, data: bytes) -> None:
        reader(data)

    test.__doc__ = f"{name}: {[kind.__name__ for kind in reader.documented]}, and nothing else."
    return test


for _name, _reader in READERS.items():
    _words = "".join(letter if letter.isalnum() else " " for letter in _name).split()
    setattr(ReaderTests, f"test_{'_'.join(_words)}", _test(_name, _reader))
