"""
What :mod:`tiktoklive.events` exports, as its classes say.

``python -m tests.events.exports`` writes it into the package's ``__init__``: mypy and editors
want to read names, so they are written out there. From the table it takes the generic names of
types that have a class, and in ``doc/api.rst`` it writes the same names.
"""

from __future__ import annotations

import ast
import pkgutil
import re
import textwrap
from importlib import import_module
from pathlib import Path
from types import ModuleType

from zope.interface.interface import InterfaceClass

import tiktoklive.events
from tiktoklive.events import base, table
from tiktoklive.interfaces import IObserver

PATH = Path(tiktoklive.events.__file__)

#: The page that lists what is public.
PAGE = Path(__file__).resolve().parents[2] / "doc" / "api.rst"

PACKAGE = tiktoklive.events.__name__

#: What follows when all events are registered.
LAST = (f"{PACKAGE}.saved", f"{PACKAGE}.table")

_WIDTH = 100


def modules() -> list[ModuleType]:
    """All modules of the package."""
    found = pkgutil.iter_modules(tiktoklive.events.__path__)
    return [import_module(f"{PACKAGE}.{each.name}") for each in found]


def named() -> dict[str, set[str]]:
    """Module to the names that follow from its classes: events, and observer interfaces."""
    names: dict[str, set[str]] = {}
    for module in modules():
        for name, value in vars(module).items():
            offered = isinstance(value, InterfaceClass) and value.extends(IObserver)
            if offered and value.__module__ == module.__name__ and not name.startswith("_"):
                names.setdefault(module.__name__, set()).add(name)
    for cls in base.REGISTERED:  # now that all modules are imported
        names.setdefault(cls.__module__, set()).add(cls.__name__)
        if vars(cls).get("method"):  # its parts, which are written beside it
            names[cls.__module__] |= _public_classes(import_module(cls.__module__))
    return names


def _public_classes(module: ModuleType) -> set[str]:
    return {
        name
        for name, value in vars(module).items()
        if isinstance(value, type)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    }


def source(text: str) -> str:
    """
    The source of the package with the exports that there must be.

    :param text: as it is; other names that it imports, such as those of values, are kept.
    """
    tree = ast.parse(text)
    names = named()
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom):
            module = import_module(str(statement.module))
            kept = {each.name for each in statement.names if hasattr(module, each.name)}
            names.setdefault(module.__name__, set()).update(kept)
    head = "".join(text.splitlines(keepends=True)[: tree.body[0].end_lineno])
    first = [_imported(each, names[each]) for each in sorted(names) if each not in LAST]
    last = [_imported(each, names[each]) for each in LAST]
    comment = "# isort: split\n# When all events are registered: the table is made of them.\n"
    every = _in_order({name for found in names.values() for name in found})
    exports = textwrap.fill(
        "".join(f'"{name}", ' for name in every).rstrip(),
        _WIDTH,
        initial_indent=" " * 4,
        subsequent_indent=" " * 4,
    )
    # One name a line would make it the longest file of all, and say nothing more.
    listed = f"# fmt: off\n__all__ = [\n{exports}\n]\n# fmt: on\n"
    return f"{head}\n{''.join(first)}\n{comment}{''.join(last)}\n{listed}"


def without_dead_rows(text: str) -> str:
    """The source of the table, without the generic names of types that have a class."""
    written = {cls.method for cls in table.messages_of(base.REGISTERED)}
    dead = {
        f'    "{method}": "{table.GENERIC[method]}",\n' for method in written & {*table.GENERIC}
    }
    return "".join(line for line in text.splitlines(keepends=True) if line not in dead)


def listed(page: str, names: set[str]) -> str:
    """The page of the public names, with these in the place of those of the events."""
    interfaces = {name for name in names if is_interface(name)}
    for directive, members in (("automodule", names - interfaces), ("interfaces", interfaces)):
        head = f".. {directive}:: {PACKAGE}\n   :members: "
        start = page.index(head) + len(head)
        lines = textwrap.wrap(
            ", ".join(sorted(members)),
            _WIDTH,
            initial_indent=" " * 13,
            subsequent_indent=" " * 13,
        )
        page = page[:start] + "\n".join(lines).lstrip() + page[page.index("\n\n", start) :]
    return page


def is_interface(name: str) -> bool:
    """Whether it is the name of one."""
    return re.match("I[A-Z][a-z]", name) is not None


def _in_order(names: set[str]) -> list[str]:
    """As ruff orders imports: classes before functions, whatever their case."""
    return sorted(names, key=lambda name: (name[0].islower(), name.lower()))


def _imported(module: str, names: set[str]) -> str:
    line = f"from {module} import {', '.join(_in_order(names))}\n"
    if len(line) - 1 <= _WIDTH:
        return line
    each = "".join(f"    {name},\n" for name in _in_order(names))
    return f"from {module} import (\n{each})\n"


if __name__ == "__main__":
    PATH.write_text(source(PATH.read_text("utf-8")), "utf-8")
    TABLE = Path(table.__file__)
    TABLE.write_text(without_dead_rows(TABLE.read_text("utf-8")), "utf-8")
    listing = PATH.read_text("utf-8").rpartition("__all__ = ")[2]
    exported = ast.literal_eval(listing.removesuffix("# fmt: on\n"))
    PAGE.write_text(listed(PAGE.read_text("utf-8"), {*exported}), "utf-8")
