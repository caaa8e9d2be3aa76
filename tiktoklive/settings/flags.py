"""
The command line's share of the settings.

What a flag says wins over what the environment says, and that over the file.  Headers and
parameters are taken from both, name by name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

from twisted.python.usage import UsageError

from tiktoklive.described.setting import Setting
from tiktoklive.options import Options
from tiktoklive.plugins import split_description
from tiktoklive.settings.fields import OPTIONS, Catalogue
from tiktoklive.settings.file import Configuration, read_configuration
from tiktoklive.settings.interspersed import InterspersedOptions
from tiktoklive.settings.lanes import VARIABLE, with_proxies
from tiktoklive.settings.secret import is_secret_name, read_secret

#: Environment variables for secrets, and the settings that they give.
ENVIRONMENT = OPTIONS.variables

#: Flags, and the settings that they give.
FLAGS = OPTIONS.flags

_T = TypeVar("_T", bound="type[SettingFlags]")


def with_flags(catalogue: Catalogue, *, asking: bool | None = None) -> Callable[[_T], _T]:
    """
    Give a class of options the flags of settings.

    :param asking: those alone that commands which only ask have, too, or those alone that they
        have not.
    """

    def give(options: _T) -> _T:
        options.catalogue = catalogue
        flags, parameters = [], []
        for flag, path in catalogue.flags.items():
            setting = catalogue.settings[path]
            if asking is not None and setting.asking is not asking:
                continue
            kind = catalogue.kind_of(path)
            if kind is bool:
                flags.append([flag, None, setting.help])
            elif kind is dict or setting.again:
                usual = in_usage(catalogue.usual_value(path))
                method = _repeated(flag, setting, kind, usual)
                setattr(options, f"opt_{flag.replace('-', '_')}", method)
            else:
                usual = in_usage(catalogue.usual_value(path))
                parameters.append([flag, None, None, f"{setting.help}{usual}"])
        options.optFlags = [*vars(options).get("optFlags", ()), *flags]
        options.optParameters = [*vars(options).get("optParameters", ()), *parameters]
        return options

    return give


def in_usage(usual: object) -> str:
    """What ``--help`` says of the value of a flag that is not given, in Twisted's form."""
    if isinstance(usual, tuple):
        usual = ",".join(usual)
    shown = f"{usual:g}" if isinstance(usual, float) else usual
    return f" [default: {shown}]" if shown else ""


def _repeated(
    flag: str, setting: Setting, kind: type, usual: str
) -> Callable[[SettingFlags, str], None]:
    """The method for a flag that can be given again."""

    def take(self: SettingFlags, text: str) -> None:
        if kind is dict:
            self._add_pair(flag, text, setting.takes)
        else:
            self._several.setdefault(flag, []).append(text)

    take.__doc__ = f"{setting.help} Can be given again.{usual}"
    return take


