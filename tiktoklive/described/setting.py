"""
What a setting is, in the metadata of its dataclass field.

The command line, the parser of the configuration file, the example of one, and the tables of
the documentation are made from it.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from tiktoklive.described.given import checked

_P = ParamSpec("_P")
_T = TypeVar("_T")

_KEY = "setting"


@dataclass(frozen=True, slots=True)
class Setting:
    """
    What there is to know of a setting beside its name, type and usual value.

    :ivar text: what it does, in reST, without a full stop at its end.
    :ivar rule: gives the value in its one form, or raises ``ValueError`` with what goes on after
        the setting's name: ``must be ...``.
    :ivar flag: its flag, without dashes: ``no-...`` for one that is usually true, ``...-file``
        for a file that holds it.  Only a configuration file gives a setting without a flag.
    :ivar help: the flag's line in ``--help``.
    :ivar takes: what stands behind the flag in the documentation; ``NAME=VALUE`` and
        ``NAME: VALUE`` are pairs.
    :ivar again: whether the flag can be given again, of lists; otherwise they have commas.
    :ivar asking: whether commands that only ask something have the flag too.
    :ivar needs: the sources without which the flag means nothing.
    :ivar of_session: whether the flag means nothing without a session.
    :ivar variable: its environment variable, beside its flag.
    :ivar secret: whether a file that has it may be read by its owner alone.
    :ivar user: whether it is an address that may name a user, and a password, which a flag does not
        take (:mod:`tiktoklive.described.userinfo`).
    :ivar heading: what it stands under, and those behind it too, and those in it.
    :ivar elsewhere: what others call it, such as JavaScript, where the spelling is not all that
        differs.
    :ivar example: a value for the example file, where the usual one is nothing.
    """

    text: str
    rule: Callable[[Any], Any] | None = None
    flag: str = ""
    help: str = ""
    takes: str = ""
    again: bool = False
    asking: bool = False
    needs: tuple[str, ...] = ()
    of_session: bool = False
    variable: str = ""
    secret: bool = False
    user: bool = False
    heading: str = ""
    elsewhere: tuple[str, ...] = ()
    example: Any = None


def _metadata(make: Callable[_P, Setting]) -> Callable[_P, Mapping[str, Setting]]:
    def made(*arguments: _P.args, **named: _P.kwargs) -> Mapping[str, Setting]:
        return {_KEY: make(*arguments, **named)}

    return made


#: The metadata of a field; the arguments are those of :class:`Setting`.
setting = _metadata(Setting)


def setting_of(field: dataclasses.Field[Any]) -> Setting:
    """
    What a field says of itself.

    :raise LookupError: it says nothing.
    """
    found = field.metadata.get(_KEY)
    if not isinstance(found, Setting):
        raise LookupError(f"The field {field.name} does not say what it is.")
    return found


def described(kind: type[_T]) -> type[_T]:
    """
    Add what the fields of a dataclass say to its docstring.

    It refuses what cannot be a setting from then on, see :mod:`tiktoklive.described.given`.
    """
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]  # it is a dataclass
    lines = [f":ivar {field.name}: {setting_of(field).text}." for field in fields]
    kind.__doc__ = "\n".join([inspect.cleandoc(kind.__doc__ or ""), "", *lines, ""])
    return checked(
        kind, {name: field.name for field in fields for name in setting_of(field).elsewhere}
    )
