"""The username in what a person typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import InvalidUniqueIdError, Remedy
from tiktoklive.model import parse_unique_id


class UniqueIdTests(SynchronousTestCase):
    """The username in what a person typed."""

    def test_forms(self) -> None:
        """Name, @name and every form of the page's address are understood."""
        for text in (
            "some.one_7",
            "@some.one_7",
            "  @some.one_7\n",
            "https://www.tiktok.com/@some.one_7",
            "https://www.tiktok.com/@some.one_7/live",
            "https://www.tiktok.com/@some.one_7/live?lang=en#top",
            "http://www.tiktok.com/@some.one_7?x=/@other",
            "HTTPS://WWW.TikTok.com/@some.one_7/",
            "www.tiktok.com/@some.one_7/live",
            "tiktok.com/@some.one_7",
            "https://m.tiktok.com/@some.one_7",
            "https://www.tiktok.com/%40some.one_7/live",
            "https://www.tiktok.com/@some.one_7/live?enter_from_merge=x",
            "https://www.tiktok.com/@some.one_7/video/7602015439816359956",
            "https://www.tiktok.com/@some.one_7/photo/1?lang=de",
            "https://www.tiktok.com/en/@some.one_7",
            "https://www.tiktok.com/zh-Hant/@some.one_7/live",
            "www.tiktok.com/pt-BR/%40some.one_7/live/",
            "https://us.tiktok.com//@some.one_7",
            "some.one_7/live",
            "@some.one_7/live",
            "@some.one_7/live/?lang=en",
        ):
            with self.subTest(text):
                self.assertEqual("some.one_7", parse_unique_id(text))

    def test_case(self) -> None:
        """The case stays as it was typed."""
        self.assertEqual("SomeOne", parse_unique_id("@SomeOne"))

    def test_other_scripts(self) -> None:
        """Letters of other scripts are letters."""
        self.assertEqual("名前", parse_unique_id("@名前"))

    def test_none(self) -> None:
        """What holds no username is refused, and waiting is no use."""
        for text in (
            "",
            "@",
            "  ",
            "two names",
            "a/b",
            "a@b",
            "@@name",
            "name?x=1",
            "https://www.tiktok.com/@",
            "https://www.tiktok.com/@two names/live",
            "/live",
            "name/live/more",
            "name/video/1",
            "https://example.com/@name",
            "https://tiktok.com.example/@name",
            "x" * 65,
        ):
            with self.subTest(text):
                error = self.assertRaises(InvalidUniqueIdError, parse_unique_id, text)
                self.assertIs(Remedy.MODIFY, error.remedy)

    def test_no_users_page(self) -> None:
        """Addresses of TikTok's that are of no user are refused for that, whatever they contain."""
        for text in (
            "https://www.tiktok.com",
            "https://www.tiktok.com/",
            "tiktok.com",
            "https://www.tiktok.com/live",
            "https://www.tiktok.com/en/live",
            "https://www.tiktok.com/live/event/7602015439816359956?_r=1&enter_from=share_link",
            "https://www.tiktok.com/share/live/7602015439816359956",
            "https://www.tiktok.com/share/user/6672446849804223493",
            "https://m.tiktok.com/h5/share/usr/6672446849804223493.html",
            "https://www.tiktok.com/foryou",
            "https://www.tiktok.com/tag/music",
            "https://www.tiktok.com/music/@name",
            "https://www.tiktok.com/search?q=@name",
            "https://www.tiktok.com/login?redirect_url=https%3A%2F%2Fwww.tiktok.com%2F%40name",
            "https://www.tiktok.com/name/live",
            "https://www.tiktok.com/?x=/@name",
        ):
            with self.subTest(text):
                error = self.assertRaises(InvalidUniqueIdError, parse_unique_id, text)
                self.assertIn("is the address of no user's page: give the name", str(error))

    def test_short_links(self) -> None:
        """A link that was shared from the app names nobody; what to do with it is told."""
        for text in (
            "https://vm.tiktok.com/ZMabcdef/",
            "VT.tiktok.com/ZSabcdef",
            "https://www.tiktok.com/t/ZTRabcdef/",
            "tiktok.com/t/ZTRabcdef",
        ):
            with self.subTest(text):
                error = self.assertRaises(InvalidUniqueIdError, parse_unique_id, text)
                self.assertIn(f"{text!r} is a short link", str(error))
                self.assertIn("open it in a browser, and give the address that it", str(error))

    @given(st.text() | st.from_regex(r"https://www\.tiktok\.com/[@/a-z%?\[\]:.]*"))
    def test_anything(self, text: str) -> None:
        """Whatever is typed, a name that comes of it is one by itself."""
        try:
            name = parse_unique_id(text)
        except InvalidUniqueIdError:
            return
        self.assertEqual(name, parse_unique_id(f"@{name}"))

    def test_no_text(self) -> None:
        """Numbers and the like are refused."""
        for value in (7, None, b"name", ["name"]):
            with self.subTest(value):
                self.assertRaises(InvalidUniqueIdError, parse_unique_id, value)

    def test_long_text_is_cut(self) -> None:
        """A refused text is shown, but no more than the beginning of it."""
        error = self.assertRaises(InvalidUniqueIdError, parse_unique_id, "! " * 5000)
        self.assertLess(len(str(error)), 250)
