"""Whether what stands in a file has the form that it was written in."""

from __future__ import annotations

from typing import Any, Final

#: Letters of a text, entries of a list, and the largest number.
_LETTERS, _ENTRIES, _MOST = 2_000, 10_000, 2**64 - 1

#: Says of a form that any key is right: a table whose values are alike.
ANY: Final = "*"


def matches(value: Any, form: Any) -> bool:
    """
    Whether a value of JSON has a form.

    :param form: ``str``, ``bool`` or ``int``; a list of the form of its
        entries; a dict of the forms of its values, which has just these keys, or of :data:`ANY`;
        a tuple of forms, one of which it has; anything else is to be the same.
    """
    if isinstance(form, tuple):
        return any(matches(value, each) for each in form)
    if isinstance(form, list):
        is_list = isinstance(value, list) and len(value) <= _ENTRIES
        return is_list and all(matches(each, form[0]) for each in value)
    if isinstance(form, dict):
        if not isinstance(value, dict) or len(value) > _ENTRIES:
            return False
        if ANY in form:
            return all(matches(each, form[ANY]) for each in value.values())
        return value.keys() == form.keys() and all(matches(value[key], form[key]) for key in form)
    if form is int:
        return type(value) is int and abs(value) <= _MOST
    if form is str:
        return isinstance(value, str) and len(value) <= _LETTERS
    return type(value) is bool if form is bool else value is form
