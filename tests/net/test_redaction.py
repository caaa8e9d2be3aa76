"""What is taken out of the words of others."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Mapping, Sequence
from urllib.parse import quote, quote_plus

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tests.test_floors import CHECKOUT, read_modules
from tiktoklive.net.redaction import NOTHING_KNOWN, Redaction, secrets_of

SECRET = "SeCrEt+To/KeN=00aa11bb22"

#: Modules that read answers byte for byte: what they read is decoded, signed or sent back.
EXACT = {
    "tiktoklive.net.fetch": 2,  # the batch
    "tiktoklive.signing.signed": 3,  # the batch, the cookies that come with it
    "tiktoklive.signing.urls": 1,  # the signed address
}

#: What quotes others, and nobody but the gate may read.
_QUOTING = ("handshake-msg", "handshake-status")


class ShownTests(SynchronousTestCase):
    """One short line."""

    def setUp(self) -> None:
        self.known = Redaction([SECRET])

    def test_forms(self) -> None:
        """A secret is found however it is written."""
        for form in (
            SECRET,
            SECRET.lower(),
            SECRET.upper(),
            quote(SECRET),
            quote_plus(SECRET),
            quote(quote(SECRET, safe=""), safe=""),
            html.escape(SECRET),
            json.dumps(SECRET)[1:-1].replace("/", "\\/"),
            "".join(f"\\u{ord(each):04x}" for each in SECRET),
            "".join(f"\\u{ord(each):04X}" if each == "t" else each for each in SECRET),
        ):
            with self.subTest(form):
                self.assertEqual("it was *** then", self.known.shown(f"it was {form} then"))
                self.assertNotIn(form.encode(), self.known.masked(f"it was {form}.".encode()))

    def test_marked_up(self) -> None:
        """A secret is found in markup, with its quotation marks escaped or not."""
        secret = "aa\"bb&cc<dd'ee"
        known = Redaction([secret])
        for quoted in (False, True):
            shown = known.shown(f"it was {html.escape(secret, quote=quoted)} then")
            self.assertEqual("it was *** then", shown)

    def test_base64(self) -> None:
        """In base64 it may begin anywhere."""
        for before in range(3):
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                coded = encode(b"x" * before + SECRET.encode() + b"yz").decode()
                self.assertLess(len(self.known.shown(coded)), 16)

    @given(st.integers(0, len(SECRET) - 8), st.integers(8, 24), st.text(max_size=40))
    def test_parts(self, start: int, size: int, around: str) -> None:
        """Of a secret no eight characters are shown, wherever it was cut."""
        part = SECRET[start : start + size]
        said = self.known.shown(f"{around}{part}{around}")
        for begin in range(len(part) - 7):
            self.assertNotIn(part[begin : begin + 8], said)
        self.assertNotIn(part.encode()[:8], self.known.masked(f"{around}{part}".encode()))

    def test_harmless(self) -> None:
        """All else stays as it is: TikTok's own words are what helps."""
        for words in ("illegal secret key", "http: named cookie not present", "DEVICE_BLOCKED"):
            self.assertEqual(words, self.known.shown(words))
        data = b'{"data": {"user": {"sessionid": 1, "ttwid": "x"}}}'
        self.assertIs(data, self.known.masked(data))

    def test_words_are_data(self) -> None:
        """A password that is a word does not spoil what is read."""
        known = Redaction(["liveroom", "user", "12345678"])
        data = b'{"user": {"liveRoom": 12345678}}'
        self.assertIs(data, known.masked(data))
        self.assertEqual("no *** or ***", known.shown("no user or liveroom"))

    def test_addresses(self) -> None:
        """Of an address nothing but its host is shown."""
        said = NOTHING_KNOWN.shown("at wss://me:pw@ws.example:1/a?b=c#d, and 'https://x.example/y'")
        self.assertEqual("at wss://ws.example:1 and 'https://x.example'", said)

    def test_line(self) -> None:
        """It is one short line, whatever it was; what is no text is nothing."""
        self.assertEqual("a b", NOTHING_KNOWN.shown("a\n\x1b \u2028b"))
        self.assertEqual(120, len(NOTHING_KNOWN.shown("x" * 1_000_000)))
        for other in (None, 5, b"x", ["x"], {}):
            self.assertEqual("", NOTHING_KNOWN.shown(other))

    def test_same_length(self) -> None:
        """Data keeps its length, and is the same object if there is nothing in it."""
        data = f'{{"a": "{SECRET}", "b": "{SECRET[3:15]}"}}'.encode()
        masked = self.known.masked(data)
        self.assertEqual(len(data), len(masked))
        self.assertEqual({"a": "*" * len(SECRET), "b": "*" * 12}, json.loads(masked))

    def test_nothing_but_secrets(self) -> None:
        """What repeats secrets without end is masked as a whole."""
        data = SECRET.encode() * 20_000
        self.assertEqual(b"*" * len(data), self.known.masked(data))


