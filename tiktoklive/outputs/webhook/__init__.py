"""
Webhooks: events sent to a web server of the user's, as Standard Webhooks says.

What is to be sent waits in an SQLite file (:mod:`~tiktoklive.outputs.webhook.outbox`) until
the receiver has taken it (:mod:`~tiktoklive.outputs.webhook.deliverer`), or it is too old
or refused too often.
"""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = ["Webhook", "make"]

if TYPE_CHECKING:
    from tiktoklive.outputs.webhook.argument import make as make
    from tiktoklive.outputs.webhook.output import Webhook as Webhook
else:
    __getattr__, __dir__ = exported(__name__, {"argument": ["make"], "output": ["Webhook"]})
