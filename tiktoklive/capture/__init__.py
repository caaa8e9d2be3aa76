"""Capture and replay: the tape format, a recorder around an opener, a tape as an opener."""

from tiktoklive.capture.recorder import Recorder
from tiktoklive.capture.replay import Replay, TapeResolver
from tiktoklive.capture.tape import TapeEntry, TapeHeader, read_header, read_tape

__all__ = [
    "Recorder",
    "Replay",
    "TapeEntry",
    "TapeHeader",
    "TapeResolver",
    "read_header",
    "read_tape",
]
