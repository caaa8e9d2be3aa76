"""Where the simulated TikTok says that the video of a room is (wire facts §8.3); it plays none."""

from __future__ import annotations

import json
from typing import Any, Final

_HOST: Final = "https://pull-flv-sim.tiktokcdn.example"

#: Quality, codec and size of each stream that it tells of.
_STREAMS: Final = (
    ("origin", "h264", "1920x1080"),
    ("uhd", "h265", "1920x1080"),
    ("hd", "h264", "1280x720"),
    ("sd", "h264", "960x540"),
    ("ao", "", ""),
)
_OLDER: Final = {"FULL_HD1": "uhd", "HD1": "hd", "SD2": "sd"}


def stream_url(room_id: str) -> dict[str, Any]:
    """What the details of a room say of its video."""

    def address(quality: str, kind: str) -> str:
        ending = "flv" if kind == "flv" else "m3u8"
        return f"{_HOST}/stage/stream-{room_id}_{quality}.{ending}?expire=1&sign=0a1b2c"

    streams = {
        quality: {
            "main": {
                "flv": address(quality, "flv"),
                "hls": address(quality, "hls") if quality in ("origin", "hd") else "",
                "cmaf": "",
                "sdk_params": json.dumps({"VCodec": codec, "resolution": size, "vbitrate": 1}),
            }
        }
        for quality, codec, size in _STREAMS
    }
    return {
        "rtmp_pull_url": address("hd", "flv"),
        "flv_pull_url": {name: address(quality, "flv") for name, quality in _OLDER.items()},
        "hls_pull_url": address("origin", "hls"),
        "hls_pull_url_map": {},
        "live_core_sdk_data": {"pull_data": {"stream_data": json.dumps({"data": streams})}},
    }
