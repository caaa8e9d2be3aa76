"""What the benchmarks read: frames of a busy room, twenty messages each."""

from __future__ import annotations

from itertools import islice

from tiktoklive.simulator.lifelike import RandomScript
from tiktoklive.wire.batches import build_batch
from tiktoklive.wire.frames import push

#: Messages in a push frame.
PER_FRAME = 20


def messages(count: int, seed: int = 1) -> list[tuple[str, bytes, int]]:
    """Wire name, payload and message id of the realistic mix: chat 35 %, like 20, member 20 ..."""
    return list(islice(RandomScript(seed).messages(), count))


def frames(found: list[tuple[str, bytes, int]], *, compress: bool = True) -> list[bytes]:
    """The messages in push frames of twenty, asking for acks."""
    return [
        push(
            build_batch(
                [(method, payload, number, False) for method, payload, number in part],
                cursor=f"c{start}",
                internal_ext=f"internal_src:dim|wss_push_room_id:1|seq:{start}",
                needs_ack=True,
            ),
            start + 1,
            compress=compress,
        )
        for start in range(0, len(found), PER_FRAME)
        if (part := found[start : start + PER_FRAME])
    ]
