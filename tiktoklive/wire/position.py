"""Where in the messages of a room its next batch goes on."""

from __future__ import annotations

from dataclasses import dataclass

from tiktoklive.wire.frames_pb2 import WebcastResponse
from tiktoklive.wire.text import LONGEST


@dataclass(slots=True)
class Position:
    """
    A cursor and its companion, which go back to TikTok as they came (wire facts §10.2).

    They are kept as long as the stream and sent with each request.  So one that is longer than
    :data:`~tiktoklive.wire.text.LONGEST` is dropped, and the other one, which means nothing
    alone, with it: what is asked for without them begins anew.

    :ivar cursor: ``""`` for the beginning.
    :ivar internal_ext: the companion.
    """

    cursor: str = ""
    internal_ext: str = ""

    def take(self, batch: WebcastResponse) -> bool:
        """
        Go on behind a batch; what it leaves out, or cannot be sent back, stays as it was.

        :return: whether it can be gone on from there; false if the cursor is too long.
        """
        cursor, internal_ext = batch.cursor, batch.internal_ext
        if len(cursor) > LONGEST or len(internal_ext) > LONGEST:
            self.cursor = self.internal_ext = ""
            return False
        # What is no text cannot be sent back as it came.
        if cursor and isinstance(cursor, str):
            self.cursor = cursor
        if internal_ext and isinstance(internal_ext, str):
            self.internal_ext = internal_ext
        return True
