"""
What a program gives for settings, and what it should write instead where that cannot be right.

The other way to give settings, as text, is :mod:`tiktoklive.settings`.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import wraps
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from tiktoklive.described.rules import shown

_T = TypeVar("_T")

#: Names that are shown of what was given.
_MOST = 8

_MILLISECONDS = "_ms"


def checked(kind: type[_T], other_names: Mapping[str, str]) -> type[_T]:
    """
    Let a dataclass of settings refuse what cannot be right, and say what to write.

    :param other_names: what others call a field, such as JavaScript: its name here.
    """
    plain: Callable[..., None] = kind.__init__
    hints: dict[str, Any] = {}

    @wraps(plain)
    def init(self: Any, /, *values: Any, **named: Any) -> None:
        if not hints:
            hints.update(get_type_hints(kind))
        if values and isinstance(values[0], Mapping):
            raise TypeError(instead_of(kind, values[0], other_names))
        for name in named:
            if name not in hints:
                advice = _advice(name, hints, other_names)
                raise TypeError(f"{kind.__name__} has no setting {shown(name)}{advice}")
        for name, value in (*zip(hints, values, strict=False), *named.items()):
            problem = problem_with(name, value, hints[name])
            if problem:
                raise TypeError(f"{kind.__name__}: {problem}.")
        plain(self, *values, **named)

    init.__signature__ = inspect.signature(plain)  # type: ignore[attr-defined]  # documented
    kind.__init__ = init  # type: ignore[method-assign,assignment]  # that of a dataclass is made, too
    kind.__other_names__ = other_names  # type: ignore[attr-defined]
    return kind


def instead_of(
    kind: type, given: object, other_names: Mapping[str, str] | None = None, what: str = ""
) -> str:
    """
    What to write in the place of something that is no such object.

    :param what: the name of the setting that it was given for, if it was for one.
    """
    names = getattr(kind, "__other_names__", {}) if other_names is None else other_names
    inside, article = "...", _kind_of(given)
    if isinstance(given, Mapping):
        known = {field.name for field in dataclasses.fields(kind)}
        named = [f"{_name(str(each), known, names) or each}=..." for each in list(given)[:_MOST]]
        inside, article = ", ".join(named) or "...", "a dict"
    subject = f"{what} is" if what else "Settings are"
    equals = f"{what}=" if what else ""
    return (
        f"{subject} given as {kind.__name__}, not as {article}: "
        f"write {equals}{kind.__name__}({inside})."
    )


def problem_with(name: str, value: object, hint: Any) -> str:
    """What is wrong with a value, ``""`` if nothing is."""
    if NoneType in get_args(hint):
        if value is None:
            return ""
        [hint] = [each for each in get_args(hint) if each is not NoneType]
    origin: Any = get_origin(hint) or hint
    if origin is tuple:
        return _problem_with_names(name, value)
    if origin is Mapping and not isinstance(value, Mapping):
        return f"{name} must be a dict of text, not {_kind_of(value)}"
    kind: type = origin
    if dataclasses.is_dataclass(kind) and not isinstance(value, kind):
        return instead_of(kind, value, what=name)[:-1]
    if origin is Callable and not callable(value):
        return f"{name} must be a function, not {_kind_of(value)}"
    if origin is str and not isinstance(value, str):
        return f"{name} must be text, not {_kind_of(value)}"
    if origin is bool and not isinstance(value, bool | int):
        return f"{name} must be True or False, not {_kind_of(value)}"
    if origin in (int, float) and not isinstance(value, int | float):
        return f"{name} must be a number, not {_kind_of(value)}"
    return ""


def _problem_with_names(name: str, value: object) -> str:
    if isinstance(value, str):
        words = ", ".join(repr(word.strip()) for word in value[:200].split(","))
        comma = "" if "," in value[:200] else ","
        return f"{name} must be a tuple of names, not text: write {name}=({words}{comma})"
    if not isinstance(value, Iterable) or isinstance(value, bytes | Mapping):
        return f"{name} must be a tuple of names, not {_kind_of(value)}"
    return ""


def _kind_of(value: object) -> str:
    return "text" if isinstance(value, str) else type(value).__name__


def _advice(name: str, known: Iterable[str], other_names: Mapping[str, str]) -> str:
    """What to write for a name that is none of ours, if it can be guessed."""
    ours = _name(name, known, other_names)
    if ours is not None:
        seconds = ", in seconds" if _snake(name).endswith(_MILLISECONDS) else ""
        return f": write {ours}{seconds}."
    close = get_close_matches(_snake(name), list(known), 1)
    return f": did you mean {close[0]}?" if close else f"; it has {', '.join(known)}."


def _name(name: str, known: Iterable[str], other_names: Mapping[str, str]) -> str | None:
    """What a setting of that name is called here."""
    snake = _snake(name)
    ours = other_names.get(name, snake.removesuffix(_MILLISECONDS))
    return ours if ours in known else None


def _snake(name: str) -> str:
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in name[:100])
