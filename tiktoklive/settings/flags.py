"""
The command line's share of the settings.

What a flag says wins over what the environment says, and that over the file.  Headers and
parameters are taken from both, name by name.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from twisted.python.usage import UsageError

from tiktoklive.options import Options
from tiktoklive.settings.fields import build, checked, kind_of
from tiktoklive.settings.file import Configuration, read_configuration
from tiktoklive.settings.interspersed import InterspersedOptions
from tiktoklive.settings.secret import has_password, is_secret_name, read_secret

#: Environment variables for secrets, and the settings that they give.
ENVIRONMENT = {
    "TIKTOKLIVE_SESSION_ID": "session_id",
    "TIKTOKLIVE_TARGET_IDC": "tt_target_idc",
    "TIKTOKLIVE_TTWID": "ttwid",
    "TIKTOKLIVE_SIGN_KEY": "sign_provider_options.api_key",
    "TIKTOKLIVE_PROXY": "request_options.proxy",
    "TIKTOKLIVE_WEBSOCKET_PROXY": "websocket_options.proxy",
}

#: Flags, and the settings that they give; only a file gives ``patience``, ``limits``
#: and ``tolerance``.
FLAGS = {
    "source": "sources",
    "no-initial-data": "process_initial_data",
    "no-room-info": "fetch_room_info_on_connect",
    "extended-gift-info": "enable_extended_gift_info",
    "no-websocket-upgrade": "enable_websocket_upgrade",
    "no-polling": "enable_request_polling",
    "polling-interval": "request_polling_interval",
    "client-param": "client_params",
    "request-header": "request_headers",
    "websocket-header": "websocket_headers",
    "request-timeout": "request_options.timeout",
    "websocket-timeout": "websocket_options.timeout",
    "proxy": "request_options.proxy",
    "websocket-proxy": "websocket_options.proxy",
    "sign-host": "sign_provider_options.host",
    "sign-base": "sign_base",
    "sign-path": "sign_path",
    "sign-param": "sign_provider_options.params",
    "sign-header": "sign_provider_options.headers",
    "sign-key-file": "sign_provider_options.api_key",
    "sign-command": "sign_query",
    "session-file": "session_id",
    "target-idc": "tt_target_idc",
    "session-host": "session_hosts",
    "chat-interval": "chat_interval",
    "lookups": "lookups_per_minute",
    "sign-requests": "sign_requests_per_minute",
    "ttwid-file": "ttwid",
    "web-base": "web_base",
    "webcast-base": "webcast_base",
    "ws-base": "ws_base",
    "no-gzip": "compress",
}

#: Without which sources a flag means nothing.
_NEEDS = {
    "no-websocket-upgrade": ("classic",),
    "no-polling": ("classic",),
    "polling-interval": ("classic",),
    "sign-path": ("signed",),
    "sign-command": ("direct",),
}

_NEED_SESSION = ("target-idc", "session-host")


class AskingFlags(InterspersedOptions):
    """
    The flags that say how to ask TikTok and sign servers, whatever is asked.

    :param reactor: for a command that signs.
    :param environ: the environment.
    """

    optParameters = [
        ["config", None, None, "TOML file of settings; flags and environment win over it."],
        ["request-timeout", None, None, "Seconds for a request with its redirects."],
        ["proxy", None, None, "Go through http://host:port or socks5://host:port, or none."],
        ["sign-host", None, None, "Address of a sign server to ask before the customary ones."],
        ["sign-base", None, None, "Address in the place of the customary sign servers."],
        ["sign-key-file", None, None, "File with the sign server's API key."],
        ["session-file", None, None, "File with the session id of an account."],
        ["target-idc", None, None, "The account's data centre, the cookie tt-target-idc."],
        ["lookups", None, None, "Requests a minute to look users up, at most; 0: any."],
        ["ttwid-file", None, None, "File with the guest cookie to use."],
        ["web-base", None, None, "Address in the place of https://www.tiktok.com."],
        ["webcast-base", None, None, "Address in the place of https://webcast.tiktok.com."],
    ]

    def __init__(self, reactor: Any = None, environ: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.reactor = reactor
        self.environ = os.environ if environ is None else environ
        self._several: dict[str, Any] = {}

    # --- what can be given again ------------------------------------------------------

    def opt_client_param(self, pair: str) -> None:
        """NAME=VALUE for the query of each request to TikTok. Can be given again."""
        self._add_pair("client-param", pair, "=")

    def opt_request_header(self, pair: str) -> None:
        """'NAME: VALUE' as a header of each request to TikTok. Can be given again."""
        self._add_pair("request-header", pair, ":")

    def opt_sign_param(self, pair: str) -> None:
        """NAME=VALUE for the query of each request to a sign server. Can be given again."""
        self._add_pair("sign-param", pair, "=")

    def opt_sign_header(self, pair: str) -> None:
        """'NAME: VALUE' as a header of each request to a sign server. Can be given again."""
        self._add_pair("sign-header", pair, ":")

    def opt_session_host(self, name: str) -> None:
        """Host beside TikTok's that may get the session. Can be given again."""
        self._several.setdefault("session-host", []).append(name)

    def _add_pair(self, flag: str, text: str, mark: str) -> None:
        name, found, value = (part.strip() for part in text.partition(mark))
        if not found or not name:
            raise UsageError(
                f"--{flag} must look like {'NAME=VALUE' if mark == '=' else 'NAME: VALUE'}."
            )
        if is_secret_name(name):
            raise UsageError(
                f"--{flag}: others on this machine can read command lines, and {name} may be "
                f"a secret: put it under {FLAGS[flag]} into a --config file."
            )
        self._several.setdefault(flag, {})[name] = value

    # --- all of them together ---------------------------------------------------------

    def given(self) -> list[str]:
        """The flags of this group that stand on the command line, without dashes."""
        return [flag for flag in ("config", *FLAGS) if self._said(flag) is not None]

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
        return Configuration() if path is None else read_configuration(path, self.environ)

    def settings(self, configuration: Configuration) -> Options:
        """
        The settings of all origins.

        :raise UsageError: a value is wrong, or makes no sense beside the others.
        """
        values = {**configuration.values, **self._from_environment()}
        for path, value in self._from_flags().items():
            is_table = kind_of(path) is dict
            values[path] = {**values.get(path, {}), **value} if is_table else value
        if values.get("sign_query"):
            values["sign_query"] = self._signature(values["sign_query"])
        settings = build(values)
        self._check(settings)
        return settings

    def _from_environment(self) -> dict[str, Any]:
        values = {}
        for variable, path in ENVIRONMENT.items():
            if text := self.environ.get(variable, "").strip():
                values[path] = _checked(path, text, variable)
        return _with_proxy(values)

    def _from_flags(self) -> dict[str, Any]:
        values = {}
        for flag, path in FLAGS.items():
            if (said := self._said(flag)) is not None:
                values[path] = self._value(flag, path, said)
        return _with_proxy(values)

    def _value(self, flag: str, path: str, value: Any) -> Any:
        """What a flag that was given says."""
        if kind_of(path) is bool:
            return not flag.startswith("no-")
        if flag.endswith("-file"):
            return _checked(path, read_secret(value, flag, self.environ), f"--{flag}")
        if path.endswith(".proxy"):
            if value == "none":
                return None
            if has_password(value):
                variable = {path: name for name, path in ENVIRONMENT.items()}[path]
                raise UsageError(
                    f"--{flag}: others on this machine can read command lines, and passwords on "
                    f"them: set {variable}, or {path} in a --config file."
                )
        if kind_of(path) is float:
            value = _number(value)
        if flag == "source":
            value = [name.strip() for name in value.split(",")]
        return _checked(path, value, f"--{flag}")

    def _check(self, settings: Options) -> None:
        """Refuse flags that mean nothing beside the other settings."""
        given = self.given()
        for flag in given:
            needed = _NEEDS.get(flag, settings.sources)
            if not set(needed) & set(settings.sources):
                raise UsageError(
                    f"--{flag} means nothing without the source {' or '.join(needed)}: "
                    "add it to --source, or leave this out."
                )
            if flag in _NEED_SESSION and settings.session_id is None:
                raise UsageError(
                    f"--{flag} means nothing without a session: give --session-file, "
                    "or leave this out."
                )
        if "no-websocket-upgrade" in given and "no-polling" in given:
            raise UsageError("Give --no-websocket-upgrade or --no-polling: one of both must be.")

    def _signature(self, command: tuple[str, ...]) -> Any:
        from tiktoklive.signing.command import CommandSignature

        return CommandSignature(command, self.the_reactor())


