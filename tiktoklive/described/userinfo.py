"""Addresses with something before their host, ``scheme://USER@host``: it may be a secret."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

#: A name alone counts, too: many proxies know their customers by a token in that place.  A path may
#: have an ``@``, as the address of a live page does.
#:
#: Of Redis it is a name of an access list, and never enough: ``fleet.address`` refuses a password,
#: and ``fleet.client`` a name where no password is told elsewhere.
_USER: Final = re.compile(
    r"(?:(?<![\w+.-])(redis|rediss|unix))?://[^/?#\s]+@", re.ASCII | re.IGNORECASE
)


def has_user(value: Any) -> bool:
    """
    Whether a text names a user, or a password, in an address; of lists and tables, a text in them.
    """
    if isinstance(value, str):
        return any(found[1] is None for found in _USER.finditer(value))
    if isinstance(value, Mapping):
        return any(map(has_user, value.values()))
    return isinstance(value, Iterable) and any(map(has_user, value))
