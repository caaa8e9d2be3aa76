"""Which settings others on the machine must not read, and the files that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from twisted.python.usage import UsageError

from tiktoklive.files.secret import read_private, read_text
from tiktoklive.settings.fields import OPTIONS, Catalogue

_TELLING = re.compile(
    r"cookie|authorization|api[-_]?key|session|token|secret|passw|ttwid|sid_tt", re.IGNORECASE
)


def is_secret_name(name: str) -> bool:
    """Whether a header or a parameter of this name likely holds a secret."""
    return _TELLING.search(name) is not None


def has_password(value: str | Sequence[str]) -> bool:
    """Whether the address of a proxy holds a password, or one of several lanes does."""
    from tiktoklive.net.lanes import parse_lane
    from tiktoklive.net.proxy import parse_proxy

    try:
        if isinstance(value, str):
            return bool(parse_proxy(value).password)
        proxies = [parse_lane(text).address for text in value]
        return any(parse_proxy(proxy).password for proxy in proxies if proxy is not None)
    except ValueError:
        return False  # it is none, which is said without showing it


def secrets_in(values: Mapping[str, Any], catalogue: Catalogue = OPTIONS) -> Iterator[str]:
    """The settings that hold secrets, for people: ``session_id``, ``request_headers.Cookie``."""
    for path, value in values.items():
        if value is None:
            continue
        told = catalogue.settings[path]
        if told.secret or (told.password and has_password(value)):
            yield path
        elif isinstance(value, Mapping):
            yield from (f"{path}.{name}" for name in value if is_secret_name(name))


def read_file(path: str, option: str) -> tuple[str, int]:
    """
    A text file, and its mode.

    :param option: which option names it.
    :raise UsageError: it can't be read.
    """
    try:
        return read_text(path)
    except OSError as e:
        raise UsageError(f"--{option}: {path} cannot be read: {e.strerror}.") from None
    except ValueError as e:
        raise UsageError(f"--{option}: {e}") from None


def read_secret(path: str, option: str, environ: Mapping[str, str]) -> str:
    """
    The one secret in a file.

    :raise UsageError: it can't be read, is empty, or others could read it too.
    """
    try:
        return read_private(path, environ)
    except OSError as e:
        # Without its name, or the error's: somebody may have given the secret itself.
        raise UsageError(
            f"--{option} takes the name of a file, and that cannot be read: {e.strerror}."
        ) from None
    except ValueError as e:
        raise UsageError(f"--{option}: {e}") from None
