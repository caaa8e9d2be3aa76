"""
What the benchmarks read: the messages of a busy room, in frames.

The simulator makes the messages.  Its script changes from time to time, and what is compared with
another commit has to read the same bytes: where the variable :data:`FOLDER` names a folder, the
first that asks for messages leaves them there, and all others read that file.  Frames are written
by :mod:`tests.hostile.encoding`, which shares no code with the package.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from tests.hostile.encoding import batch, field, gzipped, message

#: Messages in a push frame, unless said otherwise.
PER_FRAME = 20

#: The variable that names the folder of what was made once for several processes.
FOLDER = "TIKTOKLIVE_BENCHMARK_FOLDER"

#: Wire name, payload, message id.
Message = tuple[str, bytes, int]


@contextmanager
def shared_folder() -> Iterator[Path]:
    """The folder for this process and those that it starts: the one that is named, or a new one."""
    if named := os.environ.get(FOLDER):
        yield Path(named)
        return
    with tempfile.TemporaryDirectory() as made:
        os.environ[FOLDER] = made
        try:
            yield Path(made)
        finally:
            del os.environ[FOLDER]


def kept(name: str, make: Callable[[], bytes]) -> bytes:
    """What is in the file of that name in the folder; it is made if it is not there yet."""
    if not (folder := os.environ.get(FOLDER)):
        return make()
    path = Path(folder, name)
    if not path.exists():
        begun = path.with_name(f"{name}.{os.getpid()}")
        begun.write_bytes(make())
        begun.replace(path)
    return path.read_bytes()


def packed(found: Sequence[Message]) -> bytes:
    """A line of JSON with name, size and id of each message, and behind it their payloads."""
    head = [(method, len(payload), number) for method, payload, number in found]
    return json.dumps(head).encode() + b"\n" + b"".join(payload for _, payload, _ in found)


def unpacked(data: bytes) -> list[Message]:
    """The messages again."""
    head, _, payloads = data.partition(b"\n")
    found, at = [], 0
    for method, size, number in json.loads(head):
        found.append((method, payloads[at : at + size], number))
        at += size
    return found


def messages(count: int, seed: int = 1) -> list[Message]:
    """Wire name, payload and message id of the realistic mix: chat 35 %, like 20, member 20 ..."""

    def make() -> bytes:
        from tiktoklive.simulator.lifelike import RandomScript

        return packed(list(islice(RandomScript(seed).messages(), count)))

    return unpacked(kept(f"messages-{seed}-{count}", make))


def push(payload: bytes, log_id: int, *, compress: bool = True) -> bytes:
    """A push frame that carries a batch and may be asked to be acknowledged by that number."""
    form = field(5, field(1, "compress_type") + field(2, "gzip" if compress else "none"))
    body = gzipped(payload) if compress else payload
    return field(2, log_id) + form + field(6, "pb") + field(7, "msg") + field(8, body)


def ext_of(log_id: int) -> str:
    """What a client has to repeat in its ack of that frame."""
    return f"internal_src:dim|wss_push_room_id:1|seq:{log_id}"


def frames(
    found: Sequence[Message], *, per_frame: int = PER_FRAME, compress: bool = True
) -> list[bytes]:
    """The messages in push frames, numbered from 1, all of which ask for acks."""
    made = []
    for log_id, start in enumerate(range(0, len(found), per_frame), 1):
        items = [message(m, payload, n) for m, payload, n in found[start : start + per_frame]]
        body = batch(*items, cursor=f"c{start}", internal_ext=ext_of(log_id))
        made.append(push(body, log_id, compress=compress))
    return made
