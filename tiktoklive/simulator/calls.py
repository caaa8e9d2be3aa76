"""Methods that are called with what a JSON object says: their parameters are its keys."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

#: The longest text, and the most entries of a table, that a key may have.
_LONGEST: Final = 1000
_MOST: Final = 100

_NAMES: Final = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """
    A key of the object.

    :ivar kinds: ``str``, ``int``, ``float``, ``bool``, ``dict`` (of numbers), ``None``.
    :ivar words: the texts that it may be, if not all.
    """

    kinds: tuple[Any, ...]
    words: tuple[str, ...]
    is_needed: bool

    def says(self) -> str:
        """What it may be, for people."""
        if self.words:
            return " or ".join(self.words)
        names = [_NAMES.get(kind, "a table of numbers") for kind in self.kinds if kind is not None]
        return " or ".join(names)

    def accepts(self, value: Any) -> bool:
        """Whether a value of JSON may be given."""
        if isinstance(value, str):
            return str in self.kinds and len(value) <= _LONGEST and value in (self.words or [value])
        if isinstance(value, dict):
            numbers = all(_is_number(each) for each in value.values())
            return dict in self.kinds and len(value) <= _MOST and numbers
        if value is None or isinstance(value, bool):
            return (value if value is None else bool) in self.kinds
        if isinstance(value, int) and int in self.kinds:
            return abs(value) < 2**53
        return float in self.kinds and _is_number(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def parameters(method: Callable[..., Any]) -> dict[str, Parameter] | None:
    """
    The keys for a method; ``None`` if it needs something that JSON has not.

    What JSON has not, and what is left out may be, is no key.
    """
    hints, found = get_type_hints(method), {}
    for name, parameter in inspect.signature(method).parameters.items():
        if name == "self":
            continue
        kinds, words = _plain(hints.get(name))
        is_needed = parameter.default is parameter.empty
        if kinds:
            found[name] = Parameter(kinds, words, is_needed)
        elif is_needed:
            return None
    return found


def _plain(hint: Any) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """What JSON can give of a type: kinds, and the words if it is one of some."""
    origin = get_origin(hint)
    if origin is Literal:
        return (str,), get_args(hint)
    if origin in (Union, UnionType):
        parts = [_plain(each) for each in get_args(hint)]
        kinds = tuple(kind for each, _ in parts for kind in each)
        return (kinds if set(kinds) != {None} else ()), ()
    if origin is not None and issubclass(origin, Mapping):
        return (dict,), ()
    if hint is NoneType:
        return (None,), ()
    return ((hint,) if hint in _NAMES else ()), ()


def call(method: Callable[..., Any], body: Mapping[str, Any]) -> Any:
    """
    Call a method with the keys of an object.

    :raise ValueError: a key is unknown, is not there, or has a value of another kind; or what the
        method raised.
    """
    known = parameters(method) or {}
    for name, value in body.items():
        if name not in known:
            keys = ", ".join(known) or "none"
            raise ValueError(f"there is no key {name[:40]!r}: there are {keys}")
        if not known[name].accepts(value):
            raise ValueError(f"{name} must be {known[name].says()}")
    for name, parameter in known.items():
        if parameter.is_needed and name not in body:
            raise ValueError(f"{name} is missing: {parameter.says()}")
    return method(**body)
