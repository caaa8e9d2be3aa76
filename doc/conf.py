"""How Sphinx builds the documentation: ``tox -e docs``."""

import inspect
import re
import sys
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import event_tables
from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from zope.interface.interface import InterfaceClass, Method

from tiktoklive.events.base import REGISTERED
from tiktoklive.settings import page

project = "tiktoklive"
author = "the tiktoklive authors"
copyright = "the tiktoklive authors"
release = metadata.version("txtiktoklive")
version = ".".join(release.split(".")[:2])

extensions = ["sphinx.ext.autodoc"]
exclude_patterns = ["_build", "newsfragments", "examples"]
html_theme = "alabaster"
html_theme_options = {"description": "TikTok LIVE events for Twisted", "page_width": "1000px"}

# What is an extra of ours need not be there to describe what uses it.
autodoc_mock_imports = [
    name for name in ("prometheus_client", "matplotlib") if find_spec(name) is None
]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": True}
# Interfaces are shown by the directive below: autodoc sees plain instances in them.
autodoc_preserve_defaults = True


class InterfacesDirective(SphinxDirective):
    """``.. interfaces:: module`` shows the zope interfaces of a module in ``:members:``."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"members": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Write the interfaces as reST and let Sphinx read it."""
        module = import_module(self.arguments[0])
        lines: list[str] = []
        for name in re.split(r",\s*", self.options["members"]):
            lines += self.describe(module.__name__, getattr(module, name))
        source = StringList(lines, source=f"interfaces of {module.__name__}")
        return self.parse_text_to_nodes(source) if lines else []

    def describe(self, module: str, interface: InterfaceClass) -> list[str]:
        """One interface: its docstring, what it extends, its own methods and attributes."""
        lines = [f".. py:class:: {interface.__name__}", f"   :module: {module}"]
        if interface.__module__ != module:
            lines.append(f"   :canonical: {interface.__identifier__}")
        lines.append("")
        bases = [f":class:`{base.__identifier__}`" for base in interface.__bases__]
        bases = [base for base in bases if not base.startswith(":class:`zope.")]
        if bases:
            lines += ["   Extends: " + ", ".join(bases), ""]
        lines += indented(interface.__doc__, 1)
        for name, member in interface.namesAndDescriptions():
            kind = "attribute"
            if isinstance(member, Method):
                kind, name = "method", name + member.getSignatureString()
            lines += [f"   .. py:{kind}:: {name}", "", *indented(member.__doc__, 2)]
        return lines


class SettingsDirective(SphinxDirective):
    """``.. settings:: flags`` (or ``variables``, ``options``) tells of the settings."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write what the fields say as reST and let Sphinx read it."""
        lines = getattr(page, self.arguments[0])()
        link_sections(lines)
        return self.parse_text_to_nodes(StringList(lines, source="the fields of the settings"))


class EventsDirective(SphinxDirective):
    """``.. events:: typed`` (or ``control``, ``interfaces``) is a table of those events."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write the table as reST and let Sphinx read it."""
        lines = event_tables.TABLES[self.arguments[0]](REGISTERED)
        return self.parse_text_to_nodes(StringList(lines, source="the table of events"))


def indented(text: str | None, levels: int) -> list[str]:
    """The lines of a docstring, with an empty one behind them."""
    return ["   " * levels + line for line in inspect.cleandoc(text or "").splitlines()] + [""]


def without_interfaces(
    app: Sphinx, what: str, name: str, obj: Any, skip: bool, options: Any
) -> bool | None:
    """Leave interfaces to the directive."""
    return True if isinstance(obj, InterfaceClass) else None


def with_interface_names(
    app: Sphinx, what: str, name: str, obj: Any, options: Any, signature: str, returned: str
) -> tuple[str, str]:
    """Show interfaces in signatures by their names."""
    return tuple(
        text and re.sub(r"<InterfaceClass [\w.]*?(\w+)>", r"\1", text)
        for text in (signature, returned)
    )


def with_sections(
    app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]
) -> None:
    """Lead from ``§6.3`` in a docstring to that section of the wire facts."""
    link_sections(lines)


def link_sections(lines: list[str]) -> None:
    """Make links of the numbers of sections."""
    for number, line in enumerate(lines):
        lines[number] = re.sub(
            "§([0-9.]*[0-9])", lambda m: f":ref:`§{m[1]} <wire-{m[1].replace('.', '-')}>`", line
        )


def setup(app: Sphinx) -> None:
    """Called by Sphinx: add the directives and the filter."""
    app.add_directive("interfaces", InterfacesDirective)
    app.add_directive("events", EventsDirective)
    app.add_directive("settings", SettingsDirective)
    app.connect("autodoc-process-signature", with_interface_names)
    app.connect("autodoc-process-docstring", with_sections)
    app.connect("autodoc-skip-member", without_interfaces)
