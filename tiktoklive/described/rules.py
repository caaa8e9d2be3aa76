"""
What the values of settings may be.

Each rule gives the value in its one form, or raises ``ValueError`` with what goes on after the
setting's name, with the value only where that is no secret.
"""

from __future__ import annotations

import math
import re
import shlex
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HOST_NAME = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.-]*|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+")
_KEY = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class NumberRange:
    """
    Which numbers a setting may be; all that is no such number is refused with the same words.

    :ivar words: what they are, for people, behind ``must be``.
    :ivar holds: whether one of them is such.
    """

    words: str
    holds: Callable[[float], bool]

    def __call__(self, number: Any) -> Any:
        """
        The number, as it is.

        :param number: whatever was written.
        :raise ValueError: it is none of them, or no number.
        """
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise self.refusal(number)
        if not self.holds(number) or number == math.inf:
            raise self.refusal(number)
        return number

    def refusal(self, value: object) -> ValueError:
        """The error for what is none."""
        return ValueError(f"must be {self.words}, not {shown(value)}")


whole = NumberRange("a whole number, 1 or more", lambda number: number >= 1)
zero_or_more = NumberRange("a number, 0 or more", lambda number: number >= 0)
more_than_0 = NumberRange("a number, more than 0", lambda number: number > 0)
one_or_two = NumberRange("1 or 2", lambda number: number in (1, 2))


def address(*schemes: str) -> Callable[[str], str]:
    """An address to put paths after."""

    def rule(address: str) -> str:
        parts = _split(address)
        if parts is None or parts.scheme not in schemes or parts.query or parts.fragment:
            raise ValueError(f"must look like {schemes[-1]}://host")
        if parts.username is not None:
            raise ValueError("must be without name and password")
        return address.rstrip("/")

    return rule


def host_and_port(text: str) -> str:
    """Where something listens without TLS: an IPv6 address stands in brackets."""
    parts = _split(f"http://{text}")
    if parts is None or parts.port is None or parts.netloc != text or "@" in text:
        raise ValueError("must look like 127.0.0.1:8090")
    return text


def _split(address: str) -> Any:
    """The parts of an address, ``None`` if it has no host or a bad port."""
    try:
        parts = urlsplit(address)
        good = parts.hostname and parts.port != 0 and not re.search(r"[\x00-\x20]", address)
    except ValueError:
        return None
    return parts if good else None


def key(text: str) -> str:
    """The key of an account."""
    if not _KEY.fullmatch(text.strip()):
        raise ValueError("must be one word without spaces: copy it again")
    return text.strip()


def one_of(*choices: str) -> Callable[[str], str]:
    """One of these words."""

    def rule(name: str) -> str:
        if name not in choices:
            raise ValueError(f"must be {' or '.join(choices)}, not {shown(name)}")
        return name

    return rule


def each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    """Some sources."""
    if not names or len(set(names)) < len(names):
        raise ValueError("must name each source once, and at least one")
    return names


def host_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Hosts without schemes and ports."""
    if not all(_HOST_NAME.fullmatch(name) for name in names):
        raise ValueError("must be the bare name of a host, such as sign.example.org")
    return names


def headers(pairs: dict[str, str]) -> dict[str, str]:
    """Headers of a request."""
    for name, value in pairs.items():
        if not _HEADER_NAME.fullmatch(name) or not value.isprintable():
            raise ValueError("must be names of headers, each with a value of one line")
    return pairs


def parameters(pairs: dict[str, str]) -> dict[str, str]:
    """Parameters of a query."""
    if not all(pairs):
        raise ValueError("must have a name for each value")
    return pairs


def command(text: str) -> tuple[str, ...]:
    """A program with its arguments, as a shell reads them."""
    try:
        words = shlex.split(text)
    except ValueError as e:
        raise ValueError(f"must be a command line as a shell reads it: {str(e).lower()}") from e
    program = shutil.which(words[0]) if words else None
    if program is None:
        raise ValueError("must begin with a program that is there")
    # twistd goes to its --rundir after this.
    return str(Path(program).absolute()), *words[1:]


def shown(value: Any) -> str:
    """A value that is no secret, for an error."""
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}..."


def absolute_path(text: str) -> str:
    """A file, wherever the process goes later: twistd goes to its --rundir."""
    if not text.strip() or "\0" in text:
        raise ValueError("must be the name of a file")
    return str(Path(text).absolute())
