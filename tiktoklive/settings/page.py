"""The settings in reST, for the documentation: the flags, the variables, all of them in a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tiktoklive.described.setting import Setting
from tiktoklive.settings.example import toml_of
from tiktoklive.settings.fields import OPTIONS, Catalogue
from tiktoklive.users.options import UserOptions

__all__ = ["flags", "options", "user_options", "variables"]


def flags(catalogue: Catalogue = OPTIONS) -> list[str]:
    """The flags under their headings, each with what it does and the key of its setting."""
    lines: list[str] = []
    heading = ""
    for flag, path in catalogue.flags.items():
        setting = catalogue.settings[path]
        if setting.heading != heading:
            heading = setting.heading
            lines += [f"{heading}:", ""]
        lines += [f"``--{flag}{_argument(catalogue, path)}``", f"    {_meaning(catalogue, path)}"]
        lines.append("")
    return lines


def variables(catalogue: Catalogue = OPTIONS) -> list[str]:
    """A table of the environment variables, with the flag and the key of the same setting."""
    rows = [
        (f"``{variable}``", f"``--{catalogue.settings[path].flag}``", f"``{path}``")
        for variable, path in catalogue.variables.items()
    ]
    return list(_table(("Variable", "Flag", "Key of a configuration file"), rows))


def options(catalogue: Catalogue = OPTIONS) -> list[str]:
    """A table of all settings: the field, its usual value, and what it says."""
    rows = []
    for path, setting in catalogue.settings.items():
        usual = catalogue.usual_value(path)
        shown = "" if usual in ("", (), {}) else f"``{usual!r}``"
        rows.append((f"``{path}``", shown, f"{setting.text}"))
    return list(_table(("Field", "Usually", "What it is"), rows))


def user_options() -> list[str]:
    """A table of what a user may have of its own: the key, an example, and what it says."""
    catalogue = Catalogue(UserOptions)
    rows = [
        (f"``{path}``", f"``{toml_of(each.example)}``", each.text)
        for path, each in catalogue.settings.items()
    ]
    return list(_table(("Key", "Such as", "What it is"), rows))


def _argument(catalogue: Catalogue, path: str) -> str:
    setting, kind = catalogue.settings[path], catalogue.kind_of(path)
    if kind is bool:
        return ""
    if setting.flag.endswith("-file"):
        return " FILE"
    if ": " in setting.takes:
        return f" '{setting.takes}'"
    return f" {setting.takes or ('NUMBER' if kind in (int, float) else 'NAME')}"


def _meaning(catalogue: Catalogue, path: str) -> str:
    setting = catalogue.settings[path]
    parts = [f"{_deed(setting)}."]
    if setting.again or catalogue.kind_of(path) is dict:
        parts.append("Can be given again.")
    usual = catalogue.usual_value(path)
    if isinstance(usual, float | str | tuple) and usual:
        parts.append(f"Usually ``{','.join(usual) if isinstance(usual, tuple) else usual}``.")
    return " ".join([*parts, f"Key: ``{path}``."])


def _deed(setting: Setting) -> str:
    if setting.flag.startswith("no-"):  # the text is of the opposite
        return setting.help[:1].lower() + setting.help[1:].rstrip(".")
    return f"a file that holds {setting.text}" if setting.flag.endswith("-file") else setting.text


def _table(titles: tuple[str, ...], rows: list[Any]) -> Iterator[str]:
    yield from (".. list-table::", "   :header-rows: 1", "")
    for first, *others in (titles, *rows):
        yield f"   * - {first}"
        yield from (f"     - {text}" for text in others)
    yield ""
