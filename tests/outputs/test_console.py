"""Kind ``console``."""

from __future__ import annotations

import io
import os
from datetime import UTC

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tests.outputs.doubles import NOON, ROOM, Parts, Trough, chat, event, origin, user
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.errors import StreamLostError
from tiktoklive.events import (
    Connected,
    Disconnected,
    Error,
    Event,
    Gap,
    GaveUp,
    Gift,
    GiftStreak,
    IChatObserver,
    Reconnecting,
    Renamed,
    StreamEnd,
)
from tiktoklive.events.streak import GiftDetails
from tiktoklive.interfaces import IOutput
from tiktoklive.model import State
from tiktoklive.outputs.aggregation import Aggregation
from tiktoklive.outputs.console import Console, make
from tiktoklive.outputs.line_writer import LineWriter


def gift(more: str = "", **flags: bool) -> Gift:
    """One event of a streak of roses, which says nothing about roses."""
    made = event("GiftMessage", f"{user('Anna')} gift_id: 5655 group_id: 7 {more}", **flags)
    assert isinstance(made, Gift)
    return made


class ConsoleCase(SynchronousTestCase):
    """Tests with a console whose lines can be read."""

    color = False

    def setUp(self) -> None:
        self.clock = Clock()
        self.clock.advance(NOON)
        self.trough = Trough()
        self.console = Console(
            LineWriter("console", self.trough, self.clock), self.clock, color=self.color, zone=UTC
        )
        self.console.startService()
        self.dispatcher = Dispatcher()
        self.dispatcher.add_observer(self.console)

    def tell(self, *events: Event) -> list[str]:
        """Deliver events; the lines since the last time, without the time at their start."""
        before = len(self.trough.lines)
        for item in events:
            self.dispatcher.tell(item)
        return [line.removeprefix("12:00:00 ") for line in self.trough.lines[before:]]

    def wait(self, seconds: float) -> list[str]:
        """Let time pass; the lines it brought, without their times."""
        before = len(self.trough.lines)
        self.clock.advance(seconds)
        return [line[9:] for line in self.trough.lines[before:]]


