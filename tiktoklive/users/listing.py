"""
Files of users: plain ones, with a name on each line, and TOML, where a user may have options.

TOML has one key, ``users``, a list in which each user is a text, the name, or a table with a
``name`` and options: ``[[users]]``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tiktoklive.errors import InvalidUniqueIdError, InvalidUserOptionsError
from tiktoklive.errors.isolation import said_by
from tiktoklive.files.secret import read_text
from tiktoklive.model import parse_unique_id
from tiktoklive.users.options import UserOptions, read_options


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

    def read(self) -> tuple[Listed, ...]:
        """
        All users, the others first; of one who is among both, the file tells the options.

        :raise InvalidUserOptionsError: the file cannot be read, or something in it is wrong: says
            which user and which key.
        """
        users = {name.lower(): Listed(name) for name in self._others}
        for user in read_list(self.path):
            users[user.name.lower()] = user
        return tuple(users.values())


def read_list(path: Path) -> tuple[Listed, ...]:
    """
    The users of one file, each once.

    :raise InvalidUserOptionsError: see :meth:`UsersFile.read`.
    """
    try:
        text = read_text(path)[0]
    except OSError as error:
        raise InvalidUserOptionsError(f"{path} cannot be read: {said_by(error)}.") from None
    except ValueError as error:
        raise InvalidUserOptionsError(str(error)) from None
    try:
        users = _of_toml(text, path.parent) if path.suffix == ".toml" else _of_lines(text)
        return tuple(users)
    except InvalidUserOptionsError as error:
        raise InvalidUserOptionsError(f"{path}{error}") from None


def _of_lines(text: str) -> Iterator[Listed]:
    seen = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not (written := line.partition("#")[0].strip()):
            continue
        try:
            name = parse_unique_id(written)
        except InvalidUniqueIdError as error:
            raise InvalidUserOptionsError(f", line {number}: {error}") from None
        if name.lower() not in seen:
            seen.add(name.lower())
            yield Listed(name)


def _of_toml(text: str, home: Path) -> Iterator[Listed]:
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidUserOptionsError(f" is not TOML: {error}.") from None
    for key in content:
        if key != "users":
            raise InvalidUserOptionsError(
                f": {key[:40]} is no key: write [[users]] above the name and the keys of each user."
            )
    users = content.get("users", [])
    if not isinstance(users, list):
        raise InvalidUserOptionsError(": users must be a list: write [[users]] above each.")
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
