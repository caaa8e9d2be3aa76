"""What is kept for those who observe, unless told otherwise: numbers alone."""

from __future__ import annotations

from typing import Final

#: Seconds that streams may be held, unless told otherwise: below the silence after which TikTok,
#: which gets no acks meanwhile, might give us up.
LONGEST: Final = 30.0

#: Events with which one observer may be busy at a time, unless told otherwise, and the bytes that
#: TikTok sent for them.
BUSY: Final = 1000
BUSY_BYTES: Final = 16 << 20
