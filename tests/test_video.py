"""Addresses of a broadcast's video, out of what TikTok tells of it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.model import Room, VideoAddress, video_of
from tiktoklive.model.video import FORMATS, QUALITIES
from tiktoklive.simulator.video import stream_url


def newer(streams: Any) -> dict[str, Any]:
    """Details with the newer list."""
    data = json.dumps({"data": streams})
    return {"stream_url": {"live_core_sdk_data": {"pull_data": {"stream_data": data}}}}


class VideoTests(SynchronousTestCase):
    """What is taken out of the details, and in which order."""

    def test_simulated(self) -> None:
        """Both lists are read, each address once, the best first."""
        found = video_of({"stream_url": stream_url("5")})
        self.assertEqual(
            [
                ("origin", "flv", "h264", "1920x1080"),
                ("origin", "hls", "h264", "1920x1080"),
                ("uhd", "flv", "h265", "1920x1080"),
                ("hd", "flv", "h264", "1280x720"),
                ("hd", "hls", "h264", "1280x720"),
                ("sd", "flv", "h264", "960x540"),
                ("audio", "flv", "", ""),
            ],
            [(each.quality, each.format, each.codec, each.size) for each in found],
        )
        self.assertIn("stream-5_origin.flv?expire=1&sign=0a1b2c", found[0].url)

    def test_older(self) -> None:
        """The older lists alone do, by their own names."""
        tables = {
            "flv_pull_url": {"SD1": "http://a.example/ld", "FULL_HD1": "http://a.example/uhd"},
            "hls_pull_url_map": {
                "HD1": "https://a.example/hd.m3u8",
                "AUDIO": "https://a.example/x",
            },
        }
        found = video_of({"stream_url": tables})
        self.assertEqual(
            [("uhd", "flv"), ("hd", "hls"), ("ld", "flv"), ("audio", "hls")],
            [(each.quality, each.format) for each in found],
        )

    def test_codec(self) -> None:
        """Of one quality H.264 comes first; another codec is told by a plain word or not at all."""

        def stream(url: str, codec: Any) -> Any:
            told = json.dumps({"VCodec": codec, "resolution": "1x1;rm"})
            return {"main": {"flv": url, "sdk_params": told}}

        info = newer({"hd": stream("http://a.example/1", "bytevc1"), "HD1": {}})
        info["stream_url"]["flv_pull_url"] = {"HD1": "http://a.example/2"}
        found = video_of(info)
        self.assertEqual([("2", ""), ("1", "h265")], [(e.url[-1], e.codec) for e in found])
        cases = (("VP9", "vp9"), ("x\x1b[31m", ""), ("a" * 50, ""), (5, ""), (None, ""))
        for codec, told in cases:
            [one] = video_of(newer({"sd": stream("http://a.example/", codec)}))
            self.assertEqual((told, ""), (one.codec, one.size))

    def test_only_addresses(self) -> None:
        """What is no http or https address, or more than one, is left out."""
        for url in (
            "file:///etc/passwd",
            "rtmp://a.example/live",
            "javascript:alert(1)",
            "-o/tmp/x",
            "http://a.example/ -o /tmp/x",
            "http://a.example/\n--flag",
            "http://a.example/\x1b[2J",
            "http://a.example/\u202egvm",
            "http://a.example/'; rm -rf .",
            'http://a.example/"x',
            "http://a.example/`x`",
            "http:///path/only",
            "http://[::1/x",
            "http://" + "a" * 5000,
            "https://",
            5,
            None,
            ["http://a.example/"],
        ):
            self.assertEqual((), video_of(newer({"hd": {"main": {"flv": url}}})), url)

    def test_too_much(self) -> None:
        """Names that are none, and JSON that is too deep or too large, are left out."""
        many = {name: f"http://a.example/{name}" for name in map(str, range(500))}
        self.assertEqual((), video_of({"stream_url": {"flv_pull_url": many}}))
        maps = {"flv_pull_url": {"HD1": "http://a.example/1"}}
        for text in ("[" * 100_000, "{" + '"a":' * 5, json.dumps([1] * 10_000), "nonsense"):
            sdk = {"live_core_sdk_data": {"pull_data": {"stream_data": text}}}
            self.assertEqual(1, len(video_of({"stream_url": {**maps, **sdk}})), text[:9])

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["data", "main", "flv", "hls", "hd", "sdk_params"]) | st.text(),
                    inner,
                    max_size=4,
                )
            ),
        )
    )
    def test_anything(self, value: Any) -> None:
        """Whatever stands there in their place is no failure."""
        sdk = {"pull_data": {"stream_data": json.dumps(value)}}
        for info in (
            {"stream_url": value},
            {"stream_url": {"flv_pull_url": value, "live_core_sdk_data": sdk}},
            newer(value),
        ):
            for each in video_of(info):
                self.assertIn(each.quality, QUALITIES)
                self.assertIn(each.format, FORMATS)

    def test_room(self) -> None:
        """A room has them if its details were asked for; a repr shows no signature."""
        self.assertEqual((), Room("alice", "5").video)
        room = Room("alice", "5", info={"stream_url": stream_url("5")})
        self.assertEqual("origin", room.video[0].quality)
        self.assertNotIn("sign=", repr(room.video))
        self.assertIsInstance(room.video[0], VideoAddress)
