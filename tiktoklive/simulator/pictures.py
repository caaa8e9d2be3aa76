"""Pictures as messages name them: by addresses that look signed and lead nowhere."""

from __future__ import annotations

import random
from base64 import b64encode
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from tiktoklive.wire.common_pb2 import Image

#: Where pictures would be; the name never resolves.
PICTURES: Final = "https://p16-sign.pictures.example"

_ELSEWHERE: Final = PICTURES.replace("p16", "p19")
_EXPIRES: Final = 1_798_761_600

#: The variants of a small portrait, and those of one of middle size.
SMALL: Final = ("c5_100x100.webp", "shrink_72x72.webp", "c5_100x100.jpeg", "c5_100x100.png")
MIDDLE: Final = ("c5_720x720.webp", "c5_480x480.webp", "c5_720x720.jpeg")


def portrait(rng: random.Random, folder: str, variants: Sequence[str]) -> Image:
    """A user's picture: an address for each variant, each with its own signature."""
    name = f"{folder}/{rng.getrandbits(128):032x}"
    urls = []
    for number, variant in enumerate(variants):
        host = _ELSEWHERE if number % 2 else PICTURES
        signature = quote(b64encode(rng.randbytes(20)), safe="")
        urls.append(f"{host}/{name}~{variant}?x-expires={_EXPIRES}&x-signature={signature}")
    return Image(url_list=urls, uri=f"100x100/{name}")


def drawing(rng: random.Random, avg_color: str | None = None) -> Image:
    """A picture of a gift, which needs no signature."""
    return _unsigned(f"webcast-va/{rng.getrandbits(128):032x}", Image(avg_color=avg_color))


def icon(name: str, *, schema: str | None = None) -> Image:
    """A picture of the platform itself; ``schema``: where a tap on it leads."""
    return _unsigned(f"webcast-va/{name}.png", Image(schema=schema))


def _unsigned(uri: str, image: Image) -> Image:
    image.url_list.extend(f"{host}/{uri}~tplv-obj.image" for host in (PICTURES, _ELSEWHERE))
    image.uri = uri
    return image
