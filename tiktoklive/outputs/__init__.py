"""
Outputs: where events go when no program is listening.

One kind per module.  All write the same envelope (:mod:`~tiktoklive.outputs.envelope`),
and none of them makes a room wait, unless its queue is told to block.
"""
