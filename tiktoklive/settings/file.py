"""A configuration file in TOML: settings by the names of their fields, users, outputs, a tape."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain
from typing import Any, NoReturn

from twisted.python.usage import UsageError

from tiktoklive.described.userinfo import has_user
from tiktoklive.files.secret import is_private
from tiktoklive.settings.fields import OPTIONS, Catalogue
from tiktoklive.settings.secret import read_file, secrets_in

#: The keys that are no settings of a connection.
OWN_KEYS = ("users", "users_file", "outputs", "record")


@dataclass(frozen=True, slots=True)
class Configuration:
    """
    What a file says.

    :ivar values: settings by path.
    """

    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    users: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    record: str | None = None
    users_file: str | None = None


def read_configuration(
    path: str, environ: Mapping[str, str], catalogue: Catalogue = OPTIONS
) -> Configuration:
    """
    Read a file.

    :param catalogue: the settings that may stand in it.
    :raise UsageError: it can't be read, says something impossible, or holds a secret that
        others could read.
    """
    text, mode = read_file(path, "config")
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as e:
        # Without its cause, which holds the text.
        raise UsageError(f"{path} is not TOML: {e}.") from None
    reader = _Reader(path, catalogue)
    values = {key: reader.value(key, value) for key, value in reader.leaves(content)}
    addresses = (key for key in OWN_KEYS if has_user(content.get(key)))
    holds = next(chain(secrets_in(values, catalogue), addresses), None)
    if holds is not None and not is_private(path, mode, environ):
        raise UsageError(f"{path} holds {holds} and can be read by others: chmod 600 {path}")
    return Configuration(
        values,
        users=reader.texts("users", content),
        outputs=reader.texts("outputs", content),
        record=reader.text("record", content),
        users_file=reader.text("users_file", content),
    )


class _Reader:
    """Reads the content of one file, and says what is wrong with it."""

    def __init__(self, path: str, catalogue: Catalogue) -> None:
        self._path = path
        self._catalogue = catalogue

    def leaves(self, content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Each setting with its value as it is written."""
        for key, value in content.items():
            if key in self._catalogue.tables:
                if not isinstance(value, dict):
                    self._refuse(key, f"must be a table: write [{key}] above its keys")
                for name, inner in value.items():
                    if f"{key}.{name}" not in self._catalogue.kinds:
                        self._unknown(name, key)
                    yield f"{key}.{name}", inner
            elif key in self._catalogue.kinds:
                yield key, value
            elif key not in OWN_KEYS:
                self._unknown(key)

    def value(self, path: str, value: Any) -> Any:
        """A setting's value."""
        may_be_none = self._catalogue.may_be_none(path)
        if value is False and may_be_none:
            return None
        try:
            return self._catalogue.checked(path, value)
        except ValueError as e:
            self._refuse(path, f"{e}{', or false for none' if may_be_none else ''}")

    def texts(self, key: str, content: Mapping[str, Any]) -> tuple[str, ...]:
        """A list of texts, which may be left out."""
        value = content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._refuse(key, "must be a list of texts in quotes")
        return tuple(value)

    def text(self, key: str, content: Mapping[str, Any]) -> str | None:
        """A text, which may be left out."""
        value = content.get(key)
        if value is not None and not isinstance(value, str):
            self._refuse(key, "must be a text in quotes")
        return value

    def _refuse(self, key: str, said: str) -> NoReturn:
        raise UsageError(f"{self._path}: {key} {said}.") from None

    def _unknown(self, name: str, table: str = "") -> NoReturn:
        paths = self._catalogue.kinds
        top = sorted({*(path.partition(".")[0] for path in paths), *OWN_KEYS})
        known = [path.partition(".")[2] for path in paths if path.startswith(f"{table}.")] or top
        where = f" in [{table}]" if table else ""
        if name in top:
            self._refuse(name, f"stands{where}: keys without a table stand above all tables")
        elsewhere = [path for path in paths if path.rpartition(".")[2] == name]
        near = elsewhere or get_close_matches(name, known, 1)
        hint = f"perhaps {' or '.join(near)} is meant" if near else f"there are {', '.join(known)}"
        self._refuse(name, f"is no key{where}: {hint}")
