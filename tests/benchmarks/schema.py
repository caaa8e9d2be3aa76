"""The schema as data, so that a client can parse by it which imports nothing of the package."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

from tests.benchmarks.mix import kept

#: The file in the folder of what was made once.
NAME = "schema"


def written() -> bytes:
    """The schema of the package: its files, and the type of each wire name."""
    from tiktoklive.wire.frames_pb2 import DESCRIPTOR
    from tiktoklive.wire.messages import MESSAGE_TYPES

    files: dict[str, str] = {}

    def add(file: Any) -> None:
        for each in file.dependencies:
            add(each)
        files.setdefault(file.name, b64encode(file.serialized_pb).decode())

    add(DESCRIPTOR)
    for each in MESSAGE_TYPES.values():
        add(each.DESCRIPTOR.file)
    types = {name: each.DESCRIPTOR.full_name for name, each in MESSAGE_TYPES.items()}
    return json.dumps({"files": list(files.values()), "types": types}).encode()


@dataclass(frozen=True)
class Schema:
    """
    Classes of protobuf's own making.

    :ivar frame: of what is in a WebSocket message.
    :ivar batch: of a frame's payload.
    :ivar types: of messages, by wire name.
    """

    frame: Any
    batch: Any
    types: dict[str, Any]


def read(data: bytes | None = None) -> Schema:
    """The classes of a schema; of the one in the folder if none is given."""
    said = json.loads(kept(NAME, written) if data is None else data)
    pool = DescriptorPool()
    for file in said["files"]:
        pool.AddSerializedFile(b64decode(file))

    def known(name: str) -> Any:
        return GetMessageClass(pool.FindMessageTypeByName(name))

    return Schema(
        known("tiktoklive.WebcastPushFrame"),
        known("tiktoklive.WebcastResponse"),
        {name: known(full) for name, full in said["types"].items()},
    )
