"""Ends, pauses and resumptions that a stream brings: which of them count."""

from __future__ import annotations

from tests.stream.conversing import ConversationCase
from tiktoklive.events import Chat, Control, StreamEnd
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch
from tiktoklive.wire.room_pb2 import WebcastControlMessage
from tiktoklive.wire.speech_pb2 import WebcastChatMessage


class ControlTests(ConversationCase):
    """Control messages of now, of before we came, and of elsewhere."""

    def test_pauses(self) -> None:
        """A pause is heeded, told before the begin too; an old one, from history, is none."""
        pause = ("WebcastControlMessage", b"\x10\x01")
        self.conversation.frame(frames.push(build_batch([(*pause, 1, True)]), 1))
        self.assertFalse(self.conversation.life.paused)
        self.conversation.frame(frames.push(build_batch([(*pause, 2, False)]), 2))
        self.begin()
        self.assertTrue(self.conversation.life.paused)

    def test_history_ends_nothing(self) -> None:
        """No control message from before we came ends, pauses or resumes what is live now."""
        self.begin()
        control = "WebcastControlMessage"
        for action in range(1, 5):
            batch = build_batch([(control, bytes([0x10, action]), action, True)])
            self.conversation.frame(frames.push(batch, action))
            self.assertEqual(([], False), (self.ends, self.conversation.life.paused))
        self.conversation.frame(frames.push(build_batch([(control, b"\x10\x01", 9, False)]), 9))
        self.conversation.frame(frames.push(build_batch([(control, b"\x10\x02", 8, True)]), 8))
        self.assertTrue(self.conversation.life.paused)
        self.assertEqual([], self.seen.of(StreamEnd))

    def test_another_room(self) -> None:
        """Nor does one of another room, which is told as what it is; one that names ours does."""
        self.begin()
        ours = int(self.conversation.origin().room_id)
        for number, (room, ends) in enumerate(((ours + 1, 0), (1 << 63, 0), (ours, 1)), 50):
            for action in (1, 3):
                message = WebcastControlMessage(action=action)
                message.common.room_id = room
                item = (Control.method, message.SerializeToString(), 10 * number + action, False)
                self.conversation.frame(frames.push(build_batch([item]), 1))
                self.assertEqual(ends > 0, self.conversation.life.paused, room)
            self.assertEqual(ends, len(self.ends), room)
            self.assertEqual(ends, len(self.seen.of(StreamEnd)))
        self.assertEqual(6, len([each for each in self.seen.events if each.name == Control.name]))

    def test_messages_of_another_room(self) -> None:
        """Others that name another room are the stream's; what they name is kept in them."""
        self.begin()
        ours = self.conversation.origin().room_id
        for number, room in enumerate((int(ours), int(ours) + 1, 0), 1):
            message = WebcastChatMessage(content=f"{room}")
            message.common.room_id = room
            item = (Chat.method, message.SerializeToString(), number, False)
            self.conversation.frame(frames.push(build_batch([item]), number))
        told = self.seen.of(Chat)
        self.assertEqual([ours] * 3, [each.room_id for each in told])
        self.assertEqual(
            [each.comment for each in told], [str(each.message.common.room_id) for each in told]
        )
