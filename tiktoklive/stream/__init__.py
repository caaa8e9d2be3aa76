"""One open stream: what arrives on it, whether it lives, and what was missed."""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = ["Limits"]

if TYPE_CHECKING:
    from tiktoklive.stream.limits import Limits as Limits
else:
    __getattr__, __dir__ = exported(__name__, {"limits": ["Limits"]})
