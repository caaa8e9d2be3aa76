"""How a receiver can tell that a delivery is ours: Standard Webhooks, version 1."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"

#: Bytes that a secret has.
_LENGTHS = range(24, 65)


def parse_secrets(text: str) -> tuple[bytes, ...]:
    """
    Read one secret, or more while one takes the place of another.

    :param text: each is ``whsec_`` and 24 to 64 bytes in base64; white space between them.
    :raise ValueError: there is none, or one is no such secret; it is not shown.
    """
    secrets = []
    for word in text.split():
        try:
            if not word.startswith(PREFIX):
                raise ValueError
            secret = base64.b64decode(word.removeprefix(PREFIX), validate=True)
        except (binascii.Error, ValueError):
            raise ValueError(
                f"the secret must be {PREFIX} and then 24 to 64 bytes in base64."
            ) from None
        if len(secret) not in _LENGTHS:
            raise ValueError(f"the secret must have 24 to 64 bytes, not {len(secret)}.")
        secrets.append(secret)
    if not secrets:
        raise ValueError("there is no secret.")
    return tuple(secrets)


def signed_headers(
    secrets: Sequence[bytes], delivery: str, now: float, body: bytes
) -> list[tuple[str, str]]:
    """
    The three headers of a delivery.

    :param delivery: its id, the same whenever it is tried.
    :param now: seconds since 1970.
    """
    timestamp = str(int(now))
    signed = b".".join((delivery.encode("ascii"), timestamp.encode("ascii"), body))
    digests = [hmac.new(secret, signed, hashlib.sha256).digest() for secret in secrets]
    signatures = [f"v1,{base64.b64encode(digest).decode('ascii')}" for digest in digests]
    return [
        ("webhook-id", delivery),
        ("webhook-timestamp", timestamp),
        ("webhook-signature", " ".join(signatures)),
    ]
