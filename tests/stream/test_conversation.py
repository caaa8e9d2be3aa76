"""What is said on one stream: entering, heartbeats, acks, silence; between fakes, on a clock."""

from __future__ import annotations

from zope.interface.verify import verifyObject

from tests.seams import ROOM, Stream
from tests.stack.case import Recorder, chat
from tests.stream.conversing import ConversationCase, over
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.errors import StreamLostError
from tiktoklive.events import Error, Gap, StreamEnd
from tiktoklive.interfaces import IWitness
from tiktoklive.model import Resume, Ticket
from tiktoklive.stream.conversation import Conversation, Limits, Tally
from tiktoklive.stream.gaps import Loss
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch

#: Up to so many attributes CPython keeps their names once for the whole class; an instance with
#: more takes 1.3 KiB for its own.
SHARED = 29


class ConversationTests(ConversationCase):
    """One conversation."""

    def test_attributes(self) -> None:
        """It has few enough attributes for a process that has hundreds, beside another one too."""
        self.begin()
        names = {*vars(self.conversation), "paired"}
        self.assertLessEqual(len(names), SHARED, sorted(names))

    def test_no_initial_data(self) -> None:
        """Without initial data neither the ticket's batch nor history is told, nor repeats."""
        first = build_batch([(*chat("first"), 1, False)], cursor="c")
        self.conversation, self.stream = self.converse(initial_data=False, first_batch=first)
        self.begin()
        again = [(*chat("first"), 1, False), (*chat("old"), 2, True), (*chat("new"), 3, False)]
        self.conversation.frame(frames.push(build_batch(again), 5))
        self.conversation.frame(frames.push(build_batch([(*chat("old"), 2, False)]), 6))
        self.assertEqual(["new"], self.seen.comments())

    def test_begin(self) -> None:
        """It enters the room, then sends the first heartbeat."""
        self.begin()
        self.assertEqual(["im_enter_room", "hb"], self.stream.types)
        entered = frames.parse_enter_room(self.stream.sent[0].payload)
        beat = frames.parse_heartbeat(self.stream.sent[1].payload)
        self.assertEqual((ROOM.room_id, ROOM.room_id), (str(entered.room_id), str(beat.room_id)))
        self.assertEqual(1, beat.send_packet_seq_id)

    def test_own_pace(self) -> None:
        """The handshake's wish for heartbeats is kept, whatever batches say."""
        self.stream.heartbeat = 3
        self.begin()
        self.stream.push(heartbeat_duration=1000)
        self.clock.pump([1] * 9)
        self.assertEqual(4, self.stream.types.count("hb"))

    def test_handshake_pace_is_bounded(self) -> None:
        """A wish of the handshake is kept within the same bounds as a batch's."""
        for wish, beats in ((0.001, 11), (300.0, 1)):
            with self.subTest(wish):
                self.conversation, self.stream = self.converse()
                self.stream.heartbeat = wish
                self.begin()
                self.clock.pump([1] * 10)
                self.assertEqual(beats, self.stream.types.count("hb"))
                self.clock.pump([1] * 20)
                self.assertGreater(self.stream.types.count("hb"), 1)
                self.stream.lose(None)

    def test_pace_of_batches(self) -> None:
        """Without one, the last batch's is."""
        self.begin()
        self.stream.push(heartbeat_duration=2000)
        self.clock.pump([1] * 6)
        self.assertEqual(4, self.stream.types.count("hb"))

    def test_ack(self) -> None:
        """A batch that asks for it is acknowledged with the frame's number and its own text."""
        self.begin()
        self.conversation.frame(frames.push(build_batch((), needs_ack=True, internal_ext="x"), 77))
        ack = self.stream.sent[-1]
        self.assertEqual((77, "ack", b"x"), (ack.log_id, ack.payload_type, ack.payload))

    def test_ack_before_events(self) -> None:
        """It is acknowledged before its events are delivered: observers may be slow."""
        self.begin()
        data = build_batch([(*chat("hi"), 1, False)], needs_ack=True)
        types: list[list[str]] = []
        self.conversation._dispatcher.on("chat", lambda event: types.append(self.stream.types))
        self.conversation.frame(frames.push(data, 5))
        self.assertEqual("ack", types[0][-1])

    def test_no_ack_for_batches(self) -> None:
        """A batch without a frame has no number to acknowledge."""
        self.begin()
        self.conversation.batch(build_batch([(*chat("hi"), 1, False)], needs_ack=True))
        self.assertNotIn("ack", self.stream.types)
        self.assertEqual(["hi"], self.seen.comments())

    def test_first_batch(self) -> None:
        """A batch that came with the ticket is delivered when the stream is open."""
        first = build_batch([(*chat("first"), 1, False)], cursor="c")
        self.conversation, self.stream = self.converse(first_batch=first)
        self.assertEqual([], self.seen.events)
        self.begin()
        self.assertEqual(["first"], self.seen.comments())
        self.stream.lose(None)
        self.assertEqual("c", over(self.conversation).resume.cursor)

    def test_resume(self) -> None:
        """It knows the last cursor and internal_ext that were not empty, at first the ticket's."""
        error = StreamLostError("lost")
        for pushed, cursor, ext in ((False, "c0", "i0"), (True, "c1", "i1")):
            conversation, stream = self.converse(cursor="c0", internal_ext="i0")
            conversation.begin(stream)
            if pushed:
                stream.push(cursor="c1")
                stream.push(internal_ext="i1")
            stream.lose(error)
            self.assertIs(error, over(conversation).reason)
            self.assertEqual(Resume(cursor, ext, error), over(conversation).resume)

    def test_undecided(self) -> None:
        """Until it shows whether something was missed, the next one begins where this one did."""
        error = StreamLostError("lost")
        before = Resume("c0", "i0", tried=(("direct", error),))
        conversation, stream = self.converse(
            cursor="c0", internal_ext="i0", resume=before, loss=Loss(90, error, 7)
        )
        conversation.begin(stream)
        stream.push(cursor="c1", internal_ext="i1")
        stream.lose(None)
        left = over(conversation)
        self.assertEqual(Resume("c0", "i0", left.lost), left.resume)
        self.assertIsNone(left.reason)
        self.assertEqual(Loss(90, error, 7), left.loss)

    def test_origin(self) -> None:
        """Events say whose they are, when they arrived and from which source."""
        self.begin()
        self.clock.advance(0.5)
        self.stream.push(chat("hi"))
        origin = self.seen.events[0].origin
        self.assertEqual(
            ("alice", ROOM.room_id, 100_500, "test"),
            (origin.anchor, origin.room_id, origin.received_at, origin.source),
        )

    def test_tally(self) -> None:
        """Frames, bad frames, messages and repeated ones are counted."""
        self.begin()
        data = frames.push(build_batch([(*chat("hi"), 1, False), (*chat("ho"), 2, False)]), 1)
        self.conversation.frame(data)
        self.conversation.frame(data)
        self.conversation.frame(b"\x0a\xff")
        self.conversation.batch(b"")
        self.conversation.frame(frames.heartbeat_echo())
        # And the answer that we have entered.
        self.assertEqual(Tally(frames=6, bad_frames=2, messages=4, duplicates=2), self.tally)
        self.assertEqual(
            ["Websocket message decoding failed", "batch decoding failed"],
            [error.info for error in self.seen.of(Error)],
        )

    def test_end(self) -> None:
        """The end of the broadcast is handed on, after its events; the stream is left open."""
        self.begin()
        self.stream.end(4)
        self.assertEqual([4], [end.action for end in self.ends])
        self.assertEqual(["controlMessage", "streamEnd"], self.seen.names())
        self.assertEqual((0, []), (self.stream.closes, self.closings))

    def test_close(self) -> None:
        """Closing closes the stream once; its end is told once, and nothing runs on."""
        self.begin()
        self.conversation.close()
        self.conversation.close()
        self.assertEqual((1, [None]), (self.stream.closes, self.closings))
        self.conversation.closed(StreamLostError("again"))
        self.assertEqual([None], self.closings)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_close_before_begin(self) -> None:
        """There is nothing to close before the stream is open."""
        self.conversation.close()
        self.assertEqual((0, []), (self.stream.closes, self.closings))

    def test_lost(self) -> None:
        """A lost stream is told with its reason, and nothing runs on."""
        self.begin()
        error = StreamLostError("lost")
        self.stream.lose(error)
        self.assertEqual([error], self.closings)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_over_before_begin(self) -> None:
        """A stream that is over before it begins is told as over when it begins."""
        error = StreamLostError("over")
        self.stream.lose(error)
        self.assertEqual([], self.closings)
        self.begin()
        self.assertEqual([error], self.closings)
        self.assertEqual(([], []), (self.stream.sent, self.clock.getDelayedCalls()))

    def test_gap_before_begin(self) -> None:
        """A gap that shows before the stream was handed over ends when it does, not in 1970."""
        seen, told = DedupWindow(100), Recorder()
        dispatcher = Dispatcher()
        dispatcher.add_observer(told)
        conversation = Conversation(
            Ticket(ROOM, "", source="test"),
            dispatcher,
            self.clock,
            seen=seen,
            tally=self.tally,
            limits=self.limits,
            on_end=self.ends.append,
            on_closed=self.closings.append,
            loss=Loss(90, StreamLostError("lost"), 7),
        )
        conversation.frame(frames.push(build_batch([(*chat("new"), 9, False)]), 5))
        gap = told.only(Gap)
        self.assertEqual((90_000, 100_000), (gap.since, gap.until))

    def test_gap_before_polls(self) -> None:
        """Polls that begin anew behind a loss leave a gap; those at the old cursor leave none."""
        first = build_batch([(*chat("old"), 3, True)], cursor="c2")
        empty = build_batch([], cursor="c3")
        for resumed, gaps in ((False, 1), (True, 0)):
            with self.subTest(resumed=resumed):
                told = Recorder()
                dispatcher = Dispatcher()
                dispatcher.add_observer(told)
                conversation = Conversation(
                    Ticket(ROOM, "", source="test", first_batch=empty if resumed else first),
                    dispatcher,
                    self.clock,
                    seen=DedupWindow(100),
                    tally=self.tally,
                    limits=self.limits,
                    on_end=self.ends.append,
                    on_closed=self.closings.append,
                    loss=Loss(90, StreamLostError("lost"), 7),
                    resume=Resume("c1") if resumed else None,
                )
                stream = Stream(conversation)
                stream.asks = True
                conversation.begin(stream)
                conversation.batch(empty)
                self.clock.pump([1] * 3)
                self.assertEqual(gaps, len(told.of(Gap)))

    def test_first_batch_of_a_stream_that_is_over(self) -> None:
        """A first batch that nobody got is asked for again: its cursor is not gone on from."""
        first = build_batch([(*chat("first"), 1, False)], cursor="c2")
        self.conversation, self.stream = self.converse(first_batch=first, cursor="c2")
        self.stream.lose(StreamLostError("over"))
        self.begin()
        self.assertEqual([], self.seen.comments())
        self.assertEqual("", over(self.conversation).resume.cursor)

    def test_over_while_it_begins(self) -> None:
        """A stream that breaks on the first thing that is sent leaves nothing running."""
        error = StreamLostError("broken pipe")
        for broken in ("im_enter_room", "hb"):
            with self.subTest(broken):
                self.closings.clear()
                first = build_batch([(*chat("first"), 1, False)])
                self.conversation, self.stream = self.converse(first_batch=first)
                stream = self.stream

                def send(data: bytes, stream: Stream = stream, broken: str = broken) -> None:
                    Stream.send(stream, data)
                    if stream.types[-1] == broken:
                        stream.lose(error)

                stream.send = send  # type: ignore[method-assign]
                self.begin()
                self.assertEqual(([error], broken), (self.closings, stream.types[-1]))
                self.assertEqual([], self.clock.getDelayedCalls())
                self.assertEqual([], self.seen.events)

    def test_end_before_begin(self) -> None:
        """An end that is told before the stream is known to be open is handed on when it is."""
        self.stream.end(4)
        self.assertEqual([], self.ends)
        self.begin()
        self.assertEqual([4], [end.action for end in self.ends])

    def test_end_and_close_before_begin(self) -> None:
        """With a close right behind it, the stream is told as over, and nothing else."""
        self.stream.end(3)
        self.stream.lose(None)
        self.begin()
        self.assertEqual(([], [None]), (self.ends, self.closings))

    def test_resumed_while_it_closes(self) -> None:
        """A host who goes on while an observer closes the stream leaves nothing running."""
        self.begin()
        self.conversation._dispatcher.on("controlMessage", lambda event: self.conversation.close())
        self.stream.push(("WebcastControlMessage", b"\x10\x02"))
        self.assertEqual(([None], []), (self.closings, self.clock.getDelayedCalls()))

    def test_end_after_close(self) -> None:
        """An end that is told while an observer closes the stream ends nothing any more."""
        self.begin()
        self.conversation._dispatcher.on("streamEnd", lambda event: self.conversation.close())
        self.stream.end()
        self.assertEqual((1, [], [None]), (len(self.seen.of(StreamEnd)), self.ends, self.closings))

    def test_survived(self) -> None:
        """What a stream survives is told, and changes nothing."""
        verifyObject(IWitness, self.conversation)
        self.begin()
        problem = StreamLostError("a poll failed")
        self.conversation.survived("polling", problem)
        error = self.seen.only(Error)
        self.assertEqual(("polling", problem, "alice"), (error.info, error.exception, error.anchor))
        self.assertEqual(([], 0), (self.closings, self.stream.closes))

    def test_missed(self) -> None:
        """What did not get here is a gap, told after a moment, and the stream goes on."""
        self.begin()
        problem = StreamLostError("three frames")
        self.conversation.missed(problem)
        self.clock.advance(10)
        self.assertIs(problem, self.seen.only(Gap).reason)
        self.assertEqual(([], 0), (self.closings, self.stream.closes))

    def test_other_limit(self) -> None:
        """The limit can be another one."""
        self.conversation, self.stream = self.converse(Limits(stale_after=5))
        self.begin()
        self.clock.advance(4.9)
        self.assertEqual([], self.closings)
        self.clock.advance(0.2)
        self.assertEqual(1, len(self.closings))

    def test_closing_fails(self) -> None:
        """A stream whose closing fails counts as lost."""

        async def close() -> None:
            raise RuntimeError("no closing")

        self.begin()
        self.stream.close = close  # type: ignore[assignment,method-assign]
        self.conversation.close()
        [reason] = self.closings
        self.assertIsInstance(reason, StreamLostError)
        self.assertIn("no closing", str(reason))
