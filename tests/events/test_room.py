"""What happens to the room."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import ORIGIN, made
from tiktoklive.events import StreamEnd


class ControlTests(SynchronousTestCase):
    """Pauses and ends."""

    def test_ends(self) -> None:
        """Actions 3 and 4 tell the end of the broadcast, no other does (wire facts, app. A)."""
        for action in (0, *range(3, 8)):
            with self.subTest(action):
                derived = made("ControlMessage", f"action: {action}").derived()
                if action in (3, 4):
                    [end] = derived
                    self.assertIs(StreamEnd, type(end))
                    self.assertEqual((action, ORIGIN), (end.action, end.origin))
                else:
                    self.assertEqual((), derived)

    def test_pauses(self) -> None:
        """Actions 1 and 2 tell a pause and its end, with an id of their own."""
        for action, name in ((1, "paused"), (2, "resumed")):
            event = made("ControlMessage", f"action: {action}", number=5)
            (told,) = event.derived()
            self.assertEqual((name, f"{event.id}:{name}", ()), (told.name, told.id, told.derived()))
            self.assertIn(name, event.derives)

    def test_history(self) -> None:
        """What was before we came is told by no event of its own."""
        for action in range(8):
            event = made("ControlMessage", f"action: {action}", is_history=True)
            self.assertEqual((), event.derived())

    def test_all(self) -> None:
        """Action and notice, in words in the repr."""
        event = made("ControlMessage", 'action: 4 tips: "rules"')
        self.assertEqual(("controlMessage", 4, "rules"), (event.name, event.action, event.tips))
        words = [repr(made("ControlMessage", f"action: {action}")) for action in (1, 2, 3, 4, 9)]
        self.assertEqual(
            [
                "<Control paused>",
                "<Control resumed>",
                "<Control ended by host>",
                "<Control ended by moderation>",
                "<Control 9>",
            ],
            words,
        )


class NoticeTests(SynchronousTestCase):
    """Notices and deleted comments."""

    def test_room_message(self) -> None:
        """A notice to the room: its fields are its message's."""
        event = made("RoomMessage", 'content: "be kind" is_welcome: true')
        self.assertEqual(("roomMessage", "be kind"), (event.name, event.message.content))
        self.assertEqual({"content": "be kind", "isWelcome": True}, event.as_decoded())

    def test_im_delete(self) -> None:
        """Deleted comments: their ids as text in JSON."""
        event = made("ImDeleteMessage", "delete_msg_ids: 18446744073709551615")
        self.assertEqual([18446744073709551615], list(event.message.delete_msg_ids))
        self.assertEqual({"deleteMsgIds": ["18446744073709551615"]}, event.as_dict())
