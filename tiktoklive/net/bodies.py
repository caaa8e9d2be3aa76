"""The body of an answer as it came: decompressed within bounds, or why it cannot be read."""

from __future__ import annotations

from twisted.web.client import URI

from tiktoklive.errors import FrameError, InvalidResponseError, PayloadTooLargeError
from tiktoklive.net.answers import UnaskedEncodingError
from tiktoklive.wire.inflate import gunzip


def unpacked(body: bytes, limit: int, uri: bytes) -> bytes:
    """
    A body as it was before it was compressed, if it was.

    :param limit: bytes that it may have.
    :raise InvalidResponseError: it has more, or is no valid gzip.
    """
    try:
        return gunzip(body, limit) if body else body
    except PayloadTooLargeError as error:
        raise too_large(uri) from error
    except FrameError as error:
        raise InvalidResponseError(f"{_host(uri)} sent a body that is no valid gzip.") from error


def unreadable(body: bytes, encoding: str) -> bytes | UnaskedEncodingError:
    """What those are told who want to read a body that we cannot decompress."""
    return UnaskedEncodingError(encoding) if body else body


def too_large(uri: bytes) -> InvalidResponseError:
    """The error for a body that is larger than allowed."""
    return InvalidResponseError(f"{_host(uri)} sent a body that is larger than allowed.")


def _host(uri: bytes) -> str:
    host: str = URI.fromBytes(uri).host.decode("ascii", "replace")
    return host
