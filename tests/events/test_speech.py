"""What people say."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import BOB, made


class ChatTests(SynchronousTestCase):
    """Comments."""

    def test_all(self) -> None:
        """Author, text, language, whom it answers, and the stickers with their places."""
        event = made(
            "ChatMessage",
            BOB
            + """
            content: "hello <b>" content_language: "en"
            at_user { id: 9 unique_id: "eve" }
            emotes { index: 3 emote { emote_id: "e1" image { url_list: "https://x/1.webp" } } }
            emotes { emote { emote_id: "e2" } }
            """,
        )
        self.assertEqual(("chat", "WebcastChatMessage"), (event.name, event.method))
        self.assertEqual(("bob", "hello <b>"), (event.user.unique_id, event.comment))
        self.assertEqual("18446744073709551615", event.user.user_id)
        self.assertEqual("en", event.content_language)
        self.assertEqual("eve", event.at_user.unique_id)
        self.assertEqual([("e1", 3), ("e2", 0)], [(e.emote_id, e.place) for e in event.emotes])
        self.assertEqual(["https://x/1.webp"], event.emotes[0].image.urls)
        self.assertEqual("<Emote e1>", repr(event.emotes[0]))

    def test_plain(self) -> None:
        """A comment that answers nobody, without stickers."""
        event = made("ChatMessage", BOB + 'content: "hi"')
        self.assertIsNone(event.at_user)
        self.assertEqual([], event.emotes)
        self.assertEqual("<Chat @bob 'hi'>", repr(event))


class EmoteTests(SynchronousTestCase):
    """Stickers as messages."""

    def test_all(self) -> None:
        """Sender and stickers; the one id is the last one's."""
        event = made(
            "EmoteChatMessage", BOB + 'emotes { emote_id: "e1" } emotes { emote_id: "e2" }'
        )
        self.assertEqual("emote", event.name)
        self.assertEqual(["e1", "e2"], [emote.emote_id for emote in event.emotes])
        self.assertEqual(("e2", "<EmoteChat @bob e2>"), (event.emote_id, repr(event)))

    def test_none(self) -> None:
        """Without a sticker the id is empty."""
        self.assertEqual("", made("EmoteChatMessage", BOB).emote_id)


class QuestionTests(SynchronousTestCase):
    """Questions."""

    def test_all(self) -> None:
        """Who asks what, and the question's id."""
        event = made(
            "QuestionNewMessage",
            f'details {{ question_id: 18446744073709551615 question_text: "why?" {BOB} }}',
        )
        self.assertEqual("questionNew", event.name)
        self.assertEqual(
            ("bob", "why?", "18446744073709551615"),
            (event.user.unique_id, event.question_text, event.question_id),
        )
        self.assertEqual("<QuestionNew @bob 'why?'>", repr(event))


class LiveIntroTests(SynchronousTestCase):
    """The host's words."""

    def test_all(self) -> None:
        """Host, text and language."""
        event = made(
            "LiveIntroMessage",
            'content: "welcome" language: "de" host { unique_id: "alice" }',
        )
        self.assertEqual("liveIntro", event.name)
        self.assertEqual(
            ("alice", "welcome", "de"), (event.user.unique_id, event.description, event.language)
        )
        self.assertEqual("<LiveIntro @alice 'welcome'>", repr(event))