class SettingFlags(InterspersedOptions):
    """
    Flags that give settings, whichever these are; see :func:`with_flags`.

    :param reactor: for a command that signs.
    :param environ: the environment.
    :cvar catalogue: the settings.
    """

    catalogue: ClassVar[Catalogue] = OPTIONS
    optFlags: ClassVar[list[Any]] = []
    optParameters: ClassVar[list[Any]] = [
        ["config", None, None, "TOML file of settings; flags and environment win over it."],
    ]

    def __init__(self, reactor: Any = None, environ: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.reactor = reactor
        self.environ = os.environ if environ is None else environ
        self._several: dict[str, Any] = {}

    def instead_of_user(self, option: str) -> str:
        """What to do with an address that names a user, for people."""
        path = self.catalogue.flags.get(option)
        if path is None:
            return super().instead_of_user(option)
        setting = self.catalogue.settings[path]
        if setting.user:
            return f"set {setting.variable or VARIABLE}, or {path} in a --config file"
        if self.catalogue.kind_of(path) is dict or path == "sources":
            return f"put it under {path} into a --config file"
        return super().instead_of_user(option)

    def _add_pair(self, flag: str, text: str, form: str) -> None:
        mark = ":" if ":" in form else "="
        name, found, value = (part.strip() for part in text.partition(mark))
        if not found or not name:
            raise UsageError(f"--{flag} must look like {form}.")
        if is_secret_name(name):
            raise UsageError(
                f"--{flag}: others on this machine can read command lines, and {name} may be "
                f"a secret: put it under {self.catalogue.flags[flag]} into a --config file."
            )
        self._several.setdefault(flag, {})[name] = value

    # --- all of them together ---------------------------------------------------------

    def given(self) -> list[str]:
        """The flags of this group that stand on the command line, without dashes."""
        return [flag for flag in ("config", *self.catalogue.flags) if self._said(flag) is not None]

    def the_reactor(self) -> Any:
        """The reactor for the parts that are made."""
        reactor = self.reactor
        if reactor is None:
            from twisted.internet import reactor
        return reactor

    def _said(self, flag: str) -> Any:
        """What stands on the command line behind a flag, ``None`` if it does not."""
        said = self._several.get(flag, self.get(flag))
        return None if said == 0 else said  # Twisted's zero of a flag without argument

    def read_configuration(self) -> Configuration:
        """
        What the file says, if there is one.

        :raise UsageError: it says something wrong.
        """
        path = self["config"]
        if path is None:
            return Configuration()
        return read_configuration(path, self.environ, self.catalogue)

    def settings(self, configuration: Configuration) -> Options:
        """
        The settings of all origins.

        :raise UsageError: a value is wrong, or makes no sense beside the others.
        """
        values = {**configuration.values, **self._from_environment()}
        for path, value in self._from_flags().items():
            is_table = self.catalogue.kind_of(path) is dict
            values[path] = {**values.get(path, {}), **value} if is_table else value
        if lanes := with_proxies(values.get("lanes", ()), self.environ):
            values["lanes"] = lanes
        if values.get("sign_query"):
            values["sign_query"] = self._signature(values["sign_query"])
        settings: Options = self.catalogue.build(values)
        self._check(settings)
        return settings

    def _from_environment(self) -> dict[str, Any]:
        values = {}
        for variable, path in self.catalogue.variables.items():
            if text := self.environ.get(variable, "").strip():
                values[path] = self._checked(path, self._read(path, text), variable)
        return _with_proxy(values)

    def _from_flags(self) -> dict[str, Any]:
        values = {}
        for flag, path in self.catalogue.flags.items():
            if (said := self._said(flag)) is not None:
                values[path] = self._value(flag, path, said)
        return _with_proxy(values)

    def _value(self, flag: str, path: str, value: Any) -> Any:
        """What a flag that was given says."""
        setting, kind = self.catalogue.settings[path], self.catalogue.kind_of(path)
        if kind is bool:
            return not flag.startswith("no-")
        if flag.endswith("-file"):
            return self._checked(path, read_secret(value, flag, self.environ), f"--{flag}")
        if setting.user and value == "none":
            return None
        return self._checked(path, self._read(path, value), f"--{flag}")

    def _read(self, path: str, value: Any) -> Any:
        """The text of a flag or a variable as a file would have it."""
        kind = self.catalogue.kind_of(path)
        if kind in (int, float):
            return _number(value, kind)
        if kind is tuple:  # a flag may be given again, or have several at once
            texts = [value] if isinstance(value, str) else value
            if "," in self.catalogue.settings[path].takes:  # each has commas of its own
                return list(texts)
            return [name.strip() for text in texts for name in text.split(",")]
        return value

    def _checked(self, path: str, value: Any, name: str) -> Any:
        try:
            return self.catalogue.checked(path, value)
        except ValueError as e:
            raise UsageError(f"{name} {e}.") from None

    def _check(self, settings: Options) -> None:
        """Refuse flags that mean nothing beside the other settings."""
        given = self.given()
        used = {split_description(source)[0] for source in settings.sources}
        for flag in given:
            if flag == "config":
                continue
            setting = self.catalogue.settings[self.catalogue.flags[flag]]
            needed = setting.needs
            if needed and not set(needed) & used:
                raise UsageError(
                    f"--{flag} means nothing without the source {' or '.join(needed)}: "
                    "add it to --source, or leave this out."
                )
            if setting.of_session and settings.session_id is None:
                raise UsageError(
                    f"--{flag} means nothing without a session: give --session-file, "
                    "or leave this out."
                )
        if settings.simulator is not None:
            for flag in ("web-base", "webcast-base", "ws-base", "sign-base"):
                if flag in given:
                    raise UsageError(
                        f"--{flag} means nothing with a simulator, which is in the place of all "
                        "addresses: leave out one of both."
                    )
        if "no-websocket-upgrade" in given and "no-polling" in given:
            raise UsageError("Give --no-websocket-upgrade or --no-polling: one of both must be.")

    def _signature(self, command: tuple[str, ...]) -> Any:
        from tiktoklive.signing.command import CommandSignature

        return CommandSignature(command, self.the_reactor())


@with_flags(OPTIONS, asking=True)
class AskingFlags(SettingFlags):
    """The flags that say how to ask TikTok and sign servers, whatever is asked."""


@with_flags(OPTIONS, asking=False)
class ConnectionFlags(AskingFlags):
    """The flags that say how to connect, and how to ask."""


def _with_proxy(values: dict[str, Any]) -> dict[str, Any]:
    """One origin's values: its one proxy is for WebSockets too, unless they have one there."""
    requests, websockets = "request_options.proxy", "websocket_options.proxy"
    return {websockets: values[requests], **values} if requests in values else values


def _number(text: str, kind: type) -> float | str:
    try:
        number: float = kind(text)
    except ValueError:
        return text
    return number
