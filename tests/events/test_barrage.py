"""Lines that run over the video, and what is derived from them."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import made


class BarrageTests(SynchronousTestCase):
    """The line itself."""

    def test_entrance(self) -> None:
        """An entrance knows its viewer and the level."""
        event = made(
            "BarrageMessage",
            """
            msg_type: 9 duration: 4000 content { key: "pm_join" default_pattern: "joined" }
            user_grade_param { current_grade: 25 user { id: 7 unique_id: "bob" } }
            """,
        )
        self.assertEqual(
            ("barrage", 9, "7", 25, "pm_join", "joined", 4000),
            (
                event.name,
                event.kind,
                event.user.user_id,
                event.level,
                event.content_key,
                event.text,
                event.duration,
            ),
        )
        self.assertEqual("<Barrage @bob 'joined'>", repr(event))
        self.assertEqual((), event.derived())

    def test_user_in_the_line(self) -> None:
        """Where only the line has the viewer, it is taken from there."""
        for field in ("content", "common_barrage_content"):
            event = made(
                "BarrageMessage",
                field + ' { pieces { user_value { user { id: 7 unique_id: "bob" } } } }',
            )
            self.assertEqual("bob", event.user.unique_id)

    def test_empty(self) -> None:
        """A barrage about no one says so."""
        event = made("BarrageMessage")
        self.assertEqual((None, 0, 0, ""), (event.user, event.level, event.kind, event.text))
        self.assertEqual("<Barrage ''>", repr(event))


class DerivedTests(SynchronousTestCase):
    """What a barrage is told as once more."""

    JOINED = "ttlive_superFan_commentNotif_superFanJoined"
    BECAME = "ttlive_superFan_commentNotif_someoneBecameSuperFan"

    def derived(self, fields: str) -> list[str]:
        """Names of what follows, each with an id of its own."""
        event = made("BarrageMessage", fields, number=5)
        found = event.derived()
        for each in found:
            self.assertEqual((f"{event.id}:{each.name}", ()), (each.id, each.derived()))
            self.assertIn(each.name, event.derives)
        return [each.name for each in found]

    def test_super_fans(self) -> None:
        """Both keys, in either text, tell of super fans."""
        for field in ("content", "common_barrage_content"):
            self.assertEqual(["superFanJoin"], self.derived(f'{field} {{ key: "{self.JOINED}" }}'))
            self.assertEqual(["superFan"], self.derived(f'{field} {{ key: "{self.BECAME}" }}'))

    def test_teams_and_levels(self) -> None:
        """Entrances of team members, and new levels, are told by the type."""
        self.assertEqual(["teamMemberJoin"], self.derived("msg_type: 11"))
        self.assertEqual(["levelUp"], self.derived("msg_type: 8"))
        self.assertEqual(["levelUp"], self.derived("msg_type: 10"))
        for other in (0, 1, 4, 7, 9, 13, 100, -1):
            self.assertEqual([], self.derived(f"msg_type: {other}"))

    def test_which_level(self) -> None:
        """A level in the host's team is told from one of TikTok's."""
        levels = [made("BarrageMessage", f"msg_type: {kind}").derived()[0] for kind in (8, 10)]
        self.assertEqual([False, True], [level.is_team_level for level in levels])

    def test_broken_key(self) -> None:
        """A key that is not UTF-8 is no super fan's, and no exception."""
        event = made("BarrageMessage")
        event.message.MergeFromString(b"\x2a\x04\x0a\x02\xff\xfe")
        self.assertEqual(((), "\ufffd\ufffd"), (event.derived(), event.content_key))
