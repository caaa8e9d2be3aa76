"""
Webhooks: events sent to a web server of the user's, as Standard Webhooks says.

What is to be sent waits in an SQLite file (:mod:`~tiktoklive.outputs.webhook.outbox`) until
the receiver has taken it (:mod:`~tiktoklive.outputs.webhook.deliverer`), or it is too old
or refused too often.
"""
