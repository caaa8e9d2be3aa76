"""Capture and replay: the tape format, a recorder around an opener, a tape as an opener."""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = [
    "Recorder",
    "Recording",
    "Replay",
    "TapeEntry",
    "TapeHeader",
    "TapeResolver",
    "read_header",
    "read_tape",
]

if TYPE_CHECKING:
    from tiktoklive.capture.recorder import Recorder as Recorder
    from tiktoklive.capture.recording import Recording as Recording
    from tiktoklive.capture.replay import Replay as Replay
    from tiktoklive.capture.replay import TapeResolver as TapeResolver
    from tiktoklive.capture.tape import TapeEntry as TapeEntry
    from tiktoklive.capture.tape import TapeHeader as TapeHeader
    from tiktoklive.capture.tape import read_header as read_header
    from tiktoklive.capture.tape import read_tape as read_tape
else:
    __getattr__, __dir__ = exported(
        __name__,
        {
            "recorder": ["Recorder"],
            "recording": ["Recording"],
            "replay": ["Replay", "TapeResolver"],
            "tape": ["TapeEntry", "TapeHeader", "read_header", "read_tape"],
        },
    )
