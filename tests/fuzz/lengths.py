"""
Everything that reads a text of others, as a function of one text; and what shows that none of the
package's patterns takes time out of proportion to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from tests.fuzz.readers import READERS
from tests.seams import ROOM
from tiktoklive.capture.recorder import Recorder
from tiktoklive.capture.tape import _parse
from tiktoklive.errors import InvalidUniqueIdError, ProxyError
from tiktoklive.events.badges import _rank
from tiktoklive.events.displaytext import filled
from tiktoklive.events.jsontext import parse_object, to_json
from tiktoklive.events.numbers import leading_integer
from tiktoklive.logs import NUMBER
from tiktoklive.model import parse_unique_id, video_of
from tiktoklive.net import certificates
from tiktoklive.net.answers import Answer
from tiktoklive.net.cookies import COOKIE_VALUE, cookies_in, tt_cookies
from tiktoklive.net.handshake import heartbeat_wish, refusal, retry_after
from tiktoklive.net.quoting import ids_of, words_of
from tiktoklive.net.redaction import Redaction
from tiktoklive.net.tunnel import ConnectTunnel
from tiktoklive.net.web import _target
from tiktoklive.outputs.plaintext import plain
from tiktoklive.outputs.web.answers import Refusal
from tiktoklive.outputs.web.control import checked_name
from tiktoklive.outputs.web.guard import _HOST
from tiktoklive.outputs.web.moderation import _ENVELOPE, _IDS, _USER
from tiktoklive.outputs.web.people import _GIVEN, USER_ID
from tiktoklive.outputs.web.ring import Ring
from tiktoklive.outputs.web.tokens import offered
from tiktoklive.rooms.page import room_in
from tiktoklive.rooms.scripts import has_script, script_in
from tiktoklive.signing.command import _SUFFIX
from tiktoklive.signing.push_hosts import host_of, is_relay, is_trusted, refused_relay
from tiktoklive.signing.quota import quota_of, retry_after_of
from tiktoklive.signing.signed import _other_room
from tiktoklive.simulator.room import _CURSOR
from tiktoklive.wire.common_pb2 import Text, TextPiece

_KNOWN: Final = Redaction(["SeCrEtSeSsIoN00aa11bb22", "1%7C" + "aB3" * 40, "sh0rt"])


def _answer(text: str, **headers: str) -> Answer:
    named = {name.replace("_", "-"): [value] for name, value in headers.items()}
    body = text.encode("utf-8", "replace")
    return Answer(503, "sign.example", named, body, redaction=_KNOWN)


def _said(text: str) -> bytes:
    """An answer that says a text wherever it says something."""
    told = {"message": text, "error": text, "limit_label": text, "data": {"message": text}}
    return b"\0" + json.dumps({"status_code": 4, "statusCode": 4, "code": 4, **told}).encode()


def _refused(text: str) -> None:
    headers = dict.fromkeys(("handshake-msg", "handshake-status", "retry-after", "date"), text)
    refusal("ws.example", text, headers, text, _KNOWN)
    refusal("ws.example", f"HTTP/1.1 200 {text}", headers, text, _KNOWN)


def _quotas(text: str) -> None:
    for name in ("retry-after", "x-ratelimit-reset", "x-ratelimit-limit", "ratelimit-remaining"):
        for value in (text, f"1{text}", f"1;{text}", f"1;w=1{text}"):
            answer = _answer("", **{name.replace("-", "_"): value, "date": text})
            quota_of(answer, 1.0)
            retry_after_of(answer, 1.0)


def _proxy(text: str) -> None:
    for start in ("", "HTTP/1.1 502 ", "HTTP/1.1 100 ", "HTTP/1."):
        tunnel = ConnectTunnel("proxy.example:1", "x.example", 443, (b"me", b"s3cr3t-0f-m1ne"))
        tunnel.begin()
        with suppress(ProxyError):
            tunnel.receive(f"{start}{text}\r\n\r\n".encode())


def _redirect(text: str) -> None:
    for where in (text, f"/{text}", f"https://{text}", f"//{text}", f"?{text}"):
        answer = Answer(302, "x.example", {"location": [where]}, b"")
        _target(answer, "https://x.example/a/b?c")


def _name(text: str) -> None:
    for typed in (text, f"https://www.tiktok.com/{text}", f"tiktok.com/@x/{text}"):
        with suppress(InvalidUniqueIdError):
            parse_unique_id(typed)


def _room_name(text: str) -> None:
    with suppress(Refusal):
        checked_name(text)


def _page(text: str) -> None:
    page = text.encode()
    for each in (page, b'<script id="SIGI_STATE">{"a":"' + page, b'room_id=1"roomId":"' + page):
        script_in(each, "SIGI_STATE", "sigi-persisted-data")
        has_script(each, "SIGI_STATE")
        with suppress(Exception):
            room_in(Answer(200, "www.tiktok.com", {}, each), "alice")


def _json_inside(text: str) -> None:
    for start in (
        '{"a":"',
        '{"',
        '{"a":' + "[" * 101 + '"',
        "{" + "[" * 101,
        "{",
        '{"a":',
        '{"a":[',
    ):
        found = parse_object(start + text)
        if found is not None:
            to_json(found)
    to_json({"a": text, "b": [text]})


def _answers(text: str) -> None:
    answer = _answer(text, x_request_id=text, x_agent_id=text)
    words_of(answer)
    ids_of(answer)
    answer.shown(text)
    for said in (text, f"<title{text}", f"<title>{text}", f"<{text}"):
        words_of(_answer(json.dumps({"message": said})))
    for end in ("", "\\u0041"):
        _KNOWN.masked((text + end).encode())
        answer.shown(text[:4000] + end)


def _cookies(text: str) -> None:
    tt_cookies([text, f"a={text}", f"a=b,{text}", f"a=b, {text}"])
    cookies_in([text, f"a={text}", f"a=b;{text}"])
    COOKIE_VALUE.fullmatch(text)


def _certificate(text: str) -> None:
    for each in (text, text + ".", "a." + text, f"{text}.1"):
        certificates._NAME.match(each)
        certificates._NUMBER.match(each)


def _sent(text: str) -> None:
    given = [("a", text), (text, "a"), ("cookie", text)]
    _KNOWN.sent("https://x/?" + text, given, given).shown(text)


def _video(text: str) -> object:
    """An address, a codec and a size, of a room's details."""
    told = json.dumps({"VCodec": text, "resolution": text})
    main = {"flv": f"https://a.example/{text}", "hls": text, "sdk_params": told}
    data = json.dumps({"data": {"hd": {"main": main}}})
    return video_of({"stream_url": {"live_core_sdk_data": {"pull_data": {"stream_data": data}}}})


