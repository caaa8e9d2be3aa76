"""Which error names each fault of the matrix."""

from __future__ import annotations

from tests.cells import Named
from tiktoklive.errors import (
    BatchError,
    BlockedError,
    ConnectError,
    EmptyFetchError,
    FrameError,
    InitialFetchError,
    InvalidResponseError,
    MessageError,
    MissingCursorError,
    PayloadTooLargeError,
    RateLimitedError,
    SignatureRateLimitError,
    SignServerRefusedError,
    SignServerStubError,
    SignServerUnavailableError,
    StreamLostError,
    TtwidMissingError,
)

_FETCH = Named(InitialFetchError)
_CURSOR = Named(MissingCursorError)

#: By kind: what names it on a socket, and in the place of a batch that was asked for.
NAMED_GARBAGE: dict[str, tuple[Named | None, Named | None]] = {
    "random bytes": (Named(FrameError, "no push frame"), _FETCH),
    "empty message": (Named(FrameError, "no bytes"), Named(EmptyFetchError)),
    "text": (None, _FETCH),
    "html page": (Named(FrameError, "no push frame"), _FETCH),
    "truncated frame": (Named(FrameError), _FETCH),
    "wrong wire types": (Named(FrameError), _CURSOR),
    "huge length": (Named(FrameError), _FETCH),
    "varint out of range": (Named(FrameError), _FETCH),
    "field zero": (Named(FrameError), _FETCH),
    "unclosed groups": (Named(FrameError), _FETCH),
    "unknown payload types": (None, _FETCH),
    "bad utf-8": (None, _CURSOR),
    "empty batch": (Named(BatchError), Named(EmptyFetchError)),
    "truncated gzip": (Named(FrameError, "ends early"), _FETCH),
    "bad crc": (Named(FrameError, "damaged gzip"), _FETCH),
    "gzip bomb": (Named(PayloadTooLargeError), _FETCH),
    "gzip in gzip": (Named(BatchError), _FETCH),
    "batch of wrong types": (Named(BatchError), _FETCH),
    "truncated batch": (Named(BatchError), _FETCH),
    "batch in batch": (Named(BatchError), _FETCH),
    "deep nesting": (Named(MessageError), Named(MessageError)),
    "unknown methods": (None, _CURSOR),
    "bad payloads": (Named(MessageError), Named(MessageError)),
    "largest numbers": (None, _CURSOR),
    "duplicate frames": (None, None),
    "duplicate messages": (None, None),
    "duplicate fields": (None, None),
    "announced 200 MiB": (Named(StreamLostError, "1009"), None),
    "reserved opcode": (Named(StreamLostError, "1002"), None),
}

_UNREAD = Named(ConnectError)
_LATE = Named(ConnectError, "did not answer completely within")

_GZIP = Named(InvalidResponseError, "no valid gzip")
_LARGE = Named(InvalidResponseError, "larger than allowed")

#: By mishap: what names it in a look-up, and at a ticket of each source.
NAMED_ANSWERS: dict[str, tuple[Named | None, Named | None, Named | None, Named | None]] = {
    "403": (
        Named(BlockedError, "403"),
        Named(TtwidMissingError, "403"),
        Named(SignServerRefusedError, "403"),
        Named(InitialFetchError, "403"),
    ),
    "429": (
        Named(RateLimitedError, "429"),
        Named(TtwidMissingError, "429"),
        Named(SignatureRateLimitError, "429"),
        Named(InitialFetchError, "429"),
    ),
    "500": (
        Named(InvalidResponseError, "500"),
        Named(TtwidMissingError, "500"),
        Named(SignServerUnavailableError, "500"),
        Named(InitialFetchError, "500"),
    ),
    "502": (
        Named(InvalidResponseError, "502"),
        Named(TtwidMissingError, "502"),
        Named(SignServerUnavailableError, "502"),
        Named(InitialFetchError, "502"),
    ),
    "empty body": (
        Named(BlockedError, "empty page"),
        Named(TtwidMissingError),
        Named(EmptyFetchError),
        Named(EmptyFetchError),
    ),
    "challenge page": (
        Named(BlockedError, "challenge page"),
        Named(TtwidMissingError, "challenge page"),
        Named(SignServerStubError, "Please wait"),
        Named(InitialFetchError),
    ),
    "wrong content type": (None, None, None, None),
    "no gzip": (_GZIP, _GZIP, _GZIP, _GZIP),
    "damaged gzip": (_GZIP, _GZIP, _GZIP, _GZIP),
    "gzip bomb": (_LARGE, _LARGE, _LARGE, _LARGE),
    "too large": (_LARGE, _LARGE, _LARGE, _LARGE),
    "slow body": (_LATE, _LATE, _LATE, _LATE),
    "stalled body": (_LATE, _LATE, _LATE, _LATE),
    "silent": (_LATE, _LATE, _LATE, _LATE),
    "cut short": (_UNREAD, _UNREAD, _UNREAD, _UNREAD),
    "length too small": (
        Named(BlockedError, "no JSON"),
        None,
        Named(SignServerStubError),
        Named(InitialFetchError),
    ),
    "closed": (_UNREAD, _UNREAD, _UNREAD, _UNREAD),
    "reset": (_UNREAD, _UNREAD, _UNREAD, _UNREAD),
    "no http": (_UNREAD, _UNREAD, _UNREAD, _UNREAD),
}
