"""The tapes of a daemon: those that it writes, and the one that it plays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from twisted.python.usage import UsageError

from tiktoklive import capture
from tiktoklive.capture.recording import RecordedOpener
from tiktoklive.files.reading import check_regular
from tiktoklive.service import LiveService
from tiktoklive.signing import FixedSigner
from tiktoklive.wiring import Wiring


def recording_of(
    wiring: Wiring, path: str, users: Sequence[str]
) -> tuple[Wiring, capture.Recording]:
    """
    The wiring that writes tapes, and the service that watches over them.

    :raise UsageError: no tape can be written there.
    """
    # twistd goes to its --rundir after this: the path is that of the command line.
    tape = Path(path).absolute()
    try:
        if not tape.parent.is_dir():
            raise UsageError(f"--record: there is no directory {Path(path).parent}: make it first.")
        recorder = capture.Recorder(wiring.opener, tape, wiring.reactor, per_user=len(users) > 1)
        for user in users:
            recorder.check(user)
    except ValueError as e:
        raise UsageError(f"--record {path}: {e}") from e
    except OSError as e:
        raise UsageError(f"--record: {path} cannot be written: {e.strerror or e}.") from e

    around = partial(RecordedOpener, recorder)
    return replace(wiring, opener=recorder, around=around), capture.Recording(recorder, users)


def replaying(
    wiring: Wiring, path: str, speed: float
) -> tuple[Wiring, capture.Replay, capture.TapeResolver]:
    """
    The wiring that plays a tape, and who knows what is in it.

    :raise UsageError: it is not there, or no regular file.
    """
    tape = Path(path).absolute()  # as for --record
    try:
        check_regular(tape)
    except OSError as e:
        raise UsageError(f"--replay: {path} cannot be read: {e.strerror}.") from e
    replay = capture.Replay(tape, wiring.reactor, speed=speed)
    resolver = capture.TapeResolver(tape)
    wiring = replace(
        wiring,
        resolver=resolver,
        signer=FixedSigner("replay"),
        opener=replay,
        sources=(),
        other_guest=None,
    )
    return wiring, replay, resolver


def open_tape(tape: capture.TapeResolver, live: LiveService) -> None:
    """Follow the user whose tape it is."""
    user = tape.begin()
    if user not in live.status():  # else it is started again
        live.add(user)