class KnownTests(SynchronousTestCase):
    """Which texts are secrets."""

    def test_by_name(self) -> None:
        """Names tell, and so do values that are neither words nor numbers."""
        pairs = [
            ("Cookie", "theme=dark; sessionid=abcd; odin=xY12345678; uid=7137682087200557829"),
            ("X-Api-Key", "key-word"),
            ("Authorization", "Bearer abcdEFGH1234"),
            ("User-Agent", "Mozilla/5.0 (Windows NT 10.0)"),
            ("X-Region", "GB"),
        ]
        self.assertEqual(
            ["abcd", "xY12345678", "key-word", "Bearer abcdEFGH1234", "abcdEFGH1234"],
            list(secrets_of(pairs)),
        )

    def test_request(self) -> None:
        """What was sent with a request counts, and what its sender knows beside that."""
        process = Redaction(["pr0cess-wide"])
        process.learn("minted-0-cookie")
        url = "https://me:pa55word@x.example/?msToken=t0ken-0-1&aid=1988&X-Bogus=b0gus-2-3"
        known = process.sent(url, [("x-api-key", "k3y-of-mine")], [("ttwid", "1%7Cabcdef")])
        said = known.shown(
            "pr0cess-wide minted-0-cookie pa55word t0ken-0-1 b0gus-2-3 k3y-of-mine 1|abcdef 1988"
        )
        self.assertEqual("*** *** *** *** *** *** *** 1988", said)
        self.assertEqual("k3y-of-mine", process.shown("k3y-of-mine"))

    def test_forgets(self) -> None:
        """Of what came up on the way, the latest are remembered; repr shows nothing."""
        known = Redaction()
        for number in range(100):
            known.learn(f"c00kie-number-{number:03}-xyz")
        self.assertEqual("***", known.shown("c00kie-number-099-xyz"))
        self.assertEqual("<Redaction>", repr(known))
        known.learn("x" * 10_000_000)


class AnsweredTests(SynchronousTestCase):
    """What an answer repeats of the request."""

    SECRET = "s3cr3t-0f-m1ne"

    def answered(
        self, head: dict[str, list[str]], body: bytes = b"", *cookies: tuple[str, str]
    ) -> tuple[Redaction, Mapping[str, Sequence[str]], bytes]:
        """The answer to a request that was made with the secret."""
        known = Redaction(["0ther-s3cret"])
        sent = known.sent("https://x/?a=b", (), [("sessionid", self.SECRET)])
        return sent.answered(head, body, cookies)

    def test_everywhere(self) -> None:
        """It is masked in names and lines of headers and in the body, and nothing else is."""
        stars = "*" * len(self.SECRET)
        for head, shown in (
            (
                {"a": ["b"], "x": [f"is {self.SECRET}", "c"]},
                {"a": ["b"], "x": [f"is {stars}", "c"]},
            ),
            ({f"x-{self.SECRET}": ["b"], "c": ["\xe4"]}, {f"x-{stars}": ["b"], "c": ["\xe4"]}),
            ({"x": ["b", "0ther-s3cret"]}, {"x": ["b", "*" * 12]}),
            ({"x": [self.SECRET[:7], self.SECRET[7:]]}, {"x": [self.SECRET[:7], self.SECRET[7:]]}),
        ):
            with self.subTest(head):
                self.assertEqual((shown, b"yes"), self.answered(head, b"yes")[1:])
        answer = self.answered({"a": ["b"]}, f"<{self.SECRET}>".encode())
        self.assertEqual(({"a": ["b"]}, f"<{stars}>".encode()), answer[1:])

    def test_given_back(self) -> None:
        """A cookie that the answer itself sets is a secret from then on."""
        cookie = "n3w-c00kie-0f-mine"
        for cookies, head in (
            ([("ttwid", cookie)], {"x": [cookie]}),
            ([], {"x-set-tt-cookie": [f"ttwid={cookie}; Path=/"]}),
        ):
            known, shown, body = self.answered(head, f"<{cookie}>".encode(), *cookies)
            self.assertNotIn(cookie, f"{shown} {body!r}")
            self.assertNotIn(cookie, known.shown(f"it is {cookie}"))

    def test_nothing(self) -> None:
        """An answer that repeats nothing is what it was, and costs no copy."""
        head, body = {"a": ["b"], "content-type": ["text/html"]}, b"hello"
        _, shown, content = self.answered(head, body)
        self.assertIs(head, shown)
        self.assertIs(body, content)


class GateTests(SynchronousTestCase):
    """There is no way around."""

    def test_exact(self) -> None:
        """Only those read an answer byte for byte who decode it or send it back."""
        found = {
            name: count
            for name, (source, _) in read_modules(CHECKOUT).items()
            if name != "tiktoklive.net.web" and (count := source.count(".unmasked()"))
        }
        self.assertEqual(EXACT, found)
        for name, (source, _) in read_modules(CHECKOUT).items():
            if name != "tiktoklive.net.web":
                self.assertNotIn("answer.exact", source, name)

    def test_quoted(self) -> None:
        """Headers that hold TikTok's words are read where the gate is."""
        for name, (source, _) in read_modules(CHECKOUT).items():
            if name.startswith("tiktoklive.simulator"):
                continue
            for line in source.splitlines():
                code = line.partition("#")[0]
                if any(f'"{header}"' in code for header in _QUOTING):
                    gated = ".shown(" in code or ".lower()" in code
                    self.assertTrue(gated, f"{name}: {line.strip()}")
