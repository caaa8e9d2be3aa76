"""
Values as JSON in UTF-8, and back, by the fastest means at hand.

orjson, which the extra ``fast`` installs, takes a tenth of the time of Python's own
:mod:`json`, and has its limits: whatever it refuses is left to the latter.  Both write the
same JSON, though not always the same text: ``1e-5`` and ``1e-05`` are the same number.
"""

from __future__ import annotations

import json
import json.encoder
import math
from collections.abc import Callable, Iterable, Mapping, Set
from enum import Enum
from json.encoder import encode_basestring
from typing import Any

try:
    import orjson
except ImportError:
    orjson = None
else:
    # Left to _plain(), as with json: orjson has a way of its own to write these.
    _OPTION = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME

__all__ = ["by_json", "dumps", "loads"]


def dumps(value: Any) -> bytes:
    """
    Compact JSON in UTF-8, on one line.

    Everything but quotes, backslashes and control characters stays as it is.  A lone
    surrogate, for which UTF-8 has no bytes, becomes its JSON escape; a number that JSON
    cannot say becomes ``null``; integers of any size are exact; a value that JSON doesn't
    know is written as text.
    """
    if orjson is not None:
        try:
            written: bytes = orjson.dumps(value, _plain, _OPTION)
            return written
        except orjson.JSONEncodeError:
            pass  # a long integer, a lone surrogate, a key that is no text
    return by_json(value)


def loads(data: bytes | str) -> Any:
    """
    The value of a JSON text.

    :raise ValueError: it is none.
    """
    if orjson is not None:
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError:
            pass  # a lone surrogate, a number that is none; or no JSON
    return json.loads(data)


def _plain(value: Any) -> Any:
    """What a value that JSON doesn't know is written as."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Set | tuple):
        return list(value)
    if isinstance(value, Enum):
        return value.value
    return str(value)


# Made once: json.dumps() makes one for every call that asks for anything.
_encoder = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    allow_nan=False,
    separators=(",", ":"),
    default=_plain,
)
# What that makes for every call, made once too: a part of json that is not documented, has been the
# same for ten years, and is not everywhere.
_make: Any = getattr(json.encoder, "c_make_encoder", None)
_pieces: Callable[[Any, int], Iterable[str]] | None
try:
    _pieces = _make(None, _plain, encode_basestring, None, ":", ",", False, False, False)
except TypeError:
    _pieces = None


def _encode(value: Any) -> str:
    return _encoder.encode(value) if _pieces is None else "".join(_pieces(value, 0))


def by_json(value: Any) -> bytes:
    """The same as :func:`dumps`, by Python's own means."""
    try:
        text = _encode(value)
    except ValueError:
        text = _encode(_finite(value))
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")  # slower, for all characters


def _finite(value: Any) -> Any:
    """The same with ``None`` for every number that is infinite or none."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return value
