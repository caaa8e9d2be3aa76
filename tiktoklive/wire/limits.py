"""How large what we read may be, unless told otherwise: numbers alone, for those who show them."""

from __future__ import annotations

from typing import Final

#: The largest payload that is accepted by default, in bytes after decompression: more than twenty
#: times what TikTok sends.
MAX_PAYLOAD: Final = 2 * 1024 * 1024

#: Bytes that a frame may have beside its payload.
AROUND_PAYLOAD: Final = 65_536

#: The largest frame: a payload of the largest size, and what is around it.
MAX_FRAME: Final = MAX_PAYLOAD + AROUND_PAYLOAD

#: Messages that a batch may have by default; TikTok sends some dozens.
MAX_MESSAGES: Final = 2_000

#: Fields of a batch, of all its messages together: about twenty times what TikTok sends.
MAX_FIELDS: Final = 32_768

#: Bytes that one message may have by default: about twenty times what TikTok's largest have.
MAX_MESSAGE: Final = 1024 * 1024

#: Fields that it may have, likewise.
MAX_MESSAGE_FIELDS: Final = MAX_FIELDS // 2

#: Values and names that JSON may have by default: several times those of TikTok's list of all
#: gifts, which has more than anything else.
MAX_VALUES: Final = 200_000
