"""
What stays of the users that are followed, as a file of JSON.

Version 1 is ``{"v": 1, "users": [...], "removed": [...]}``.  A user is ``name`` (under which it is
followed), ``id`` (the user id, ``""`` until it is known), ``listed`` (the name in the list that
it came from, which was changed since if it is another one; ``""`` of a user that was added at run
time), and of the latter ``options`` (those of its own, see :mod:`tiktoklive.users.options`).
``removed`` are names of lists that are not followed all the same, because they were removed at run
time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tiktoklive.errors import InvalidUniqueIdError, StartError
from tiktoklive.errors.isolation import said_by
from tiktoklive.files.reading import read_regular
from tiktoklive.files.whole import write_whole
from tiktoklive.model import parse_unique_id

VERSION: Final = 1

#: Bytes of a file that is read: a hundred thousand users have less.
LARGEST: Final = 64 * 1024 * 1024

#: What to do about a file that cannot be used.
_LEFT: Final = "It is left as it is, and nothing is followed."


@dataclass(frozen=True, slots=True)
class KeptUser:
    """
    One user of the file.

    :ivar listed: the name in the list that it came from; ``""`` if it was added at run time.
    :ivar anchor_id: the user id, decimal text; ``""`` if it is not known.
    :ivar options: those of a user who was added, as JSON; they are looked at when they are used.
    """

    name: str
    listed: str = ""
    anchor_id: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptUsers:
    """
    All that stays.

    :ivar removed: names of lists that were removed at run time.
    """

    users: tuple[KeptUser, ...] = ()
    removed: tuple[str, ...] = ()


def read_state(path: Path) -> KeptUsers:
    """
    Read a file; one that is not there is empty.

    :raise StartError: it cannot be read, is damaged, or of a newer version.
    """
    try:
        content = read_regular(path, LARGEST)[0]
    except FileNotFoundError:
        return KeptUsers()
    except OSError as error:
        raise StartError(f"The state file {path} cannot be read: {said_by(error)}.") from error
    try:
        return _users(json.loads(content))
    except _NewerError as error:
        raise StartError(
            f"The state file {path} is of version {error.version}, and this program knows version "
            f"{VERSION}: run the newer program. {_LEFT}"
        ) from None
    except (ValueError, RecursionError, InvalidUniqueIdError) as error:
        raise StartError(
            f"The state file {path} is damaged: {str(error).rstrip('.')}. {_LEFT} Mend it; or "
            "move it away, and those who were added at run time are to be added again."
        ) from None


def write_state(path: Path, kept: KeptUsers) -> None:
    """
    Write a file, whole or not at all.

    :raise OSError: it cannot be written.
    """
    write_whole(path, as_json(kept))


def as_json(kept: KeptUsers) -> bytes:
    """What stands in the file: a line for each user, for people who compare two of them."""
    lines = ",".join(f"\n  {json.dumps(_shape(each))}" for each in kept.users)
    removed = json.dumps(kept.removed)
    return f'{{"v": {VERSION},\n "removed": {removed},\n "users": [{lines}]}}\n'.encode()


def _shape(user: KeptUser) -> dict[str, Any]:
    shape: dict[str, Any] = {"name": user.name, "id": user.anchor_id, "listed": user.listed}
    return shape | ({"options": dict(user.options)} if user.options else {})


class _NewerError(Exception):
    """The file is of a version that is not known."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


def _users(shape: Any) -> KeptUsers:
    if not isinstance(shape, dict):
        raise ValueError("it is no object of JSON")
    version = shape.get("v")
    if type(version) is not int or version < 1:
        raise ValueError("v is no version")
    if version > VERSION:
        raise _NewerError(version)
    _only(shape, ("v", "users", "removed"), "it")
    users, removed = shape.get("users", []), shape.get("removed", [])
    if not isinstance(users, list):
        raise ValueError("users is no list")
    if not isinstance(removed, list) or not all(isinstance(each, str) for each in removed):
        raise ValueError("removed is no list of names")
    found = tuple(_user(each) for each in users)
    if twice := [name for name, n in Counter(u.name.lower() for u in found).items() if n > 1]:
        raise ValueError(f"@{twice[0]} stands there twice")
    return KeptUsers(found, tuple(removed))


def _user(shape: Any) -> KeptUser:
    if not isinstance(shape, dict) or not isinstance(shape.get("name"), str):
        raise ValueError("one of users has no name")
    name = parse_unique_id(shape["name"])
    _only(shape, ("name", "id", "listed", "options"), f"@{name}")
    if not isinstance(shape.get("options", {}), dict):
        raise ValueError(f"options of @{name} are no table")
    for key in ("id", "listed"):
        if not isinstance(shape.get(key, ""), str):
            raise ValueError(f"{key} of @{name} is no text")
    anchor_id = shape.get("id", "")
    if anchor_id and not (anchor_id.isascii() and anchor_id.isdigit()):
        raise ValueError(f"id of @{name} is no number")
    return KeptUser(name, shape.get("listed", ""), anchor_id, shape.get("options", {}))


def _only(shape: Mapping[str, Any], known: tuple[str, ...], whose: str) -> None:
    """Refuse what is not known: it would be lost when the file is written."""
    for key in shape:
        if key not in known:
            raise ValueError(f"{whose} has the key {key[:40]!r}, which is not known")
