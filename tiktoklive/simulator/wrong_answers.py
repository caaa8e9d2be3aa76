"""
What TikTok says now and then in the place of the right answer, by name in :data:`WRONG_ANSWERS`.

Each is well formed, and was seen (wire facts §2.3, §2.5, §8.1, §8.3): a login that is wanted, the
page of another host, a room that is withheld or over.
"""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from twisted.internet.interfaces import IReactorTime

from tiktoklive.simulator.http_faults import HttpFault
from tiktoklive.simulator.requests import Answer

#: The host whose page is shown for that of another.
OTHER_HOST: Final = {
    "uniqueId": "somebody_else",
    "display_id": "somebody_else",
    "id": "4242424242424242424",
    "id_str": "4242424242424242424",
    "roomId": "7286172472234642209",
}

#: For whom a room is that guests can enter, and hear nothing in.
_RESTRICTED: Final = {
    "liveRoom": '"liveSubOnly": 1, "paidEvent": {"event_id": 7, "paid_type": 1}, ',
    "user": '"secret": true, ',
}

_WALL: Final = {
    "AppContext": {"appContext": {"user": None}},
    "LiveRoom": {
        "needLogin": True,
        "showLiveGate": True,
        "isAgeGateRoom": False,
        "recommendLiveRooms": [],
        "liveRoomStatus": 0,
    },
    "CurrentRoom": {"roomInfo": None, "anchorId": "", "roomId": ""},
}


def _instead(answer: Answer) -> HttpFault:
    return lambda right, web, clock: answer.send(web)


def _code(code: int, **data: str) -> HttpFault:
    """A status code, as api-live and the webcast servers write it."""
    answer = {"statusCode": code, "status_code": code, "message": data.get("message", "")}
    return _instead(Answer.json({**answer, "data": data}))


def _of_other_host(right: Answer, web: Any, clock: IReactorTime) -> Any:
    """The right answer, about another host."""
    text = right.body.decode()
    for name, value in OTHER_HOST.items():
        for colon in (": ", ":"):
            begin, *rest = text.split(f'"{name}"{colon}"')
            new = f'"{name}"{colon}"{value}"'
            text = begin + "".join(new + each.partition('"')[2] for each in rest)
    return replace(right, body=text.encode()).send(web)


def _restricted(right: Answer, web: Any, clock: IReactorTime) -> Any:
    """The right answer, of a private account's room, for subscribers, against payment."""
    text = right.body.decode()
    for name, more in _RESTRICTED.items():
        for colon in (":", ": "):  # pages are without blanks
            text = text.replace(f'"{name}"{colon}{{', f'"{name}"{colon}{{{more}')
    return replace(right, body=text.encode()).send(web)


#: What may be said in the place of an answer, by name.
WRONG_ANSWERS: Final = MappingProxyType(
    dict[str, HttpFault](
        {
            "login page": _instead(
                Answer(302, headers=(("Location", "https://www.tiktok.com/login?redirect_url=x"),))
            ),
            "login wall": _instead(
                Answer(
                    200,
                    b"<!DOCTYPE html><html><head><title>LIVE</title></head><body>"
                    b'<script id="SIGI_STATE" type="application/json">'
                    + json.dumps(_WALL).encode()
                    + b"</script></body></html>",
                )
            ),
            "login wanted": _code(20003, message="User doesn't login"),
            "other host": _of_other_host,
            "withheld": _code(4003110, prompts=""),
            "adults only": _code(4003110, prompts="This LIVE is for adults only"),
            "finished": _code(30003, message="room has finished", prompts="LIVE has ended"),
            "restricted": _restricted,
        }
    )
)
