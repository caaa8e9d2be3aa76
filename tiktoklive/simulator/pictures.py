"""Pictures as messages name them: by addresses that look signed, of hosts that are ours."""

from __future__ import annotations

import random
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from tiktoklive.wire.common_pb2 import Image

#: Where pictures are if nobody listens; the names never resolve outside a network in memory.
PICTURE_HOSTS: Final = ("p16-sign.pictures.example", "p19-sign.pictures.example")

_EXPIRES: Final = 1_798_761_600

#: The folders of users' pictures, and of all others.
PORTRAITS: Final = "tos-va-avt-0068"
DRAWINGS: Final = "webcast-va"

#: The variants of a small portrait, and those of one of middle size.
SMALL: Final = ("c5_100x100.webp", "shrink_72x72.webp", "c5_100x100.jpeg", "c5_100x100.png")
MIDDLE: Final = ("c5_720x720.webp", "c5_480x480.webp", "c5_720x720.jpeg")


@dataclass(frozen=True, slots=True)
class Pictures:
    """
    The pictures of one simulated TikTok.

    :ivar bases: the two addresses under which they are, without a slash at their ends.
    """

    bases: tuple[str, str] = (f"https://{PICTURE_HOSTS[0]}", f"https://{PICTURE_HOSTS[1]}")

    def portrait(
        self, rng: random.Random, variants: Sequence[str], folder: str = PORTRAITS
    ) -> Image:
        """A user's picture: an address for each variant, each with its own signature."""
        name = f"{folder}/{rng.getrandbits(128):032x}"
        urls = []
        for number, variant in enumerate(variants):
            signature = quote(b64encode(rng.randbytes(20)), safe="")
            query = f"x-expires={_EXPIRES}&x-signature={signature}"
            urls.append(f"{self.bases[number % 2]}/{name}~{variant}?{query}")
        return Image(url_list=urls, uri=f"100x100/{name}")

    def drawing(self, rng: random.Random, avg_color: str | None = None) -> Image:
        """A picture of a gift, which needs no signature."""
        return self._unsigned(f"{DRAWINGS}/{rng.getrandbits(128):032x}", Image(avg_color=avg_color))

    def icon(self, name: str, *, schema: str | None = None) -> Image:
        """A picture of the platform itself; ``schema``: where a tap on it leads."""
        return self._unsigned(f"{DRAWINGS}/{name}.png", Image(schema=schema))

    def of_owner(self, anchor_id: str, size: int) -> str:
        """The address of a broadcaster's picture, in the look-ups."""
        return f"{self.bases[0]}/tos-avt/{anchor_id}~c5_{size}x{size}.webp"

    def _unsigned(self, uri: str, image: Image) -> Image:
        image.url_list.extend(f"{base}/{uri}~tplv-obj.image" for base in self.bases)
        image.uri = uri
        return image


def is_picture_path(path: str) -> bool:
    """Whether a path is that of a picture."""
    return path.startswith((f"/{PORTRAITS}/", f"/{DRAWINGS}/", "/tos-avt/"))
