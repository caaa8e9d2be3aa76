"""How much is read of servers, and waits for them, unless told otherwise: numbers alone."""

from __future__ import annotations

from typing import Final

#: Bytes that a head may have, with the interim answers before it: twenty times those of TikTok's.
MAX_HEAD: Final = 64 * 1024

#: Bytes that a body may have by default: several times those of TikTok's list of all gifts, which
#: is longer than anything else.
MAX_ANSWER: Final = 4 * 1024 * 1024

#: Bytes that may wait to be sent on one stream.  What a client says in an hour is less.
MAX_UNREAD: Final = 1024 * 1024
