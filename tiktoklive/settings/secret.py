"""What others on the machine must not read: which settings, and the files that hold them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from twisted.python.usage import UsageError

from tiktoklive.net.proxy import parse_proxy

#: Settings that let their reader be somebody, or that are only known together with one.
SECRETS = ("session_id", "tt_target_idc", "ttwid", "sign_provider_options.api_key")

_PROXIES = ("request_options.proxy", "websocket_options.proxy")

_TELLING = re.compile(
    r"cookie|authorization|api[-_]?key|session|token|secret|passw|ttwid|sid_tt", re.IGNORECASE
)


def is_secret_name(name: str) -> bool:
    """Whether a header or a parameter of this name likely holds a secret."""
    return _TELLING.search(name) is not None


def has_password(address: str) -> bool:
    """Whether the address of a proxy holds a password."""
    try:
        return bool(parse_proxy(address).password)
    except ValueError:
        return False  # it is none, which is said without showing it


def secrets_in(values: Mapping[str, Any]) -> Iterator[str]:
    """The settings that hold secrets, for people: ``session_id``, ``request_headers.Cookie``."""
    for path, value in values.items():
        if value is None:
            continue
        if path in SECRETS or (path in _PROXIES and has_password(value)):
            yield path
        elif isinstance(value, Mapping):
            yield from (f"{path}.{name}" for name in value if is_secret_name(name))


def read_file(path: str, option: str) -> tuple[str, int]:
    """
    A text file, and its mode.

    :param option: which option names it.
    :raise UsageError: it can't be read.
    """
    return _read(path, f"--{option}: {path}")


def _read(path: str, name: str) -> tuple[str, int]:
    try:
        with open(path, encoding="utf-8-sig") as file:
            return file.read(), os.fstat(file.fileno()).st_mode
    except OSError as e:
        raise UsageError(f"{name} cannot be read: {e.strerror}.") from None
    except ValueError:
        raise UsageError(f"{name} is not a text file in UTF-8.") from None


def is_private(path: str, mode: int, environ: Mapping[str, str]) -> bool:
    """
    Whether only its owner may use a file of this mode.

    systemd's credentials are, whatever their mode says: where they are given to a service
    by an access list, the mode shows the list's mask as the rights of the group.
    """
    given = environ.get("CREDENTIALS_DIRECTORY")
    if given and Path(path).resolve().is_relative_to(Path(given).resolve()):
        return True
    return not hasattr(os, "getuid") or not stat.S_IMODE(mode) & 0o077


def read_secret(path: str, option: str, environ: Mapping[str, str]) -> str:
    """
    The one secret in a file.

    :raise UsageError: it can't be read, is empty, or others could read it too.
    """
    # Without its name, or the error's: somebody may have given the secret itself.
    text, mode = _read(path, f"--{option} takes the name of a file, and that")
    if not is_private(path, mode, environ):
        raise UsageError(f"--{option}: {path} can be read by others: chmod 600 {path}")
    if not text.strip():
        raise UsageError(f"--{option}: {path} is empty: it must hold the secret and nothing else.")
    return text.strip()
