"""Queries and headers: ordered pairs of name and value, some of them changed by the user."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Pairs = Sequence[tuple[str, str]]


def override(
    pairs: Pairs, changes: Mapping[str, str], *, key: Callable[[str], str] = str
) -> list[tuple[str, str]]:
    """
    The pairs with the values that the user wants: in the place of the first of that name,
    further ones of it left out; new names at the end.

    :param key: by what two names are the same; ``str.lower`` for headers.
    """
    todo = {key(name): (name, value) for name, value in changes.items()}
    changed = frozenset(todo)
    found = []
    for name, value in pairs:
        if key(name) not in changed:
            found.append((name, value))
        elif key(name) in todo:
            found.append(todo.pop(key(name)))
    return [*found, *todo.values()]
