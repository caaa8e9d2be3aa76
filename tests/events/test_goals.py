"""Goals and polls."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import made


class GoalTests(SynchronousTestCase):
    """Goals."""

    def reached(self, *parts: tuple[int, int]) -> bool:
        """Whether a goal of these parts, each with progress and target, is reached."""
        fields = "".join(
            f"sub_goals {{ progress: {progress} target: {target} }} " for progress, target in parts
        )
        return bool(made("GoalUpdateMessage", f"goal {{ {fields} }}").is_reached)

    def test_reached(self) -> None:
        """A goal is reached when all of its parts are, and one without parts is not."""
        self.assertTrue(self.reached((5, 5), (7, 6)))
        self.assertFalse(self.reached((5, 5), (5, 6)))
        self.assertFalse(self.reached((0, 0)))
        self.assertFalse(self.reached())


class PollTests(SynchronousTestCase):
    """Polls, and what is derived from them."""

    def derived(self, fields: str) -> list[str]:
        """Names of what follows, each with an id of its own."""
        event = made("PollMessage", fields, number=5)
        found = event.derived()
        for each in found:
            self.assertEqual((f"{event.id}:{each.name}", ()), (each.id, each.derived()))
            self.assertIn(each.name, event.derives)
        return [each.name for each in found]

    def test_derived(self) -> None:
        """Begin and end are told once more, votes are not, and an end goes before a beginning."""
        self.assertEqual(["pollStarted"], self.derived("start_content { }"))
        self.assertEqual(["pollEnded"], self.derived("end_content { }"))
        self.assertEqual(["pollEnded"], self.derived("start_content { } end_content { }"))
        self.assertEqual([], self.derived("update_content { }"))
        self.assertEqual([], self.derived(""))

    def test_options(self) -> None:
        """The last count that the message has is the one that counts."""
        event = made(
            "PollMessage",
            """
            start_content { option_list { display_content: "a" } }
            update_content { option_list { display_content: "a" votes: 2 } }
            end_content { option_list { display_content: "a" votes: 3 } }
            """,
        )
        self.assertEqual([3], [option.votes for option in event.options])