class LinesTests(ConsoleCase):
    """What each event looks like."""

    def test_interfaces(self) -> None:
        """It is an output that asks for what it shows, not for everything."""
        verifyObject(IOutput, self.console)
        verifyObject(IChatObserver, self.console)

    def test_chat(self) -> None:
        """A comment is time, name and text."""
        self.tell(chat("Anna", "hello"))
        self.assertEqual(["12:00:00 Anna: hello"], self.trough.lines)

    def test_history(self) -> None:
        """A replayed comment has the time at which it was written."""
        self.dispatcher.tell(
            event(
                "ChatMessage",
                f'common {{ create_time: {(NOON - 60) * 1000} }} {user("Anna")} content: "hi"',
                is_history=True,
            )
        )
        self.assertEqual(["11:59:00 Anna: hi"], self.trough.lines)

    def test_names(self) -> None:
        """Who has no nickname is shown by name, who has none either by number."""
        for who, shown in (
            ('unique_id: "anna" id: 5', "@anna"),
            ("id: 5", "@5"),
            ('nickname: "A\\033[2Jb" id: 5', "A�[2Jb"),
        ):
            [line] = self.tell(event("ChatMessage", f'user {{ {who} }} content: "hi"'))
            self.assertEqual(f"{shown}: hi", line)

    def test_forged_lines(self) -> None:
        """A comment cannot begin a line of its own or change the terminal."""
        [line] = self.tell(chat("Anna", "x\n12:00:00 Host: buy\r\x1b[2J\u202e"))
        self.assertEqual("Anna: x 12:00:00 Host: buy �[2J", line)

    def test_long_comment(self) -> None:
        """A long comment stays on one line."""
        [line] = self.tell(chat("Anna", "wörd " * 60))
        self.assertEqual("Anna: " + ("wörd " * 60).strip(), line)

    def test_no_line_of_its_own(self) -> None:
        """Events without a line of their own show that of TikTok's client, if there is one."""
        shown = """common { display_text {
            default_pattern: "{0:user} is\x1b here" pieces { user_value { user { nickname: "B" } } }
        } }"""
        lines = self.tell(
            event("RoomMessage", shown),
            event("RoomMessage"),
            event("MemberMessage", shown),
            event("SocialMessage", shown),
            *event("BarrageMessage", "msg_type: 8 " + shown).derived(),
        )
        self.assertEqual(["B is\ufffd here"], lines)

    def test_room(self) -> None:
        """What happens to the connection and the broadcast is said in words."""
        here = origin()
        lost = StreamLostError("the server closed it")
        lines = self.tell(
            Connected(State(), here),
            Disconnected(lost, here),
            Reconnecting(1.5, 1, lost, here),
            Gap(1000, 3500, lost, here),
            *event("ControlMessage", "action: 1").derived(),
            *event("ControlMessage", "action: 2").derived(),
            event("ControlMessage", "action: 3"),
            StreamEnd(3, here),
            StreamEnd(4, here),
            Disconnected(None, here),
            Renamed("host", "ho\x1bst2", "7", here),
            GaveUp(lost, here),
            Error("message decoding failed", lost, here),
        )
        self.assertEqual(
            [
                f"connected to room {ROOM} of @host",
                "disconnected: the server closed it",
                "trying again in 1.5 s",
                "what happened in 2.5 s may be missing",
                "the broadcast is paused",
                "the broadcast goes on",
                "the broadcast is over",
                "the broadcast was ended by moderation",
                "disconnected",
                "@host is called @ho�st2 now",
                "@host is not followed any more: the server closed it",
                "error: message decoding failed: the server closed it",
            ],
            lines,
        )

    def test_others(self) -> None:
        """Follows, shares, subscriptions, questions, envelopes and battles have a line each."""
        anna = user("Anna")
        follow = 'common { display_text { key: "pm_main_follow_message_viewer_2" } }'
        share = 'common { display_text { key: "pm_mt_guidance_share" } }'
        social = [event("SocialMessage", f"{common} {anna}") for common in (follow, share)]
        derived = [d for s in social for d in s.derived()]
        lines = self.tell(
            *social,
            *derived,
            event("SubNotifyMessage", f"sender {anna.removeprefix('user ')} sub_month: 3"),
            event("QuestionNewMessage", f'details {{ {anna} question_text: "why?" }}'),
            event("EmoteChatMessage", anna),
            event("LiveIntroMessage", 'content: "welcome"'),
            event(
                "EnvelopeMessage",
                'envelope_info { send_user_name: "Bob" diamond_count: 100 people_count: 1 }',
            ),
            event(
                "LinkMicBattle",
                'anchor_info { key: 1 value { user { user_id: 1 display_id: "a" } } }'
                'anchor_info { key: 2 value { user { user_id: 2 display_id: "b" } } }',
            ),
        )
        self.assertEqual(
            [
                "Anna follows",
                "Anna shares the broadcast",
                "Anna subscribes, month 3",
                "Anna asks: why?",
                "Anna sends a sticker",
                "about this broadcast: welcome",
                "Bob puts up 100 coins for 1 viewer",
                "battle: @a against @b",
            ],
            lines,
        )

    def test_several_rooms(self) -> None:
        """From the second room on, lines say which room they are of."""
        self.tell(chat("Anna", "one", origin("first")))
        self.tell(chat("Bob", "two", origin("second")))
        self.tell(chat("Anna", "three", origin("first")))
        self.assertEqual(
            [
                "12:00:00 Anna: one",
                "12:00:00 @second Bob: two",
                "12:00:00 @first Anna: three",
            ],
            self.trough.lines,
        )

    def test_empty_messages(self) -> None:
        """Messages without any field are shown without complaint."""
        names = "Chat Gift Like Member Social SubNotify QuestionNew EmoteChat Envelope RoomUserSeq"
        for name in names.split():
            self.tell(event(f"{name}Message"))
        self.tell(event("LinkMicBattle"), event("LinkMicArmies"))
        self.wait(60)
        self.assertEqual(0, self.dispatcher.failed)


class GiftTests(ConsoleCase):
    """Gifts and streaks."""

    def test_single(self) -> None:
        """A single gift is a line, with its worth."""
        lion = GiftDetails(2, "Lion", 29999)
        self.assertEqual(
            ["Anna gives Lion (29,999 diamonds)"],
            self.tell(GiftStreak(gift(), lion, 1, "single", origin())),
        )

    def test_streak(self) -> None:
        """A streak is one line, with its final count and worth; its events are none."""
        over = GiftStreak(gift(), GiftDetails(1, "Rose", 1), 1000, "repeat_end", origin())
        self.assertEqual(
            ["Anna gives 1,000 x Rose (1,000 diamonds)"], self.tell(gift(), gift(), over)
        )

    def test_unknown_gift(self) -> None:
        """A gift of which nothing is known is shown by its number."""
        over = GiftStreak(gift(), GiftDetails(), 2, "repeat_end", origin())
        self.assertEqual(["Anna gives 2 x gift 5655"], self.tell(over))

    def test_times(self) -> None:
        """What is over late has the time of then; what TikTok replayed, that of back then."""
        rose = GiftDetails(1, "Rose", 1)
        created = f"common {{ create_time: {(NOON - 60) * 1000} }}"
        for more, history in (("", False), (created, True)):
            last = gift(more, is_history=history)
            self.dispatcher.tell(GiftStreak(last, rose, 2, "timeout", origin(seconds=60)))
        self.assertEqual(["12:01:00", "11:59:00"], [line[:8] for line in self.trough.lines])

    def test_stop(self) -> None:
        """Stopping shows what was being counted, and leaves nothing running."""
        self.tell(event("MemberMessage", f"{user('Bob')} action: 1"))
        self.console.stopService()
        self.assertEqual(["12:00:00 Bob joined"], self.trough.lines)
        self.assertEqual([], self.clock.getDelayedCalls())


