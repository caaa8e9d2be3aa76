"""
The example of a configuration file: ``python -m tiktoklive.settings.example`` writes it.

It says every setting, each commented out, with its usual value, or with an example where it has
none.
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from tiktoklive.settings.fields import OPTIONS, Catalogue

__all__ = ["example"]

_BEGINNING = """\
# A configuration file for the daemon: twistd tiktoklive --config FILE
#
# Each setting that is commented out stands there with its usual value, or with an example
# where it has none. Times are in seconds. A file that holds a secret must be readable by its
# owner alone (chmod 600). What the command line or the environment says goes first.

# The users to follow, what to write, and on which tape to record.
users = ["@name"]
#users_file = "/etc/tiktoklive/users.toml"
outputs = ["console"]
#record = "/var/lib/tiktoklive/tape.jsonl"
"""

_ROLE = re.compile(r":\w+:`(?:~[\w.]*?)?([^`~.]+)`")
_WIRE = re.compile(r" \(wire facts [^)]*\)")


def example(catalogue: Catalogue = OPTIONS) -> str:
    """The text of the file."""
    return "\n".join([_BEGINNING, *_settings(catalogue)])


def _settings(catalogue: Catalogue) -> Iterator[str]:
    heading = ""
    for path, setting in catalogue.settings.items():
        if "." in path:
            continue
        if setting.heading != heading:
            heading = setting.heading
            yield f"# --- {heading[:1].lower()}{heading[1:]} ".ljust(88, "-") + "\n"
        yield from _entry(catalogue, path)
        yield ""
    yield "# --- tables: from here on, keys belong to the table above them ".ljust(88, "-") + "\n"
    for table, told in catalogue.tables.items():
        yield from _comment(told.text)
        yield f"[{table}]"
        for path in catalogue.settings:
            if path.startswith(f"{table}."):
                yield from _entry(catalogue, path)
        yield ""


def _entry(catalogue: Catalogue, path: str) -> Iterator[str]:
    setting, usual = catalogue.settings[path], catalogue.usual_value(path)
    value = setting.example if usual in (None, "", (), {}) else usual
    yield from _comment(setting.text)
    yield f"#{path.rpartition('.')[2]} = {toml_of(value)}"


def _comment(text: str) -> list[str]:
    """A setting's text without the marks of reST, in the words of TOML."""
    plain = _WIRE.sub("", _ROLE.sub(r"\1", text)).replace("``None``", "false").replace("``", "")
    return textwrap.wrap(
        f"{plain[:1].upper()}{plain[1:]}.",
        94,
        initial_indent="# ",
        subsequent_indent="# ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def toml_of(value: Any) -> str:
    """A value as TOML has it."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{name} = {toml_of(inner)}' for name, inner in value.items())} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(toml_of, value))}]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.stdout.write(example())
