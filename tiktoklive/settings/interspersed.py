"""What all our command lines share: the version, and options that may stand behind names."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from getopt import GetoptError, gnu_getopt

from twisted.python.usage import Options, UsageError

from tiktoklive.described.userinfo import has_user
from tiktoklive.described.version import OwnVersion
from tiktoklive.settings.helptext import width_of_help, wrapped


class VersionedOptions(OwnVersion, Options):
    """
    Twisted's options, but the version is ours, and help leaves out what makes no sense, and says of
    each option that takes a value what is taken without it.

    :ivar hidden: long options that are inherited, and refused when they are given.
    :ivar longdesc: what the program does, for people.
    """

    hidden: frozenset[str] = frozenset()
    longdesc = ""

    def shown(self) -> list[str]:
        """The long options that make sense, with ``=`` behind those that take a value."""
        return [each for each in self.longOpt if each.rstrip("=") not in self.hidden]

    def getUsage(self, width: int | None = None) -> str:
        """
        The options that make sense.

        :param width: columns of a line; those of the terminal when left out.
        """
        width = width or width_of_help()
        known, self.longOpt = self.longOpt, self.shown()
        docs, self.docs = self.docs, {**self.docs, **self._with_defaults()}
        # Twisted breaks lines within a path.
        told, self.longdesc = self.longdesc, ""
        try:
            usage = super().getUsage(width)
        finally:
            self.longOpt, self.docs, self.longdesc = known, docs, told
        return f"{usage}\n{wrapped(told, width)}\n" if told else usage

    def _with_defaults(self) -> dict[str, str]:
        """The texts of options that take a value and say none that they have otherwise."""
        without = (each.rstrip("=") for each in self.longOpt if each.endswith("="))
        return {
            name: f"{self.docs[name].strip()} [default: none]"
            for name in without
            if self.defaults.get(name) is None and "[default: " not in self.docs[name]
        }


class InterspersedOptions(VersionedOptions):
    """
    Options in any order: ``@name --record FILE``.

    None of them takes an address that names a user, whatever the address is of: others can read
    command lines.
    """

    def parseOptions(self, options: Sequence[str] | None = None) -> None:
        """
        Parse a command line.

        :raise UsageError: when it makes no sense; one sentence.
        """
        given = sys.argv[1:] if options is None else list(options)
        try:
            pairs, names = gnu_getopt(given, self.shortOpt, self.longOpt)
        except GetoptError as e:
            raise UsageError(f"{e}: {self._meant(e.opt)}") from e
        for option, text in (*pairs, *(("", name) for name in names)):
            if has_user(text):
                subject = f"{option}: others" if option else "Others"
                raise UsageError(
                    f"{subject} on this machine can read command lines, and what an address has "
                    f"before its @ may be a secret: {self.instead_of_user(option.lstrip('-'))}."
                )
        sorted_out: list[str] = []
        for name, value in pairs:
            takes_value = not name.startswith("--") or f"{name[2:]}=" in self.longOpt
            sorted_out += [name, value] if takes_value else [name]
        super().parseOptions([*sorted_out, "--", *names])

    def _meant(self, option: str) -> str:
        """What to do about an option that there is not, or that is not given rightly."""
        known = [each.rstrip("=") for each in self.shown()]
        near = [] if option in known else get_close_matches(option, known, 1)
        return f"did you mean --{near[0]}?" if near else "see --help."

    def instead_of_user(self, option: str) -> str:
        """
        What to do with an address that names a user, for people.

        :param option: without dashes; ``""`` for what stands without one.
        """
        return "leave that out"
