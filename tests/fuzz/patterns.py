"""Every regular expression of the package, and what shows how long it takes."""

from __future__ import annotations

from typing import Final

#: Every regular expression of the package, by module and as it stands there, and the reader above
#: that shows how long it takes; or that only the user, and this program, feed it.
PATTERNS: Final[dict[str, dict[str, str]]] = {
    "capture.recorder": {
        "'[^\\\\w.-]'": "tape's name",
    },
    "command.erase": {
        "'[0-9]{1,20}'": "user",
    },
    "command.export": {
        "'\\\\s*,\\\\s*'": "user",
    },
    "command.stats": {
        "'[1-9][0-9]{0,5}'": "user",
    },
    "connection": {
        "'[0-9]{1,19}'": "user",
    },
    "events.badges": {
        "'ranklist_top_gifter_([0-9]+)[^\\n\\r\\u2028\\u2029]png'": "numbers",
    },
    "events.base": {
        "'(?<=[a-z0-9])([A-Z])'": "user",
    },
    "events.displaytext": {
        "'\\\\{([0-9]{1,2})(?::([^{}]{0,40}))?\\\\}'": "display text",
    },
    "events.jsontext": {
        "'[\\ud800-\\udfff]'": "JSON inside",
        '\'[{}\\\\[\\\\]]|"[^"\\\\\\\\]*+(?:\\\\\\\\.[^"\\\\\\\\]*+)*+"?\'': "JSON inside",
    },
    "events.numbers": {
        "'[\\t\\n\\x0b\\x0c\\r \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]*([+-]?)(?:0[xX]([0-9a-fA-F]*)|([0-9]+))'": "numbers",  # noqa: E501
    },
    "model.video": {
        "'https?://[A-Za-z0-9:/?#@!$&()*+,;=%._~\\\\[\\\\]-]{4,4000}'": "video",
        "'[1-9][0-9]{1,4}x[1-9][0-9]{1,4}'": "video",
        "'[a-z0-9._-]{1,20}'": "video",
    },
    "net.handshake": {
        "'[\\\\x00-\\\\x08\\\\x0a-\\\\x1f\\\\x7f]'": "handshake",
        "'[0-9]{1,8}'": "handshake",
        "'[0-9]{3}'": "handshake",
    },
    "described.rules": {
        '"[!#$%&\'*+.^_`|~0-9A-Za-z-]+"': "user",
        "'[0-9A-Za-z_][0-9A-Za-z_.-]*|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+'": "user",
        "'[\\\\x21-\\\\x7e]+'": "user",
        "'[\\\\x00-\\\\x20]'": "user",
    },
    "described.userinfo": {
        "'(?:(?<![\\\\w+.-])(redis|rediss|unix))?://[^/?#\\\\s]+@'": "user",
    },
    "fleet.address": {
        "b'-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----'": "user",
        "'\\\\d{0,5}'": "user",
        "'\\\\d{1,5}'": "user",
    },
    "fleet.reading": {
        "'[^A-Za-z0-9_-]'": "user",
    },
    "net.certificates": {
        "'(?=.{1,253}\\\\Z)(?:[a-z0-9_-]{1,63}\\\\.)*[a-z0-9_-]{1,63}\\\\Z'": "certificate",
        "'(?:.*\\\\.)?(?:\\\\d+|0x[0-9a-f]*)\\\\Z'": "certificate",
    },
    "net.cookies": {
        "'[\\\\x20-\\\\x3a\\\\x3c-\\\\x7e]{0,4096}'": "cookies",
        '"[!#$%&\'*+.^_`|~0-9A-Za-z-]{1,256}"': "cookies",
        "'[\\\\x21\\\\x23-\\\\x2b\\\\x2d-\\\\x3a\\\\x3c-\\\\x5b\\\\x5d-\\\\x7e]{1,4096}'": "cookies",  # noqa: E501
        "f'({_NAME.pattern})=([\\\\x21-\\\\x2b\\\\x2d-\\\\x3a\\\\x3c-\\\\x7e]{{1,4096}})'": "cookies",  # noqa: E501
        "',\\\\s*(?=[\\\\w.-]+=)'": "cookies",
    },
    "net.redaction": {
        "b'(?<!\\\\\\\\)\\\\\\\\++u00(2[bdef]|3[0-9d]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ace])'": "answers",  # noqa: E501
        "'cookie|auth|key|session|token|secret|passw|ttwid|sid_|bogus|gnarly|sign|wrss|fp$'": "answers",  # noqa: E501
        "'[0-9.]+|[a-z_.-]+'": "answers",
        "'[;,\\\\s]+'": "answers",
        "'://(?:[^\\\\s/?#@]*+@)?+([^\\\\s/?#@\\\\\"\\'<>]*+)[^\\\\s\\\\\"\\'<>]*+'": "answers",
        "'\\\\*{4,}+'": "answers",
    },
    "net.spellings": {
        "b'[0-9A-Za-z%+/=|~.*_-]+'": "answers",
        "b'[0-9.%/-]+|[A-Za-z]?[a-z_./-]+|[A-Z_]+'": "answers",
    },
    "net.tunnel": {
        "'[!-~]{1,255}'": "proxy",
        "b'HTTP/1\\\\.[01] (\\\\d{3})(?: ([^\\\\r\\\\n]*))?\\\\r?\\\\n'": "proxy",
        "b'\\\\n\\\\r?\\\\n'": "proxy",
    },
    "net.web": {
        "'[0-9A-Za-z._-]{1,253}|[0-9A-Fa-f:.]{2,45}(?:%[0-9A-Za-z._-]{1,32})?'": "redirect",
    },
    "outputs.arguments": {
        "'\\\\?\\\\??'": "user",
        "pattern": "user",
        "'\\\\d+(\\\\.\\\\d+)?'": "user",
    },
    "outputs.rotation": {
        "re.escape(path.stem) + mark + re.escape(path.suffix) + '(\\\\.gz)?'": "user",
        "'([*?[])'": "user",
    },
    "outputs.web.answers": {
        "'https?://[a-z0-9._-]+(?::[0-9]{1,5})?'": "user",
        "'http://[A-Za-z0-9._-]+:([0-9]+|\\\\*)'": "user",
    },
    "outputs.web.control": {
        "NAME": "room name",
    },
    "outputs.web.guard": {
        "f'({_NAME})(?::[0-9]{{1,5}})?'": "a client's host",
        "_NAME": "a client's host",
        "'[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'": "user",
        "'[a-z][a-z0-9+.-]*://[^/\\\\s]+'": "a client's host",
    },
    "outputs.web.listening": {
        "'(?<!\\\\\\\\):'": "user",
    },
    "outputs.web.moderation": {
        "'[1-9][0-9]{0,19}'": "an event's users",
        "b'\"([1-9][0-9]{0,19})\"'": "an event's users",
        'b\'"id":"([^"]{1,100})"\'': "an event's users",
    },
    "outputs.web.people": {
        "USER_ID": "a user's sums",
        "b'\"(repeatCount|diamondTotal)\":([0-9]{1,15})'": "a user's sums",
    },
    "outputs.web.ring": {
        "'([0-9a-z]{1,32})-([0-9]{1,18})'": "a client's position",
    },
    "outputs.web.site": {
        "path": "user",
    },
    "outputs.web.tokens": {
        "'[A-Za-z][A-Za-z0-9_]{0,31}'": "user",
        "'bearer\\\\.([A-Za-z0-9_-]{1,400})'": "a client's token",
    },
    "rooms.page": {
        'b\'roomId":"([1-9][0-9]{0,18})"\'': "page",
        "b'room_id=([1-9][0-9]{0,18})(?![0-9])'": "page",
        'b\'"uniqueId":\\\\s?"([^"]{1,64})"\'': "page",
    },
    "settings.example": {
        "' \\\\(wire facts [^)]*\\\\)'": "user",
        "':\\\\w+:`(?:~[\\\\w.]*?)?([^`~.]+)`'": "user",
    },
    "settings.secret": {
        "'cookie|authorization|api[-_]?key|session|token|secret|passw|ttwid|sid_tt'": "user",
    },
    "signing.command": {
        "'[\\\\x21-\\\\x7e]+'": "signature command",
    },
    "signing.lookup": {
        "'[0-9]{1,20}'": "sign server: look-up",
    },
    "signing.quota": {
        "'[0-9]{1,12}(\\\\.[0-9]{1,9})?'": "quota",
        "'\\\\s*([0-9]{1,9})\\\\s*(?:;\\\\s*w=([0-9]{1,9})\\\\s*)?(?:[,;].*)?'": "quota",
    },
    "signing.signed": {
        "'[0-9]{1,20}'": "cookies",
    },
    "signing.urls": {
        "'[\\\\x20-\\\\x7e]{1,1024}'": "cookies",
    },
    "simulator.room": {
        "'[0-9]+_([0-9]{1,18})_1_1_0_0'": "numbers",
    },
    "simulator.signserver": {
        "'/webcast/(?:rooms/(?P<room>[0-9]+)/(?P<what>connect|chat|gifts)|anchors/(?P<user>[^/]+)/room_id|fetch|rate_limits)'": "user",  # noqa: E501
    },
    "logs": {
        "'[0-9][0-9.]*'": "log line",
    },
    "wire.jsonread": {
        'b\'"[^"]*"?|([^"]+)\'': "answers",
    },
    "wire.unique_id": {
        "'(?:https?://)?((?:[a-z0-9-]{1,63}\\\\.){0,3})tiktok\\\\.com(?=[/?#]|\\\\Z)'": "name",
        "'@?([\\\\w.]{1,64})/live/?(?:[?#].*)?'": "name",
        "'[a-z]{2,3}(?:-[A-Za-z]{2,4})?'": "name",
        "'[\\\\w.]{1,64}'": "name",
    },
}
