"""How a receiver can tell that a delivery is ours."""

from __future__ import annotations

import base64
from time import time
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.receiver import MISSING, WebhookVerificationError
from tests.test_pages import CHECKOUT, code_blocks
from tiktoklive.outputs.webhook.output import body_of
from tiktoklive.outputs.webhook.signature import signed_headers

if MISSING:
    skip = MISSING

KEY = b"0123456789abcdef0123456789abcdef"
OTHER = b"fedcba9876543210fedcba9876543210"


class PageTests(SynchronousTestCase):
    """The two ways to verify a delivery that the page shows."""

    def test_verifying(self) -> None:
        """Both take what we sign; neither takes what was changed, or signed with another key."""
        page = (CHECKOUT / "doc/webhooks.rst").read_text("utf-8")
        names: dict[str, Any] = {}
        for block in code_blocks(page, "python"):
            exec(compile(block, "webhooks.rst", "exec"), names)
        secret = "whsec_" + base64.b64encode(KEY).decode()
        body = body_of([b'{"id":"1"}', b'{"id":"2"}'], time())
        good = dict(signed_headers((KEY,), "msg_1", time(), body))
        self.assertEqual([{"id": "1"}, {"id": "2"}], names["events_of"](secret, good, body))
        self.assertTrue(names["is_ours"](secret, good, body))
        for headers, sent in (
            (good, body + b" "),
            (dict(signed_headers((OTHER,), "msg_1", time(), body)), body),
            (dict(signed_headers((KEY,), "msg_1", time() - 3600, body)), body),
            ({**good, "webhook-id": "msg_2"}, body),
        ):
            self.assertFalse(names["is_ours"](secret, headers, sent))
            with self.assertRaises(WebhookVerificationError):
                names["events_of"](secret, headers, sent)
