"""
Files of users: plain ones, with a name on each line, and TOML, where a user may have options.

TOML has one key, ``users``, a list in which each user is a text, the name, or a table with a
``name`` and options: ``[[users]]``.  That there is no user is said: ``users = []``, and in a
plain file a line ``[]``.  A file that says nothing was likely emptied by an editor or a full disk.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tiktoklive.errors import InvalidUniqueIdError, InvalidUserOptionsError
from tiktoklive.errors.isolation import said_by
from tiktoklive.files.secret import read_text
from tiktoklive.model import parse_unique_id
from tiktoklive.users.options import UserOptions, read_options

#: What a line of a plain file says if there is no user to follow, as the list of TOML does.
NO_USERS: Final = "[]"


@dataclass(frozen=True, slots=True)
class Listed:
    """One user of a list."""

    name: str
    options: UserOptions = field(default_factory=UserOptions)


class UsersFile:
    """
    A list of users that can be read again.

    :param path: the file; its name ends in ``.toml`` if it is one.
    :param others: users who are followed beside those of the file.
    """

    def __init__(self, path: str | Path, others: Sequence[str] = ()) -> None:
        self.path = Path(path).absolute()
        self._others = tuple(others)

    def read(self, followed: Collection[str] = ()) -> tuple[Listed, ...]:
        """
        All users, the others first; of one who is among both, the file tells the options.

        :param followed: who is known because of an earlier reading, in lower case.
        :raise InvalidUserOptionsError: the file cannot be read, or something in it is wrong: says
            which user and which key; or it names no user and does not say so, while users of it
            are known.
        """
        users = {name.lower(): Listed(name) for name in self._others}
        found = read_list(self.path)
        if found is None and any(name not in users for name in followed):
            inside = "users = []" if self.path.suffix == ".toml" else f"a line {NO_USERS}"
            raise InvalidUserOptionsError(
                f"{self.path} names no user, as if it had been emptied: write {inside} into it if "
                "no user is to be followed any more."
            )
        for user in found or ():
            users[user.name.lower()] = user
        return tuple(users.values())


def read_list(path: Path) -> tuple[Listed, ...] | None:
    """
    The users of one file, each once.

    :return: ``None`` if it says nothing of users, not even that there are none.
    :raise InvalidUserOptionsError: see :meth:`UsersFile.read`.
    """
    try:
        text = read_text(path)[0]
    except OSError as error:
        raise InvalidUserOptionsError(f"{path} cannot be read: {said_by(error)}.") from None
    except ValueError as error:
        raise InvalidUserOptionsError(str(error)) from None
    try:
        return _of_toml(text, path.parent) if path.suffix == ".toml" else _of_lines(text)
    except InvalidUserOptionsError as error:
        raise InvalidUserOptionsError(f"{path}{error}") from None


def _of_lines(text: str) -> tuple[Listed, ...] | None:
    said = [line.partition("#")[0].strip() for line in text.splitlines()]
    users = tuple(_named(said))
    if users and NO_USERS in said:
        raise InvalidUserOptionsError(f": {NO_USERS} says that there is no user, beside others.")
    return users if any(said) else None


def _named(lines: Sequence[str]) -> Iterator[Listed]:
    seen = set()
    for number, written in enumerate(lines, 1):
        if written in ("", NO_USERS):
            continue
        try:
            name = parse_unique_id(written)
        except InvalidUniqueIdError as error:
            raise InvalidUserOptionsError(f", line {number}: {error}") from None
        if name.lower() not in seen:
            seen.add(name.lower())
            yield Listed(name)


def _of_toml(text: str, home: Path) -> tuple[Listed, ...] | None:
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidUserOptionsError(f" is not TOML: {error}.") from None
    for key in content:
        if key != "users":
            raise InvalidUserOptionsError(
                f": {key[:40]} is no key: write [[users]] above the name and the keys of each user."
            )
    if "users" not in content:
        return None
    users = content["users"]
    if not isinstance(users, list):
        raise InvalidUserOptionsError(": users must be a list: write [[users]] above each.")
    return tuple(_written(users, home))


def _written(users: Sequence[Any], home: Path) -> Iterator[Listed]:
    seen = set()
    for number, each in enumerate(users, 1):
        user = _user(each, number, home)
        if user.name.lower() in seen:
            raise InvalidUserOptionsError(f": @{user.name} stands there twice.")
        seen.add(user.name.lower())
        yield user


def _user(each: Any, number: int, home: Path) -> Listed:
    values = {"name": each} if isinstance(each, str) else each
    if not isinstance(values, dict) or "name" not in values:
        raise InvalidUserOptionsError(f": user {number} has no name.")
    if not isinstance(values["name"], str):
        raise InvalidUserOptionsError(f": user {number}: name must be text in quotes.")
    try:
        name = parse_unique_id(values["name"])
    except InvalidUniqueIdError as error:
        raise InvalidUserOptionsError(f": user {number}: {error}") from None
    options = {key: value for key, value in values.items() if key != "name"}
    try:
        return Listed(name, read_options(options, home))
    except InvalidUserOptionsError as error:
        raise InvalidUserOptionsError(f": @{name}: {error}") from None