class ConnectionFlags(AskingFlags):
    """The flags that say how to connect, and how to ask."""

    optFlags = [
        ["no-initial-data", None, "Leave out what happened shortly before we came."],
        ["no-room-info", None, "Don't ask for the details of a room first."],
        ["extended-gift-info", None, "Ask for the list of gifts, to add to each gift."],
        ["no-websocket-upgrade", None, "Classic source: poll, and open no WebSocket."],
        ["no-polling", None, "Classic source: don't poll where there is no WebSocket."],
        ["no-gzip", None, "Ask for what happens uncompressed: more traffic, less work."],
    ]
    optParameters = [
        ["source", None, None, "Ways into a room to try, in order: direct,signed,classic."],
        ["polling-interval", None, None, "Classic source: least seconds between two polls."],
        ["websocket-timeout", None, None, "Seconds until a WebSocket must be open."],
        ["websocket-proxy", None, None, "The same for WebSockets alone."],
        ["sign-path", None, None, "What to ask a sign server for: connect or fetch."],
        ["sign-command", None, None, "Direct source: command that signs a query."],
        ["chat-interval", None, None, "Least seconds between two messages that an output sends."],
        ["sign-requests", None, None, "Requests to a sign server a minute, at most; 0: any."],
        ["ws-base", None, None, "Address in the place of wss://webcast-ws.tiktok.com."],
    ]

    def opt_websocket_header(self, pair: str) -> None:
        """'NAME: VALUE' as a header of WebSockets' handshakes. Can be given again."""
        self._add_pair("websocket-header", pair, ":")


def _with_proxy(values: dict[str, Any]) -> dict[str, Any]:
    """One origin's values: its one proxy is for WebSockets too, unless they have one there."""
    requests, websockets = "request_options.proxy", "websocket_options.proxy"
    return {websockets: values[requests], **values} if requests in values else values


def _checked(path: str, value: Any, name: str) -> Any:
    try:
        return checked(path, value)
    except ValueError as e:
        raise UsageError(f"{name} {e}.") from None


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
