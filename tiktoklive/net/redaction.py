"""
What others say, without the secrets that they were told.

A server can repeat the request, in a header, a message, the reason of a closed stream.  Answers
are masked where they arrive, before anything reads them, and what is quoted of them in an error, a
log or an event passes :meth:`Redaction.shown`.  Both know what was sent with the very request.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, TypeAlias
from urllib.parse import parse_qsl, urlsplit

from tiktoklive.net.spellings import FOLD, PIECE, SHORTEST, WINDOW, sought

#: Characters of a foreign text that an error quotes.
QUOTED: Final = 120

#: Characters of a foreign text that are looked at, to find what can be quoted of it.
_READ: Final = 4096

#: What holds more pieces of secrets than this is masked as a whole.
_MOST_PIECES: Final = 50_000

#: Characters of one secret that are looked for, and of all that belong to one request: others
#: have a part in these, as they give us cookies.
_LONGEST: Final = 4096
_MOST_SENT: Final = 4096

#: Characters of a name that tell what it is for.
_LONGEST_NAME: Final = 256

#: How many of the secrets that came up on the way are remembered.
_REMEMBERED: Final = 16

#: Names of parameters and headers whose values let their reader act as a user.
_TELLING = re.compile(
    r"cookie|auth|key|session|token|secret|passw|ttwid|sid_|bogus|gnarly|sign|wrss|fp$",
    re.IGNORECASE,
)

#: Headers that say nothing that others don't know.
_PUBLIC: Final = frozenset(
    (
        "accept accept-encoding accept-language cache-control content-type host origin pragma "
        "referer user-agent webhook-id webhook-timestamp"
    ).split()
)

#: Cookies and the like that are words or numbers occur in texts of all kinds.
_PLAIN_WORD = re.compile(r"[0-9.]+|[a-z_.-]+")

_SEPARATORS = re.compile(r"[;,\s]+")

#: From "://" on: user and password are left out, the host stays, nothing behind it does.  It begins
#: with fixed text and gives nothing back: its time is proportional to the text.
_ADDRESS = re.compile(r"://(?:[^\s/?#@]*+@)?+([^\s/?#@\"'<>]*+)[^\s\"'<>]*+")

#: Letters, digits and the like that JSON need not escape; all backslashes before them belong to it.
_ESCAPED = re.compile(
    rb"(?<!\\)\\++u00(2[bdef]|3[0-9d]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ace])", re.IGNORECASE
)

_STARS = re.compile(r"\*{4,}+")

#: Address, headers, cookies.
_Request: TypeAlias = tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]


class Redaction:
    """
    Knows secrets, and takes them out of what others say.

    A secret is found as it is, in any case, percent-encoded once or twice, decoded, escaped for
    HTML or JSON, each letter too, and in base64 wherever it begins.

    :param secrets: never forgotten; those of ``inner`` count, too.
    """

    __slots__ = ("_fixed", "_inner", "_later", "_pending")

    def __init__(self, secrets: Iterable[str] = (), inner: Redaction | None = None) -> None:
        self._fixed = _usable(secrets)
        self._later: deque[str] | None = None
        self._inner = inner
        self._pending: _Request | None = None

    def __repr__(self) -> str:
        return "<Redaction>"

    def learn(self, *secrets: str) -> None:
        """Know more, such as a cookie that was just given; the oldest are forgotten."""
        usable = _usable(secrets, _MOST_SENT)
        if self._later is None:  # of most requests there is nothing to learn
            self._later = deque(maxlen=_REMEMBERED)
        self._later.extend(secret for secret in usable if secret not in self._later)

    def sent(
        self,
        url: str = "",
        headers: Iterable[tuple[str, str]] = (),
        cookies: Iterable[tuple[str, str]] = (),
    ) -> Redaction:
        """
        What must not be shown of the answer to one request.

        :param url: that was asked for.
        :param headers: that were sent.
        :param cookies: likewise, those that were given back included.
        """
        known = Redaction(inner=self)
        known._pending = (url, tuple(headers), tuple(cookies))
        return known

    def settle(self) -> None:
        """Keep the secrets of a request, and not the request: its answer may come for hours."""
        pending, self._pending = self._pending, None
        if pending is not None:
            self._fixed = _usable(_sent(*pending), _MOST_SENT)

    def shown(self, value: object, limit: int = QUOTED) -> str:
        """
        A foreign text fit to be shown: one short line without addresses and secrets.

        :param value: the text; anything else is as good as none.
        :param limit: characters after which it is cut.
        """
        if not isinstance(value, str):
            return ""
        said = value[:_READ].encode("utf-8", "surrogatepass")
        masked = self._without_secrets(said, is_data=False)
        text = value[:_READ] if masked is said else masked.decode("utf-8", "replace")
        text = _ADDRESS.sub(r"://\1", _STARS.sub("***", text))
        text = "".join(each if each.isprintable() else " " for each in text)
        return " ".join(text.split())[:limit]

    def masked(self, data: bytes) -> bytes:
        """
        Data of others with asterisks, as many as there were characters, in the place of secrets
        and of parts of them; the same object if there are none.
        """
        return self._without_secrets(data, is_data=True)

    def answered(
        self,
        head: Mapping[str, Sequence[str]],
        body: bytes,
        cookies: Iterable[tuple[str, str]] = (),
    ) -> tuple[Redaction, Mapping[str, Sequence[str]], bytes]:
        """
        The answer to a request that was sent: head and body, each as by :meth:`masked`.

        :param cookies: that were set on the way; those and what the answer gives besides are
            secrets from now on.
        :return: first, what knows them as well.
        """
        known, given = self, [("cookie", line) for line in head.get("x-set-tt-cookie", ())]
        cookies = tuple(cookies)
        if given or cookies:
            known = self.sent(headers=given, cookies=cookies)
        whole = "\n".join(chain(head, *head.values())).encode("latin-1")
        if known.masked(whole) is not whole:
            masked: dict[str, list[str]] = {}
            for name, lines in head.items():
                kept = known.masked(name.encode("latin-1")).decode("latin-1")
                masked[kept] = [known.masked(x.encode("latin-1")).decode("latin-1") for x in lines]
            head = masked
        return known, head, known.masked(body)

    def _without_secrets(self, data: bytes, *, is_data: bool) -> bytes:
        masked, plain = data, data
        if b"\\u00" in data:
            plain, found = _ESCAPED.subn(_unescaped, data, count=_MOST_PIECES)
            if found == _MOST_PIECES:
                return b"*" * len(data)
        for secrets in self._layers():
            masked = _masked(masked, secrets, is_data=is_data)
            if plain is not data and _masked(plain, secrets, is_data=is_data) is not plain:
                return self._without_secrets(plain, is_data=is_data)
        return masked

    def _layers(self) -> Iterator[tuple[str, ...]]:
        """
        All secrets: those of a request, of the process, and those that came up, each by themselves.

        What to look for is worked out anew only for those that changed.
        """
        known: Redaction | None = self
        while known is not None:
            known.settle()
            yield known._fixed
            yield tuple(known._later or ())
            known = known._inner


def secrets_of(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """
    The secrets among headers, cookies or parameters: by their name, or as they look.

    What is a word or a number occurs in texts of all kinds, and is none unless its name says so.
    """
    for whole_name, whole_value in pairs:
        name, value = whole_name[:_LONGEST_NAME], whole_value[: 4 * _LONGEST]
        if name.lower() in _PUBLIC:
            continue
        if _TELLING.search(name) and "cookie" not in name.lower():
            yield value
        for piece in _SEPARATORS.split(value):
            inner, equals, content = piece.partition("=")
            if not content.strip("="):
                inner, content = name, piece
            if _is_telling(content) or (equals and _TELLING.search(inner)):
                yield content


def _is_telling(value: str) -> bool:
    """Whether a value looks like a secret: it is long enough, and neither a word nor a number."""
    return len(value) >= WINDOW and not _PLAIN_WORD.fullmatch(value)


def _usable(secrets: Iterable[str], most: int | None = None) -> tuple[str, ...]:
    """
    Those that are long enough, each once.

    :param most: characters that they may have together; what is beyond them is left out.
    """
    found: dict[str, None] = {}
    size = 0
    for secret in secrets:
        usable = secret.strip()[:_LONGEST]
        if len(usable) >= SHORTEST and (most is None or size + len(usable) <= most):
            size += len(usable)
            found[usable] = None
    return tuple(found)


def _sent(
    url: str, headers: Iterable[tuple[str, str]], cookies: Iterable[tuple[str, str]]
) -> Iterator[str]:
    """The secrets in a request."""
    yield from secrets_of(cookies)
    yield from secrets_of(headers)
    try:
        parts = urlsplit(url[: 4 * _LONGEST])
    except ValueError:
        return
    yield from filter(None, (parts.username, parts.password))
    query = parse_qsl(parts.query)
    yield from secrets_of((name, value) for name, value in query if _TELLING.search(name))


def _masked(data: bytes, secrets: tuple[str, ...], *, is_data: bool) -> bytes:
    """
    Data without secrets; the time is proportional to its length.

    Each window, wherever it begins, holds a whole piece that begins at a multiple of its length:
    the data is read once, in such pieces.

    :param is_data: leave what may be a part of something else: words, numbers, short texts.
    """
    if not secrets or len(data) < SHORTEST:
        return data
    wanted = sought(secrets)
    folded = data.translate(FOLD)
    places = _positions(folded, wanted.windows, wanted.pieces)
    if places is None:
        return b"*" * len(data)
    spans: list[tuple[int, int]] = []
    told = False
    for start in places:
        tells = not is_data or folded[start : start + WINDOW] in wanted.telling
        if spans and start <= spans[-1][1]:  # one part of a secret, as a whole
            begin, told = spans.pop()[0], told or tells
        else:
            if spans and not told:
                spans.pop()
            begin, told = start, tells
        spans.append((begin, start + WINDOW))
    if spans and not told:
        spans.pop()
    for form in () if is_data else wanted.short:
        start = folded.find(form)
        while start >= 0:
            spans.append((start, start + len(form)))
            start = folded.find(form, start + len(form))
    if not spans:
        return data
    covered = bytearray(data)
    for start, end in spans:
        covered[start:end] = b"*" * (end - start)
    return bytes(covered)


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes((int(found[1], 16),))


def _positions(
    folded: bytes, windows: frozenset[bytes], pieces: frozenset[int]
) -> list[int] | None:
    """Where windows begin, in order; ``None`` where there are too many."""
    found: list[int] = []
    count = len(folded) // PIECE
    numbers = memoryview(folded)[: count * PIECE].cast("I")
    if pieces.isdisjoint(numbers):
        return found
    following = seen = 0
    for place, number in enumerate(numbers):
        if number in pieces:
            seen += 1
            if seen > _MOST_PIECES:
                return None
            last = place * PIECE
            for start in range(max(following, last + PIECE - WINDOW), last + 1):
                if folded[start : start + WINDOW] in windows:
                    found.append(start)
            following = last + 1
    return found


#: For texts of parties that were told no secret.
NOTHING_KNOWN: Final = Redaction()