def _numbers(text: str) -> None:
    for start in ("", "1", "-", "0x", " ", "1."):
        leading_integer(start + text)
    _rank(f"ranklist_top_gifter_{text}")
    _rank(f"ranklist_top_gifter_1{text}")
    heartbeat_wish(f"ping-interval={text}")
    heartbeat_wish(text)
    retry_after(text, text)
    _other_room(ROOM, text)
    _CURSOR.fullmatch(f"1{text}")


def _display_text(text: str) -> None:
    for pattern in (text, f"{{{text}", f"{{0:{text}", f"{{0:user}} {text}" * 2):
        filled(Text(default_pattern=pattern, pieces=[TextPiece(string_value=text)]))


def _tape(text: str) -> None:
    for line in (text, '{"kind":"frame","at":0,"data":"' + text + '"}', '{"tape":"' + text):
        with suppress(ValueError):
            _parse(line.encode())


def _read(name: str, *texts: Callable[[str], bytes]) -> Callable[[str], None]:
    """One of the readers that are fed with any bytes."""
    reader = READERS[name]

    def read(text: str) -> None:
        for make in texts:
            reader(make(text))

    return read


#: What reads texts of others, by name.
LENGTHS: Final[dict[str, Callable[[str], Any]]] = {
    "answers": _answers,
    "cookies": _cookies,
    "certificate": _certificate,
    "what was sent": _sent,
    "quota": _quotas,
    "handshake": _refused,
    "proxy": _proxy,
    "redirect": _redirect,
    "name": _name,
    "room name": _room_name,
    "page": _page,
    "JSON inside": _json_inside,
    "numbers": _numbers,
    "video": _video,
    "display text": _display_text,
    "tape": _tape,
    "push server": lambda text: (
        host_of(text),
        host_of(f"wss://{text}"),
        is_trusted(f"wss://{text}", ["https://x.example"]),
        is_relay(f"wss://{text}", ["https://x.example"], ["y.example"]),
        refused_relay(f"wss://{text}", "z.example"),
    ),
    "log line": lambda text: NUMBER.sub("", text),
    "signature command": lambda text: _SUFFIX.fullmatch(text),
    "webhook": lambda text: plain(text, 120),
    "a client's host": lambda text: (_HOST.fullmatch(text), _HOST.fullmatch(f"[{text}")),
    "a client's position": lambda text: Ring("1").since(text),
    "an event's users": lambda text: (
        _ENVELOPE.search(text.encode("utf-8", "replace")),
        _IDS.findall(text.encode("utf-8", "replace")),
        _USER.fullmatch(text),
    ),
    "a user's sums": lambda text: (
        _GIVEN.findall(text.encode()),
        _GIVEN.findall(b'"diamondTotal":' + text.encode()),
        re.fullmatch(USER_ID, text, re.ASCII),
    ),
    "a client's token": lambda text: (offered(text), offered(f"bearer.{text}")),
    "tape's name": lambda text: Recorder.path_for(_RECORDER, text[:64]),
    **{
        name: _read(name, _said, lambda text: b"\0" + text.encode())
        for name in READERS
        if name.startswith("sign server") or name in ("api-live", "room info", "gift list", "chat")
    },
    "im/fetch": _read("im/fetch", _said),
    "profile": _read("profile", _said, lambda text: b"\0" + text.encode()),
}
_RECORDER: Final = Recorder(None, "x.jsonl", None, per_user=True)  # type: ignore[arg-type]

#: What such texts consist of.
PIECES: Final = (
    *("a", '\\"', "<title", "a://", "://", "[", '{"a":', "7", " ", "%", "&", "<", '"', "\\", "="),
    *(",", ";", ", a", "../", "/", "@", ":", "-", "ranklist_top_gifter_1", "room_id=1", "é", "\n"),
    *('"":{},', "1e", "*", "http:"),
)
