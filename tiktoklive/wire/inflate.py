"""
Decompression of gzip, bounded, by the fastest implementation that is installed.

More than half of what decoding a compressed frame costs is inflating it.  libdeflate (the package
``deflate``) does that in 40 % of the time of Python's own zlib, and is required where it can be
installed without a compiler; ``isal`` takes 55 %.

Whichever it is, it is only asked for what is in order: one stream, of the size that its trailer
tells.  All else is zlib's, which every Python has: so what is refused, and why, is the same on all
machines.  (But for two codes that no encoder writes: libdeflate reads them, zlib does not.)
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from tiktoklive.errors import FrameError, PayloadTooLargeError

try:
    import deflate
except ImportError:
    deflate = None
try:
    from isal import isal_zlib
except ImportError:
    isal_zlib = None

#: What a gzip stream begins with.
MAGIC: Final = b"\x1f\x8b"
_STREAM = MAGIC + b"\x08"  # the one method that there is
_ORDINARY = _STREAM + b"\x00"  # without names, comments, and a checksum of these

_FORMAT = 31  # zlib's wbits for a gzip header and trailer, with the largest window
_LEAST = 18  # bytes of the shortest stream: header, nothing, trailer
_PIECE = 65_536  # bytes decompressed at once, where it is not known how many there are

#: A function of an ordinary gzip stream and of the size that it says it has: its content, or
#: ``None`` if that is not the whole truth.
AtOnce: TypeAlias = Callable[[bytes, int], bytes | None]


def gunzip(data: bytes, limit: int) -> bytes:
    """
    Decompress one gzip stream; refusing one that is too large costs little memory.

    Bytes behind the end of the stream are ignored, unless they are a second stream: that would
    be content lost.

    :param data: the compressed bytes.
    :param limit: the largest result to accept, in bytes.
    :raises FrameError: if the data is no gzip, ends early, or fails its checksum.
    :raises PayloadTooLargeError: if the result would be larger than the limit.
    """
    # What the trailer says of the size is nearly always right.
    size = int.from_bytes(data[-4:], "little")
    if size <= limit and data.startswith(_ORDINARY):
        content = fastest(data, size)
        if content is not None:
            return content
    # It is too large, damaged, or the end of the data is not the trailer.
    size = 0
    for piece in _pieces(data):  # looking first at how much it is costs no memory
        size += len(piece)
        if size > limit:
            raise PayloadTooLargeError(f"The payload of a frame is larger than {limit} bytes.")
    return b"".join(_pieces(data))


def _pieces(data: bytes) -> Iterator[bytes]:
    """A gzip stream decompressed, piece by piece."""
    stream = zlib.decompressobj(_FORMAT)
    while not stream.eof:
        try:
            piece = stream.decompress(data, _PIECE)
        except zlib.error as error:
            raise FrameError(f"A payload is damaged gzip: {error}.") from error
        if not piece and not stream.eof:
            raise FrameError("A payload is gzip that ends early.")
        yield piece
        data = stream.unconsumed_tail
    if stream.unused_data.startswith(_STREAM):
        raise FrameError("A payload is more than one gzip stream.")


def _by_stream(module: Any) -> AtOnce:
    """What zlib, or a module with the same functions, makes of it."""
    new, problem = module.decompressobj, module.error

    def at_once(data: bytes, size: int) -> bytes | None:
        stream = new(_FORMAT)
        try:
            # One byte more than there should be tells "exactly this" from "more".
            content: bytes = stream.decompress(data, size + 1)
        except problem:
            return None
        whole = stream.eof and len(content) <= size
        return content if whole and not stream.unused_data.startswith(_STREAM) else None

    return at_once


def _by_libdeflate(module: Any) -> AtOnce:
    """
    What libdeflate makes of it, which gets the size and writes no more than that.

    It does not tell where the stream ended.  So what may be a second one, of the same size, is not
    for it; nor is a stream of nothing, as it would not look at it.
    """
    decompress, problem = module.gzip_decompress, module.DeflateError

    def at_once(data: bytes, size: int) -> bytes | None:
        # A second one would begin right behind the first one's size.  (find() takes longer.)
        if not size or data.rfind(data[-4:] + _STREAM, _LEAST - 4) > 0:
            return None
        try:
            content = bytes(decompress(data, size))
        except problem:
            return None
        return content if len(content) == size else None

    return at_once


#: Those that are installed, by name, the fastest first.
INSTALLED: Final[dict[str, AtOnce]] = {
    **({"libdeflate": _by_libdeflate(deflate)} if deflate is not None else {}),
    **({"isal": _by_stream(isal_zlib)} if isal_zlib is not None else {}),
    "zlib": _by_stream(zlib),
}

#: What is used.
fastest: AtOnce = next(iter(INSTALLED.values()))