class CrowdTests(ConsoleCase):
    """What comes in heaps is summed up."""

    def test_joins(self) -> None:
        """Who joined within two seconds is one line, the first by name."""
        names = ["Anna", "Bob", "Cem", "Dora", "Eva", "Anna", "Eva"]
        self.assertEqual(
            [], self.tell(*(event("MemberMessage", f"{user(n)} action: 1") for n in names))
        )
        self.assertEqual(["Anna, Bob, Cem and 2 more joined"], self.wait(2))
        self.tell(event("MemberMessage", f"{user('Finn')} action: 1"))
        self.tell(event("MemberMessage", f"{user('Gus')} action: 2"))
        self.assertEqual(["Finn joined"], self.wait(2))

    def test_very_many(self) -> None:
        """Of very many, and of long names, a bounded number of characters is kept."""
        aggregation = Aggregation()
        for number in range(5000):
            aggregation.add(f"{number}" + "x" * 10_000)
        self.assertLessEqual(sum(map(len, aggregation._all)), 80_000)
        self.assertTrue(aggregation.take().endswith(" and 4,997 more"))
        aggregation.add("Anna")
        self.assertEqual("Anna", aggregation.take())

    def test_likes(self) -> None:
        """Taps are added up; the total never goes back."""
        for name, count, total in (("Anna", 15, 1000), ("Bob", 1, 990), ("Anna", 4, 1010)):
            self.tell(event("LikeMessage", f"{user(name)} count: {count} total: {total}"))
        self.assertEqual(["Anna and Bob liked (20, 1,010 in all)"], self.wait(2))

    def test_viewers(self) -> None:
        """The viewer count is shown when it changed, every ten seconds at most."""

        def seq(total: int) -> Event:
            return event("RoomUserSeqMessage", f"total: {total}")

        self.assertEqual(["1,234 watching"], self.tell(seq(1234)))
        self.assertEqual([], self.tell(seq(1235)))
        self.wait(10)
        self.assertEqual([], self.tell(seq(1234)))
        self.assertEqual(1, len(self.tell(seq(1240))))

    def test_scores(self) -> None:
        """A battle's score is shown as often as that."""

        def armies(score: int) -> Event:
            return event(
                "LinkMicArmies",
                f"armies {{ key: 1 value {{ host_score: {score} }} }}"
                " armies { key: 2 value { host_score: 5 } }",
            )

        self.assertEqual(["battle: 1,000 : 5"], self.tell(armies(1000)))
        self.assertEqual([], self.tell(armies(1001)))


class ColorTests(ConsoleCase):
    """Colours."""

    color = True

    def test_color(self) -> None:
        """With colours the name stands out, and the text is the same."""
        self.tell(chat("Anna", "hello"))
        self.assertEqual(b"\x1b[2m12:00:00\x1b[0m \x1b[1mAnna\x1b[0m: hello\n", self.trough.taken)


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    encoding = "latin-1"

    def isatty(self) -> bool:
        return True


class MakeTests(SynchronousTestCase):
    """Making it from its description."""

    def shown(self, argument: str, stream: io.StringIO) -> str:
        """What a comment looks like."""
        console = make(Parts(Clock()), argument, stream)
        console.startService()
        console.chat(chat("Anna", "hi"))
        self.successResultOf(console.stopService())
        return stream.getvalue()

    def test_color(self) -> None:
        """Colours are for terminals, unless they are asked for or ruled out."""
        for name in ("NO_COLOR", "TERM"):
            value = os.environ.pop(name, None)
            if value is not None:
                self.addCleanup(os.environ.__setitem__, name, value)
        self.assertIn("\x1b", self.shown("", Terminal()))
        self.assertIn("\x1b", self.shown("color=auto", Terminal()))
        self.assertNotIn("\x1b", self.shown("color=never", Terminal()))
        self.assertNotIn("\x1b", self.shown("", io.StringIO()))
        self.assertIn("\x1b", self.shown("color=always", io.StringIO()))
        os.environ["NO_COLOR"] = "1"
        self.addCleanup(os.environ.pop, "NO_COLOR")
        self.assertNotIn("\x1b", self.shown("", Terminal()))

    def test_bad_argument(self) -> None:
        """Any other argument is refused."""
        self.assertRaises(ValueError, make, Parts(Clock()), "colour=red", io.StringIO())
