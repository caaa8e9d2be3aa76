"""What Redis answers in place of a reply, as errors."""

from __future__ import annotations

from typing import Final

from tiktoklive.errors import (
    RedisFullError,
    RedisNotReadyError,
    RedisRefusedError,
    RedisReplyError,
)

#: Letters of an answer that an error shows.
_SHOWN: Final = 200

_KINDS: Final[dict[str, tuple[type[RedisReplyError], str]]] = {
    "OOM": (
        RedisFullError,
        "is full: raise its maxmemory, or keep less by maxlen= and age=",
    ),
    "MISCONF": (
        RedisFullError,
        "takes nothing because it cannot write to its disk: make room there",
    ),
    **dict.fromkeys(
        ("LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "NOREPLICAS", "READONLY"),
        (RedisNotReadyError, "is not ready"),
    ),
    **dict.fromkeys(
        ("NOAUTH", "WRONGPASS", "NOPERM", "DENIED"),
        (
            RedisRefusedError,
            "refuses: set TIKTOKLIVE_REDIS_PASSWORD, or TIKTOKLIVE_REDIS_PASSWORD_FILE, and name "
            "the user in the address if there is one",
        ),
    ),
    "NOGROUP": (RedisReplyError, "has lost the group"),
}


def reply_error(where: str, command: str, said: str) -> RedisReplyError:
    """
    The error for an answer that is one.

    :param where: the address of Redis, for people.
    :param command: its first word; the others may hold anything, a password say.
    :param said: the answer, with or without its ``ERR``.
    """
    code, _, words = said.partition(" ")
    if not (code.isascii() and code.isalnum() and code == code.upper()):
        code, words = "ERR", said
    if words.startswith("The user executing the script can't run"):
        code = "NOPERM"
    if command == "AUTH":
        # It may quote what it was told.
        words = "the password is not the right one" if code == "WRONGPASS" else "AUTH failed"
        code = "WRONGPASS" if code == "ERR" else code
    kind, meaning = _KINDS.get(code, (RedisReplyError, f"did not do {command}"))
    return kind(f"{where} {meaning} ({code}: {' '.join(words.split())[:_SHOWN]}).", code=code)
