"""Messages to events to observers."""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = ["Dispatcher", "Observable", "Subscription"]

if TYPE_CHECKING:
    from tiktoklive.dispatch.dispatcher import Dispatcher as Dispatcher
    from tiktoklive.dispatch.observable import Observable as Observable
    from tiktoklive.dispatch.subscription import Subscription as Subscription
else:
    __getattr__, __dir__ = exported(
        __name__,
        {
            "dispatcher": ["Dispatcher"],
            "observable": ["Observable"],
            "subscription": ["Subscription"],
        },
    )
