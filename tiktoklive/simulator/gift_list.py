"""The list of the gifts that can be sent, as the webcast hosts tell it (wire facts §8.4)."""

from __future__ import annotations

from typing import Any

from tiktoklive.simulator.people import make_gifts
from tiktoklive.simulator.pictures import Pictures
from tiktoklive.wire.common_pb2 import Image
from tiktoklive.wire.giving_pb2 import WebcastGiftMessage


def gift_list(pictures: Pictures) -> list[dict[str, Any]]:
    """The gifts of all rooms."""
    listed = []
    for made in make_gifts(pictures)[0]:
        gift = WebcastGiftMessage.FromString(made.at_15).gift
        listed.append(
            {
                "id": gift.id,
                "name": gift.name,
                "describe": gift.describe,
                "diamond_count": gift.diamond_count,
                "type": gift.type,
                "combo": gift.combo,
                "duration": gift.duration,
                "for_linkmic": gift.for_link_mic,
                "is_displayed_on_panel": gift.is_displayed_on_panel,
                "image": _picture(gift.image),
                "icon": _picture(gift.icon),
            }
        )
    return listed


def _picture(image: Image) -> dict[str, Any]:
    return {"avg_color": image.avg_color, "uri": image.uri, "url_list": list(image.url_list)}
