"""
What each setting may be.

A setting is named by the path of its field: ``compress``, ``request_options.timeout``.
Paths and types are those of :class:`~tiktoklive.options.Options` and the classes in it.
"""

from __future__ import annotations

import dataclasses
import math
import re
import shlex
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from tiktoklive.net.cookies import copied_value
from tiktoklive.net.proxy import parse_proxy
from tiktoklive.options import Options
from tiktoklive.wiring import SOURCES

_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HOST_NAME = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.-]*|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+")
_KEY = re.compile(r"[\x21-\x7e]+")


def _paths(kind: Any, before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, hint in get_type_hints(kind).items():
        if dataclasses.is_dataclass(hint):
            found |= _paths(hint, f"{before}{name}.")
        else:
            found[before + name] = hint
    return found


#: The type of each field, by its path.
FIELDS: dict[str, Any] = _paths(Options)


def may_be_none(path: str) -> bool:
    """Whether a setting may be left empty."""
    return NoneType in get_args(FIELDS[path])


def kind_of(path: str) -> type:
    """What a setting is written as: ``bool``, ``int``, ``float``, ``str``, ``tuple``, ``dict``."""
    hint = FIELDS[path]
    if may_be_none(path):
        [hint] = [each for each in get_args(hint) if each is not NoneType]
    origin = get_origin(hint) or hint
    if origin is Mapping:
        return dict
    # What can be called is written as the command to call.
    kind: type = str if origin is Callable else origin
    return kind


def checked(path: str, value: Any) -> Any:
    """
    A setting's value, as the options hold it.

    :param value: as it is written: a list for a tuple, a command line for what is called.
    :raise ValueError: it can't be that; goes on after the setting's name, with the value
        only where that is no secret.
    """
    if path in _RULES:
        return _RULES[path](_of_kind(kind_of(path), value))
    return _of_kind(kind_of(path), value)


def build(values: Mapping[str, Any]) -> Options:
    """The options with these values, by path, and otherwise the usual ones."""
    usual = Options()
    changes: dict[str, Any] = {}
    inner: dict[str, dict[str, Any]] = {}
    for path, value in values.items():
        table, _, name = path.rpartition(".")
        (inner.setdefault(table, {}) if table else changes)[name] = value
    for table, of_table in inner.items():
        changes[table] = dataclasses.replace(getattr(usual, table), **of_table)
    return dataclasses.replace(usual, **changes)


# --- what is written -------------------------------------------------------------------


def _of_kind(kind: type, value: Any) -> Any:
    if kind is bool and not isinstance(value, bool):
        raise ValueError("must be true or false")
    if kind is int and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise ValueError(f"must be a whole number, 1 or more, not {_shown(value)}")
    if kind is float:
        return _number(value)
    if kind is str and not isinstance(value, str):
        raise ValueError("must be a text in quotes")
    if kind is tuple:
        if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
            raise ValueError("must be a list of texts in quotes")
        return tuple(value)
    if kind is dict:
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise ValueError("must be a table of names and texts in quotes")
        return dict(value)
    return value


def _number(value: Any) -> float:
    try:
        number = math.nan if isinstance(value, bool | str) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not 0 <= number < math.inf:
        raise ValueError(f"must be a number, 0 or more, not {_shown(value)}")
    return number


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}..."


# --- what is possible ------------------------------------------------------------------


def _more_than_0(number: float) -> float:
    if not number:
        raise ValueError("must be more than 0")
    return number


def _address(*schemes: str) -> Callable[[str], str]:
    """An address to put paths after."""

    def rule(address: str) -> str:
        parts = _split(address)
        if parts is None or parts.scheme not in schemes or parts.query or parts.fragment:
            raise ValueError(f"must look like {schemes[-1]}://host")
        if parts.username is not None:
            raise ValueError("must be without name and password")
        return address.rstrip("/")

    return rule


def _proxy(address: str) -> str:
    try:
        parse_proxy(address)
    except ValueError as e:
        raise ValueError(f"must be the address of a proxy: {str(e).rstrip('.')}") from None
    return address


def _split(address: str) -> Any:
    """The parts of an address, ``None`` if it has no host or a bad port."""
    try:
        parts = urlsplit(address)
        good = parts.hostname and parts.port != 0 and not re.search(r"[\x00-\x20]", address)
    except ValueError:
        return None
    return parts if good else None


def _cookie(text: str) -> str:
    # Pasted with its name, as it stands in a browser's list.
    value = copied_value(text, "ttwid", "sessionid", "tt-target-idc")
    if value is None:
        raise ValueError("must be a cookie's value: copy it again, without quotes")
    return value


def _key(text: str) -> str:
    if not _KEY.fullmatch(text.strip()):
        raise ValueError("must be one word without spaces: copy it again")
    return text.strip()


def _sources(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in SOURCES:
            raise ValueError(f"must be of {', '.join(SOURCES)}, not {_shown(name)}")
    if not names or len(set(names)) < len(names):
        raise ValueError("must name each source once, and at least one")
    return names


def _path(name: str) -> str:
    if name not in ("connect", "fetch"):
        raise ValueError(f"must be connect or fetch, not {_shown(name)}")
    return name


def _host_names(names: tuple[str, ...]) -> tuple[str, ...]:
    if not all(_HOST_NAME.fullmatch(name) for name in names):
        raise ValueError("must be the bare name of a host, such as sign.example.org")
    return names


def _headers(headers: dict[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name) or not value.isprintable():
            raise ValueError("must be names of headers, each with a value of one line")
    return headers


def _params(params: dict[str, str]) -> dict[str, str]:
    if not all(params):
        raise ValueError("must have a name for each value")
    return params


def _command(text: str) -> tuple[str, ...]:
    try:
        words = shlex.split(text)
    except ValueError as e:
        raise ValueError(f"must be a command line as a shell reads it: {str(e).lower()}") from e
    program = shutil.which(words[0]) if words else None
    if program is None:
        raise ValueError("must begin with a program that is there")
    # twistd goes to its --rundir after this.
    return str(Path(program).absolute()), *words[1:]


_RULES: dict[str, Callable[[Any], Any]] = {
    "request_polling_interval": _more_than_0,
    "session_id": _cookie,
    "tt_target_idc": _cookie,
    "session_hosts": _host_names,
    "client_params": _params,
    "request_headers": _headers,
    "websocket_headers": _headers,
    "request_options.proxy": _proxy,
    "request_options.timeout": _more_than_0,
    "websocket_options.proxy": _proxy,
    "websocket_options.timeout": _more_than_0,
    "sign_provider_options.host": _address("http", "https"),
    "sign_provider_options.params": _params,
    "sign_provider_options.headers": _headers,
    "sign_provider_options.api_key": _key,
    "sources": _sources,
    "sign_base": _address("http", "https"),
    "sign_path": _path,
    "sign_query": _command,
    "web_base": _address("http", "https"),
    "webcast_base": _address("http", "https"),
    "ws_base": _address("ws", "wss"),
    "ttwid": _cookie,
    "tolerance.rest": _more_than_0,
    "tolerance.probe": _more_than_0,
    "patience.first": _more_than_0,
    "patience.most": _more_than_0,
    "patience.offline": _more_than_0,
    "limits.stale_after": _more_than_0,
    "limits.deaf_after": _more_than_0,
    "limits.quiet_after": _more_than_0,
    "limits.remembered_for": _more_than_0,
    "limits.held": _more_than_0,
}
