"""Authorization: bearer tokens and their scopes, and what is open to all."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from hmac import compare_digest
from typing import Final

from tiktoklive.files.secret import read_private
from tiktoklive.outputs.web.answers import Refusal

#: The shortest token that is accepted: one of so many letters cannot be guessed.
SHORTEST = 16

#: What an overlay may see: all that the overlay pages can show.
OVERLAY_TYPES = frozenset(
    "battleEnded battleScore battleStarted chat emote envelope follow gift giftStreak goalUpdate "
    "imDelete like linkMicArmies linkMicBattle member pollEnded pollMessage pollStarted "
    "questionNew roomUser share social subscribe superFan superFanJoin".split()
)

#: A WebSocket protocol that is a token, and the one that is spoken: no page can set a header.
_OFFERED: Final = re.compile(r"bearer\.([A-Za-z0-9_-]{1,400})")
PROTOCOL: Final = "tiktoklive"


class Scope(IntEnum):
    """What a client may do; each includes those before it."""

    NOTHING = 0
    #: To see what an overlay shows.
    OVERLAY = 1
    #: To see everything.
    READ = 2
    #: To decide what overlays show.
    MODERATE = 3
    #: To add and remove rooms, and to have TikTok asked.
    CONTROL = 4


#: The set of tokens of an output for which no other was named.
USUAL: Final = "WEB"

#: The ends of the variables that hold the tokens of a set, ``TIKTOKLIVE_WEB_TOKEN`` the first of
#: the usual one; with ``_FILE`` behind that, the names of files that do.
_ENDS: Final = {
    Scope.CONTROL: "TOKEN",
    Scope.MODERATE: "MODERATOR_TOKEN",
    Scope.READ: "READ_TOKEN",
    Scope.OVERLAY: "OVERLAY_TOKEN",
}

_MISSING: Final = "This needs a token: Authorization: Bearer TOKEN."
_WRONG: Final = "This needs a token, and the one that was given is not known here."
_ASK = (("WWW-Authenticate", 'Bearer realm="tiktoklive"'),)


@dataclass(frozen=True, slots=True)
class Tokens:
    """
    The tokens there are.

    :ivar by_scope: token by what it allows.
    :ivar open: whether all clients may read as long as there is no token for that, and moderate
        as long as there is none for more than reading: only this machine reaches us.
    :ivar named: the set that they are, as it stands in their variables.
    """

    by_scope: Mapping[Scope, str] = field(default_factory=dict, repr=False)
    open: bool = False
    named: str = USUAL

    @property
    def for_samples(self) -> Scope:
        """What showing a sample needs: where only this machine reaches us, no more than reading."""
        control = Scope.CONTROL in self.by_scope or not self.open
        return Scope.CONTROL if control else Scope.READ

    def scope(self, token: str) -> Scope:
        """What a token allows; an unknown one allows nothing."""
        given = token.encode("utf-8", "surrogateescape")
        found = Scope.NOTHING
        for scope, known in self.by_scope.items():  # all of them: the time tells nothing
            if compare_digest(given, known.encode()):
                found = max(found, scope)
        return found

    def check(self, needed: Scope, header: str, query: str = "") -> Scope:
        """
        Whether a request may do something.

        :param header: its ``Authorization``.
        :param query: the token in its address, which allows reading at most.
        :return: what it may do.
        :raise Refusal: less than needed.
        """
        kind, _, token = header.partition(" ")
        allowed = Scope.NOTHING
        if kind.lower() == "bearer":
            allowed = self.scope(token.strip())
        elif query:
            allowed = self.scope(query)
            if allowed > Scope.READ:
                raise Refusal(
                    401,
                    "token",
                    "This token must not be in an address: use that for reading, or for overlays.",
                )
        known = allowed
        if allowed is Scope.NOTHING and self.open and Scope.READ not in self.by_scope:
            # A wrong token is no worse than none, where none is needed.
            more = self.by_scope.keys() & {Scope.MODERATE, Scope.CONTROL}
            allowed = Scope.READ if more else Scope.MODERATE
        if allowed >= needed:
            return allowed
        if needed > Scope.READ and max(self.by_scope, default=Scope.NOTHING) < needed:
            variable = _variable(self.named, needed)
            raise Refusal(
                403,
                "no-token",
                f"This is not allowed: no token is configured. Set {variable}, or let "
                f"{variable}_FILE name a file that holds one.",
            )
        if known is Scope.NOTHING:
            wrong = token.strip() or query
            raise Refusal(401, "token", _WRONG if wrong else _MISSING, _ASK)
        raise Refusal(403, "scope", "The token does not allow this.")


def types_for(scope: Scope) -> frozenset[str] | None:
    """Which events one may see; ``None`` for all."""
    return OVERLAY_TYPES if scope is Scope.OVERLAY else None


def offered(protocols: str) -> str:
    """
    A token that a page offers as the protocol of its WebSocket, as ``Authorization`` would have it.

    :param protocols: ``Sec-WebSocket-Protocol``.
    :return: ``""`` if there is none.
    """
    for each in protocols.split(","):
        found = _OFFERED.fullmatch(each.strip())
        if found is not None:
            try:
                return f"Bearer {urlsafe_b64decode(found[1] + '=' * (-len(found[1]) % 4)).decode()}"
            except ValueError:
                break
    return ""


def set_name(text: str) -> str:
    """
    The name of a set of tokens.

    :raise ValueError: it is none.
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,31}", text):
        raise ValueError(
            "a name of letters, digits and _ such as FEED, which stands in TIKTOKLIVE_FEED_TOKEN"
        )
    return text.upper()


def _variable(named: str, scope: Scope) -> str:
    return f"TIKTOKLIVE_{named}_{_ENDS[scope]}"


def read_tokens(environ: Mapping[str, str], *, open_to_all: bool, named: str = USUAL) -> Tokens:
    """
    The tokens of the environment.

    :param open_to_all: whether reading needs no token as long as there is none for it.
    :param named: the set that is meant.
    :raise ValueError: one is too short, its file cannot be read or can be read by others, or
        there is none although one is needed; says what to do.
    """
    tokens = {}
    for scope in _ENDS:
        if token := read_token(environ, _variable(named, scope)):
            tokens[scope] = token
    if len(set(tokens.values())) < len(tokens):
        raise ValueError("each token needs a value of its own, and two are the same.")
    if not open_to_all and not tokens:
        raise ValueError(
            "others can reach this endpoint, so it needs a token: set "
            f"{_variable(named, Scope.CONTROL)} or {_variable(named, Scope.READ)}, or listen on "
            "interface=127.0.0.1."
        )
    return Tokens(tokens, open_to_all, named)


def read_token(environ: Mapping[str, str], variable: str) -> str:
    """
    The token that a variable holds, or the file that it names with ``_FILE`` at its end.

    :return: ``""`` if there is none.
    :raise ValueError: it is no good.
    """
    token = environ.get(variable, "").strip()
    if not token and (path := environ.get(f"{variable}_FILE", "")):
        token = _read(path, f"{variable}_FILE", environ)
    good = token.isascii() and token.isprintable() and " " not in token
    if token and (len(token) < SHORTEST or not good):
        raise ValueError(f"{variable} must be one word of {SHORTEST} letters or more.")
    return token


def _read(path: str, variable: str, environ: Mapping[str, str]) -> str:
    try:
        return read_private(path, environ)
    except OSError as e:
        # Without its name: the user may have given the token itself.
        raise ValueError(f"the file that {variable} names cannot be read: {e.strerror}.") from None
    except ValueError as e:
        raise ValueError(f"{variable}: {e}") from None
