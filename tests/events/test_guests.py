"""Guests, and what is derived from their messages."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import made


class DerivedTests(SynchronousTestCase):
    """Guests who join and leave."""

    def derived(self, name: str, fields: str) -> list[tuple[str, str, bool]]:
        """Name, user and whether it is a host, of what follows; each with an id of its own."""
        event = made(name, fields, number=5)
        found = event.derived()
        for each in found:
            self.assertEqual(f"{event.id}:{each.name}:{each.user_id}", each.id)
            self.assertEqual(
                (event.origin, event.create_time, event.is_history),
                (each.origin, each.create_time, each.is_history),
            )
            self.assertEqual(each.user_id, each.as_dict()["userId"])
            self.assertIn(each.name, event.derives)
        return [(each.name, each.user_id, each.is_host) for each in found]

    def test_joined(self) -> None:
        """The newer type tells who joined directly."""
        fields = "scene: 4 message_type: 12 join_direct_content { joiner { user { user_id: 7 } } }"
        self.assertEqual([("guestJoined", "7", False)], self.derived("LinkLayerMessage", fields))

    def test_left(self) -> None:
        """Both types tell who left."""
        newer = "scene: 2 message_type: 9 leave_content { leaver { user_id: 7 } }"
        older = "scene: 4 message_type: 7 leave_content { user_id: 7 }"
        self.assertEqual([("guestLeft", "7", True)], self.derived("LinkLayerMessage", newer))
        self.assertEqual([("guestLeft", "7", False)], self.derived("LinkMessage", older))

    def test_thrown_out(self) -> None:
        """Who was thrown out did not leave."""
        for name, fields, thrown_out in (
            ("LinkLayerMessage", "kick_out_content { offliner { user_id: 7 } }", True),
            ("LinkMessage", "message_type: 101 sys_kick_out_content { user_id: 7 }", True),
            ("LinkMessage", "message_type: 7 leave_content { user_id: 7 }", False),
        ):
            (left,) = made(name, fields).derived()
            self.assertEqual(
                (thrown_out, thrown_out), (left.thrown_out, left.as_dict()["thrownOut"])
            )

    def test_lists(self) -> None:
        """Lists, and messages that name no one, tell of no single guest."""
        for name, fields in (
            ("LinkLayerMessage", "message_type: 11 list_change_content { list { } }"),
            ("LinkLayerMessage", "message_type: 9 leave_content { }"),
            ("LinkMessage", "message_type: 7"),
            ("LinkMessage", "message_type: 19 list_change_content { }"),
            ("LinkMessage", "message_type: 13 kick_out_content { from_user_id: 9 }"),
        ):
            self.assertEqual([], self.derived(name, fields), fields)


class LinkedTests(SynchronousTestCase):
    """Lists of those who are linked."""

    def test_all_that_is_known(self) -> None:
        """Names come from where the message has them; ids are always there."""
        event = made(
            "LinkLayerMessage",
            """
            group_change_content { group_user { user_list { all_user {
              linked_list { user { room_id: 72 user_id: 10 } linked_time_nano: 1700000000123456789 }
            } } } }
            business_content { cohost_content { list_change_biz_content {
              user_infos { key: 10 value { nickname: "Ann" display_id: "ann" } }
            } } }
            """,
        )
        (ann,) = event.linked
        self.assertEqual(
            ("10", "ann", "Ann", "72", 1_700_000_000_123),
            (ann.user_id, ann.unique_id, ann.nickname, ann.room_id, ann.since),
        )
