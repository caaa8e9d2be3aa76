"""Pictures: one image under several addresses, and which of them to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tiktoklive.wire import common_pb2
from tiktoklive.wire.text import text


def urls_of(message: common_pb2.Image) -> list[str]:
    """All addresses of a picture, in wire order."""
    # A slice: iterating over a repeated field takes twice as long.
    urls = message.url_list[:]
    for url in urls:
        if url.__class__ is not str:
            return [text(each) for each in urls]
    return urls


def last_url(message: common_pb2.Image) -> str:
    """The last address of a picture, ``""`` when it has none: 1.x read a single text there."""
    urls = message.url_list
    return text(urls[-1]) if urls else ""


def choose_url(urls: Sequence[str]) -> str | None:
    """
    The address that 1.x shows: small and WebP if there is one.

    :return: the first with ``100x100`` and ``.webp``, else with ``100x100`` and ``.jpeg``, else
        without ``shrink``, else the first; ``None`` when there is none.
    """
    jpeg = other = None
    for url in urls:
        if "100x100" in url:
            if ".webp" in url:
                return url
            if jpeg is None and ".jpeg" in url:
                jpeg = url
        if other is None and "shrink" not in url:
            other = url
    # An empty text that was found counts as nothing found.
    return jpeg or other or (urls[0] if urls else None)


class Image:
    """
    A view on a picture.

    :ivar message: the generated ``Image``.
    """

    __slots__ = ("message",)

    def __init__(self, message: common_pb2.Image) -> None:
        self.message = message

    @property
    def urls(self) -> list[str]:
        """All addresses, in wire order: the same picture in several sizes, formats and hosts."""
        return urls_of(self.message)

    @property
    def url(self) -> str | None:
        """The address that :meth:`choose` prefers."""
        return choose_url(urls_of(self.message))

    @property
    def width(self) -> int:
        """Pixels, 0 when TikTok doesn't say."""
        return self.message.width

    @property
    def height(self) -> int:
        """Pixels, 0 when TikTok doesn't say."""
        return self.message.height

    def choose(self, words: Iterable[str] = ()) -> str | None:
        """
        One address of the picture.

        :param words: the first address that contains all of these, if any does.
        :return: without words, or when none fits, 1.x's choice: the first with ``100x100`` and
            ``.webp``, else ``100x100`` and ``.jpeg``, else without ``shrink``, else the first;
            ``None`` when the picture has no address.
        """
        urls = urls_of(self.message)
        wanted = tuple(words)
        if wanted:
            for url in urls:
                if all(word in url for word in wanted):
                    return url
        return choose_url(urls)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Image) and self.message == other.message

    def __hash__(self) -> int:
        return hash(tuple(urls_of(self.message)))

    def __repr__(self) -> str:
        # Addresses of pictures are signed: they stay out of repr.
        return f"<Image {self.width}x{self.height}, {len(self.message.url_list)} urls>"
