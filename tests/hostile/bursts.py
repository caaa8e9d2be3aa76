"""Many frames in one packet, each a few hundred bytes long and as expensive as a frame may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile import encoding as e

if TYPE_CHECKING:
    from tests.hostile.trial import Trial


async def together(trial: Trial) -> str:
    """A hundred frames of 5,000 empty badges, sent at once: 20 KB that take seconds to read."""
    stream = await trial.join()
    sender = e.user(5, "bob", e.field(64, b"") * 5000)
    frames = [
        e.frame(e.push(e.batch(e.chat(number, trial.room, "hi", sender))))
        for number in range(1000, 1100)
    ]
    trial.begin()
    stream.writer.write(b"".join(frames))
    if not await stream.pong():
        return "WRONG: the stream is closed"
    told = await trial.count("chat") - 1  # without that of joining
    return "all told" if told == len(frames) else f"WRONG: {told} of {len(frames)} told"
