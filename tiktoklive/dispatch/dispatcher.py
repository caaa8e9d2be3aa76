"""
Messages to events to observers, by interface.

An observer's own zope interface is its subscription: whatever methods the observer
interfaces that it provides have, those events it gets.  Functions subscribe with
:meth:`Dispatcher.on`.  What no observer wants is not decoded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from google.protobuf.message import DecodeError as ProtobufDecodeError
from google.protobuf.message import Message

from tiktoklive.dispatch.backpressure import BackPressure
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.limits import BUSY, BUSY_BYTES
from tiktoklive.dispatch.observers import Observers, Taker, failure_now
from tiktoklive.dispatch.subscription import ALL
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.errors import MessageTooLargeError
from tiktoklive.errors.isolation import FAULTS, without_frames
from tiktoklive.events.base import MessageEvent, Origin
from tiktoklive.events.control import Error, StreamEnd
from tiktoklive.events.raw import DecodedData, RawData
from tiktoklive.events.room import Control
from tiktoklive.events.streak import STREAM_END
from tiktoklive.events.table import ROWS
from tiktoklive.logs import LogThrottle, told_again
from tiktoklive.wire.fields import small
from tiktoklive.wire.frames_pb2 import ResponseMessage
from tiktoklive.wire.limits import MAX_MESSAGE, MAX_MESSAGE_FIELDS
from tiktoklive.wire.messages import check_message, problem_of
from tiktoklive.wire.text import text

#: How many wire names are told apart, and how long they may be: TikTok has a few hundred.
NAMES_KEPT, _LONG = 1000, 100
#: Seconds between two errors about messages of one name in one room that do not decode; for how
#: many names and rooms that is known.
MINUTE, _TOLD = 60.0, 10_000
#: Under which those beyond are counted.
OTHERS = "(others)"

#: What to do with the messages of one wire name: up to how many bytes nothing that is made of one
#: is too much; how to decode the payload and the event's class (``None`` for a type that the schema
#: does not know); whom the event goes to; who wants it before, as decoded data; whether further
#: events may come out of it.  A plain tuple, since it is taken apart for every message, and Python
#: does that fastest with these.
Plan = tuple[
    int,
    Callable[[bytes], Message] | None,
    type[MessageEvent] | None,
    tuple[Taker, ...],
    tuple[Taker, ...],
    bool,
]

#: The plan for messages that no observer wants: they stay undecoded.
_LEAVE: Plan = (0, None, None, (), (), False)


class Dispatcher(Observers):
    """
    Delivers events in order, each to its observers in the order they were added.

    :param largest: bytes of a message that is decoded.
    :param fields: fields of one, at all depths.
    :ivar undecodable: by wire name, messages that did not decode, or were too large, and were
        skipped.
    :ivar too_large: how many of them were too large.
    :ivar unknown: by wire name, messages of types that the schema does not know.
    """

    def __init__(
        self,
        back_pressure: BackPressure | None = None,
        *,
        busy: int = BUSY,
        busy_bytes: int = BUSY_BYTES,
        largest: int = MAX_MESSAGE,
        fields: int = MAX_MESSAGE_FIELDS,
    ) -> None:
        super().__init__(back_pressure, busy=busy, busy_bytes=busy_bytes)
        self._largest = largest
        self._fields = fields
        self._plans: dict[str, Plan] = {}
        self.undecodable: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.too_large = 0
        self._skipped = LogThrottle(MINUTE, kept=_TOLD)

    def _forget(self) -> None:
        super()._forget()
        self._plans.clear()

    def _plan(self, method: str) -> Plan:
        row = ROWS.get(method)
        if row is None:
            plan: Plan = (0, None, None, self._route(ALL), (), False)
        else:
            kind = row.event_class
            callbacks, decoded = self._route(kind.name), self._route(DecodedData.name)
            # A control message may end the stream, so the session always wants to know.
            derives = kind is Control or any(self._route(name) for name in kind.derives)
            if callbacks or decoded or derives:
                harmless = min(self._largest, small(self._fields, row.message_class))
                parse = row.message_class.FromString
                plan = (harmless, parse, kind, callbacks, decoded, derives)
            else:
                plan = _LEAVE
        if row is not None or (len(self._plans) < NAMES_KEPT and len(method) <= _LONG):
            self._plans[method] = plan
        return plan

    def observes(self, method: str) -> bool:
        """Whether messages of that wire name are delivered to an observer, be it as bytes only."""
        plan = self._plans.get(method) or self._plan(method)
        return plan is not _LEAVE or bool(self._route(RawData.name))

    def messages(
        self,
        messages: Iterable[ResponseMessage],
        where: Callable[[], Origin],
        seen: DedupWindow,
        trackers: Trackers | None = None,
    ) -> StreamEnd | Control | None:
        """
        Deliver the messages of a batch, each for itself.

        First every message's raw data, then for each in order its decoded data, its own
        event, and what is derived from it.  Messages that no observer wants stay undecoded,
        but for control messages: they may end the stream.

        :param where: gives the origin of their events; called only if there are any.
        :param seen: what was delivered before, and is not delivered again.
        :param trackers: what is told of several messages together, and is over with the broadcast.
        :return: the end of the broadcast, if one of them told it; otherwise its last pause, or
            the end of that.
        """
        ended = control = origin = None
        ids, highest, plans, make_empty = seen.ids, seen.highest, self._plans, object.__new__
        if self._route(RawData.name):
            messages = seen.fresh(messages)
            ids, highest = {}, -1  # they were looked up just now
            origin = where()
            for item in messages:
                self.tell(_raw(item, origin))
        for item in messages:
            method = item.method
            plan = plans.get(method)
            if plan is _LEAVE:
                continue
            if plan is None:
                plan = self._plan(method)
                if plan is _LEAVE:
                    continue
            number = item.msg_id
            if number in ids or (number <= highest and seen.packed(number)):
                seen.dropped += 1
                continue
            if number:
                ids[number] = None
            else:
                number = self._inner_number(item, plan, seen)
                if number < 0:
                    continue
            if origin is None:
                origin = where()
            harmless, parse, make, callbacks, decoded, derives = plan
            if parse is None or make is None:
                self._unknown(item, callbacks, origin)
                continue
            payload = item.payload
            try:
                if len(payload) > harmless:
                    self._count(method, payload)
                message = parse(payload)
            except ProtobufDecodeError as error:
                self._undecodable(item, error, origin)
                continue
            # As make(...) would, without the cost of two more calls for every message.
            event = make_empty(make)
            event.message = message
            event.payload = payload
            event.number = number
            event.is_history = item.is_history
            event.origin = origin
            if decoded:
                view = DecodedData(event)
                for taker in decoded:
                    self._call(taker, view)
            for callback, subscription in callbacks:
                # As in _call(), written out: this is the one loop that runs for every message.
                try:
                    result = callback(event)
                except FAULTS:
                    self._failed(failure_now(), callback, event)
                else:
                    if result is not None:
                        self._later(result, callback, subscription, event)
            if derives:
                if isinstance(event, Control) and event.applies:
                    control = event  # what was before we came, the look-up knows better
                for derived in event.derived() if trackers is None else trackers.take(event):
                    if isinstance(derived, StreamEnd):
                        ended = derived
                        if trackers is not None:
                            trackers.finish(STREAM_END)
                    self.tell(derived)
            del event, message, payload
        seen.trim()
        return ended or control

    def _count(self, method: str, payload: bytes) -> None:
        """A message is so large that what would be made of it is counted first."""
        check_message(payload, ROWS[method].message_class, self._largest, self._fields)

    def _inner_number(self, item: ResponseMessage, plan: Plan, seen: DedupWindow) -> int:
        """
        The id that a message has inside, where the batch tells none, and 0 if it has none either.

        It counts as delivered from now on.

        :return: -1 if it was delivered before.
        """
        harmless, parse, *_ = plan
        if parse is None:
            return 0
        payload = item.payload
        try:
            if len(payload) > harmless:
                self._count(item.method, payload)
            common = getattr(parse(payload), "common", None)
        except ProtobufDecodeError:
            return 0  # which is told when it is its turn
        number: int = 0 if common is None else common.msg_id
        if number in seen:
            seen.dropped += 1
            return -1
        if number:
            seen.ids[number] = None
        return number

    def _unknown(self, item: ResponseMessage, takers: tuple[Taker, ...], origin: Origin) -> None:
        method = text(item.method)
        if _first(self.unknown, method):
            self.log.debug(
                "@{anchor}: {method!r} is not in the schema; it is delivered as raw data",
                anchor=origin.anchor,
                method=method[:_LONG],
            )
        for taker in takers:
            self._call(taker, _raw(item, origin))

    def _undecodable(self, item: ResponseMessage, error: Exception, origin: Origin) -> None:
        problem = problem_of(text(item.method), item.payload, error)
        # Without its frames, which would keep the batch as long as an observer keeps the error.
        without_frames(error)
        problem.__cause__ = error
        self.too_large += isinstance(problem, MessageTooLargeError)
        if _first(self.undecodable, item.method):
            self.log.warn(
                "@{anchor}: {problem} Further ones are only counted.",
                anchor=origin.anchor,
                problem=problem,
            )
        again = self._skipped.again((origin.anchor, item.method), origin.received_at / 1000)
        if again is not None:
            info = f"message decoding failed{told_again(again)}"
            self.tell(Error(info, problem, origin))
        # Observers of everything get at least its bytes, as of a message of an unknown type.
        for taker in self._route(ALL):
            self._call(taker, _raw(item, origin))


def _first(counts: Counter[str], method: str) -> bool:
    """Count it; whether it is the first of its name.  Invented names share one count."""
    if method not in counts and (len(counts) >= NAMES_KEPT or len(method) > _LONG):
        method = OTHERS
    counts[method] += 1
    return counts[method] == 1


def _raw(item: ResponseMessage, origin: Origin) -> RawData:
    return RawData(text(item.method), item.payload, item.msg_id, item.is_history, origin)
