"""Which settings others on the machine must not read, and the files that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from twisted.python.usage import UsageError

from tiktoklive.described.userinfo import has_user
from tiktoklive.files.secret import read_private, read_text
from tiktoklive.settings.fields import OPTIONS, Catalogue

_TELLING = re.compile(
    r"cookie|authorization|api[-_]?key|session|token|secret|passw|ttwid|sid_tt", re.IGNORECASE
)


def is_secret_name(name: str) -> bool:
    """Whether a header or a parameter of this name likely holds a secret."""
    return _TELLING.search(name) is not None


def secrets_in(values: Mapping[str, Any], catalogue: Catalogue = OPTIONS) -> Iterator[str]:
    """The settings that hold secrets, for people: ``session_id``, ``request_headers.Cookie``."""
    for path, value in values.items():
        if value is None:
            continue
        told = catalogue.settings[path]
        if isinstance(value, Mapping):
            for name, text in value.items():
                if is_secret_name(name) or has_user(text):
                    yield f"{path}.{name}"
        elif told.secret or has_user(value):
            yield path


def read_file(path: str, option: str) -> tuple[str, int]:
    """
    A text file, and its mode.

    :param option: which option names it.
    :raise UsageError: it can't be read.
    """
    try:
        return read_text(path, pipe=True)
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
        return read_private(path, environ, pipe=True)
    except OSError as e:
        # Without its name, or the error's: somebody may have given the secret itself.
        raise UsageError(
            f"--{option} takes the name of a file, and that cannot be read: {e.strerror}."
        ) from None
    except ValueError as e:
        raise UsageError(f"--{option}: {e}") from None
