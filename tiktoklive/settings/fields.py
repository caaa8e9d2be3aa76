"""
What each setting may be.

A setting is named by the path of its field: ``compress``, ``request_options.timeout``.  All there
is to know of it stands in its field (``tiktoklive.described``), in
:class:`~tiktoklive.options.Options` and the classes in it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from tiktoklive.described.rules import NumberRange, shown, whole, zero_or_more
from tiktoklive.described.setting import Setting, setting_of
from tiktoklive.interfaces import ISourceMaker
from tiktoklive.options import Options
from tiktoklive.plugins import kinds, split_description


class Catalogue:
    """
    The settings of a dataclass and of the dataclasses in it.

    :param kind: the dataclass; each field says what it is.
    :ivar kinds: the type of each setting, by its path.
    :ivar settings: what it says of itself, likewise, with the heading that it stands under.
    :ivar tables: what the fields that hold a dataclass say.
    :ivar flags: the path of each setting that has a flag, by the flag.
    :ivar variables: the path of each setting that has an environment variable, by the variable.
    """

    def __init__(self, kind: type) -> None:
        self.kind = kind
        self.usual = kind()
        self.kinds: dict[str, Any] = {}
        self.settings: dict[str, Setting] = {}
        self.tables: dict[str, Setting] = {}
        heading = ""
        for path, hint, found in _leaves(kind, self.tables):
            heading = found.heading or heading
            self.kinds[path] = hint
            self.settings[path] = dataclasses.replace(found, heading=heading)
        self.flags = {found.flag: path for path, found in self.settings.items() if found.flag}
        self.variables = {
            found.variable: path for path, found in self.settings.items() if found.variable
        }

    def usual_value(self, path: str) -> Any:
        """What a setting is when nothing is said of it."""
        value = self.usual
        for name in path.split("."):
            value = getattr(value, name)
        return value

    def may_be_none(self, path: str) -> bool:
        """Whether a setting may be left empty."""
        return NoneType in get_args(self.kinds[path])

    def kind_of(self, path: str) -> type:
        """What a setting is written as: a ``tuple`` for lists, a ``str`` for what is called."""
        hint = self.kinds[path]
        if self.may_be_none(path):
            [hint] = [each for each in get_args(hint) if each is not NoneType]
        origin = get_origin(hint) or hint
        if origin is Mapping:
            return dict
        # What can be called is written as the command to call.
        kind: type = str if origin is Callable else origin
        return kind

    def checked(self, path: str, value: Any) -> Any:
        """
        A setting's value, as the options hold it.

        :param value: as it is written: a list for a tuple, a command line for what is called.
        :raise ValueError: it can't be that; goes on after the setting's name, with the value
            only where that is no secret.
        """
        kind, rule = self.kind_of(path), self.settings[path].rule
        if kind in (int, float):
            usual = whole if kind is int else zero_or_more
            value = _number(kind, rule if isinstance(rule, NumberRange) else usual, value)
        else:
            value = _of_kind(kind, value)
        if path == "sources":
            _check_sources(value)
        return value if rule is None else rule(value)

    def build(self, values: Mapping[str, Any]) -> Any:
        """The options with these values, by path, and otherwise the usual ones."""
        changes: dict[str, Any] = {}
        inner: dict[str, dict[str, Any]] = {}
        for path, value in values.items():
            table, _, name = path.rpartition(".")
            (inner.setdefault(table, {}) if table else changes)[name] = value
        for table, of_table in inner.items():
            changes[table] = dataclasses.replace(getattr(self.usual, table), **of_table)
        return dataclasses.replace(self.usual, **changes)


def _leaves(
    kind: Any, tables: dict[str, Setting], before: str = ""
) -> Iterator[tuple[str, Any, Setting]]:
    hints = get_type_hints(kind)
    for field in dataclasses.fields(kind):
        path, hint, found = before + field.name, hints[field.name], setting_of(field)
        if not dataclasses.is_dataclass(hint):
            yield path, hint, found
            continue
        tables[path] = found
        for number, (inner, its_hint, its) in enumerate(_leaves(hint, tables, f"{path}.")):
            # The heading of a table is that of the first setting in it.
            heading = its.heading or (found.heading if number == 0 else "")
            yield inner, its_hint, dataclasses.replace(its, heading=heading)


#: The settings of a connection.
OPTIONS = Catalogue(Options)

may_be_none, kind_of, checked = OPTIONS.may_be_none, OPTIONS.kind_of, OPTIONS.checked


def build(values: Mapping[str, Any]) -> Options:
    """The options with these values, by path, and otherwise the usual ones."""
    built: Options = OPTIONS.build(values)
    return built


# --- what is written -------------------------------------------------------------------


def _of_kind(kind: type, value: Any) -> Any:
    if kind is bool and not isinstance(value, bool):
        raise ValueError("must be true or false")
    if kind is str and not isinstance(value, str):
        raise ValueError("must be a text in quotes")
    if kind is tuple:
        if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
            raise ValueError("must be a list of texts in quotes")
        return tuple(value)
    if kind is dict:
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise ValueError("must be a table of names and texts in quotes")
        return dict(value)
    return value


def _number(kind: type, range_: NumberRange, value: Any) -> float:
    if kind is int and not isinstance(value, int):
        raise range_.refusal(value)
    try:
        number: float = kind(range_(value))
    except OverflowError:  # of a whole number, which is larger than any other
        raise range_.refusal(value) from None
    return number


def _check_sources(descriptions: tuple[str, ...]) -> None:
    """Which sources there are is known when they are looked for: they are plugins."""
    known = [maker.kind for maker in kinds(ISourceMaker)]
    for description in descriptions:
        if split_description(description)[0] not in known:
            raise ValueError(f"must be of {', '.join(known)}, not {shown(description)}")
