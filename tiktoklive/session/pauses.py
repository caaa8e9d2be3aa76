"""What a session does while it waits: the states of :mod:`tiktoklive.session.machine` that do."""

from __future__ import annotations

from dataclasses import replace

from twisted.internet.interfaces import IDelayedCall

from tiktoklive.events.control import Error, Reconnecting
from tiktoklive.events.streak import STREAM_END
from tiktoklive.session.core import Core
from tiktoklive.session.inputs import Inputs
from tiktoklive.session.log import in_words
from tiktoklive.session.retry import RetryDelay


def wait(c: Inputs, s: Core, error: Exception, delay: RetryDelay) -> IDelayedCall:
    """Wait for the next try, and count the failure."""
    s.run = replace(s.run, failures=s.run.failures + 1, delay=delay.own)
    s.session_log.enter("waiting", in_words(error, delay.whole, s.broadcast.room))
    s.dispatcher.tell(Reconnecting(delay.whole, s.run.failures, error, s.origin()))
    return s.parts.clock.callLater(delay.whole, s.go_on, c)


def stay_refused(c: Inputs, s: Core, error: Exception, delay: RetryDelay) -> IDelayedCall:
    """Wait until those are asked again who refused for good, by their words."""
    then, before = (s.stops.count, s.unique_id), s.run.refusal
    known = before is not None and str(before) == str(error)
    s.run = replace(s.run, failures=s.run.failures + 1, refusal=error)
    s.session_log.enter("refused", in_words(error, delay.whole), quietly=known)
    if not known:
        s.dispatcher.tell(Error("Error while connecting", error, s.origin()))
    if (s.stops.count, s.unique_id) == then:
        s.on_refused()
    return s.parts.clock.callLater(delay.whole, s.go_on, c)


def look_again(c: Inputs, s: Core, error: Exception, delay: RetryDelay) -> IDelayedCall:
    """Wait until the user is looked up again, who is not live."""
    known = s.run.offline == str(error)
    s.run = replace(s.run.calm(), offline=str(error))
    s.trackers.finish(STREAM_END)
    said = f"{error} Next look in {delay.whole:.0f} s."
    s.session_log.enter("offline", said, quietly=known)
    return s.parts.clock.callLater(delay.whole, c.again)
