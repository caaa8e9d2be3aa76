"""The pictures that messages and look-ups name can be fetched from the simulator itself."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any, Final
from urllib.parse import urlsplit

from google.protobuf.message import Message

from tests.simulator.client import SimulatorTestCase
from tiktoklive.simulator import RandomScript
from tiktoklive.simulator.drawing import SIDE, picture
from tiktoklive.simulator.pictures import PICTURE_HOSTS
from tiktoklive.wire.common_pb2 import Image
from tiktoklive.wire.messages import MESSAGE_TYPES

INFO: Final = "https://webcast.tiktok.com/webcast/room/info/?aid=1988&room_id="


def images_in(message: Message) -> list[Image]:
    """All pictures of a message, however deep."""
    found = [message] if isinstance(message, Image) else []
    for field, value in message.ListFields():
        if field.message_type is not None:
            for each in value if field.is_repeated else [value]:
                found += images_in(each)
    return found


def chunks(png: bytes) -> dict[bytes, bytes]:
    """The pieces of a PNG file; each must have its own checksum."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    found, start = {}, 8
    while start < len(png):
        [length] = struct.unpack_from(">I", png, start)
        kind, data = png[start + 4 : start + 8], png[start + 8 : start + 8 + length]
        [checksum] = struct.unpack_from(">I", png, start + 8 + length)
        assert checksum == zlib.crc32(kind + data)
        found[kind] = data
        start += 12 + length
    return found


class DrawingTests(SimulatorTestCase):
    """The pictures themselves."""

    def test_png(self) -> None:
        """A picture is a small PNG of the size that it says."""
        for round_ in (False, True):
            png = picture("/a/b", round_=round_)
            found = chunks(png)
            self.assertEqual((SIDE, SIDE, 1, 3), struct.unpack(">IIBB", found[b"IHDR"][:10]))
            rows = zlib.decompress(found[b"IDAT"])
            self.assertEqual(SIDE * (1 + SIDE // 8), len(rows))
            self.assertNotIn(set(rows), ({0}, {0, 255}))
            self.assertLess(len(png), 600)

    def test_names(self) -> None:
        """Each name has a picture of its own, and always the same."""
        pictures = [picture(f"/{number}") for number in range(40)]
        self.assertEqual(40, len(set(pictures)))
        self.assertEqual(pictures[7], picture("/7"))


class AddressesTests(SimulatorTestCase):
    """Where they are."""

    def fetch(self, url: str) -> Any:
        """Fetch a picture, as a browser would."""
        response, body = self.get(url)
        self.assertEqual(200, response.code, url)
        self.assertEqual(["image/png"], response.headers.getRawHeaders("content-type"), url)
        return body

    def addresses(self) -> set[str]:
        """Those of what happens in a random room and is said of it."""
        script = RandomScript(3, pictures=self.room.pictures, owner=self.room)
        found = set()
        for (method, payload, _), _ in zip(script.messages(), range(700), strict=False):
            for image in images_in(MESSAGE_TYPES[method].FromString(payload)):
                found |= set(map(str, image.url_list))
        told = json.loads(self.get(INFO + self.room.room_id)[1])["data"]
        for place in (told["owner"]["avatar_thumb"], told["cover"]):
            found |= set(place["url_list"])
        return found

    def test_in_memory(self) -> None:
        """In a network in memory they are at hosts of their own, all variants the same."""
        found = self.addresses()
        self.assertEqual(set(PICTURE_HOSTS), {urlsplit(url).hostname for url in found})
        by_name: dict[str, set[bytes]] = {}
        for url in found:
            by_name.setdefault(urlsplit(url).path.partition("~")[0], set()).add(self.fetch(url))
        self.assertGreater(len(by_name), 60)
        self.assertEqual({1}, {len(bodies) for bodies in by_name.values()})

    def test_on_a_port(self) -> None:
        """Where it listens on a port, they are there, and without TLS."""
        self.network.add("127.0.0.1", 8090, self.simulator.site())
        self.simulator.listens_at("127.0.0.1:8090")
        found = self.addresses()
        self.assertEqual({"http://127.0.0.1:8090"}, {url[: url.index("/", 8)] for url in found})
        for url in sorted(found)[::25]:
            self.fetch(url)

    def test_other_hosts(self) -> None:
        """TikTok's own hosts have no pictures, and those of pictures nothing else."""
        for url in (
            "https://www.tiktok.com/webcast-va/x.png~tplv-obj.image",
            f"https://{PICTURE_HOSTS[0]}/@anna/live",
        ):
            self.assertEqual(404, self.get(url)[0].code, url)

    def test_gifts(self) -> None:
        """A gift has the same picture in the list of gifts as in the messages."""
        query = f"aid=1988&app_language=en&device_platform=web&room_id={self.room.room_id}"
        url = f"https://webcast.tiktok.com/webcast/gift/list/?{query}"
        listed = json.loads(self.get(url)[1])["data"]["gifts"]
        known = {gift["id"]: gift["image"]["url_list"] for gift in listed}
        script = RandomScript(3, mix={"gift": 1}, pictures=self.room.pictures)
        for (method, payload, _), _ in zip(script.messages(), range(50), strict=False):
            gift = MESSAGE_TYPES[method].FromString(payload).gift
            self.assertEqual(known[gift.id], list(gift.image.url_list))
