"""How to be let in: tickets for the stream of a room, one module for each way."""

from tiktoklive.signing.direct import SOCKET_PATH, DirectSigner
from tiktoklive.signing.fixed import FixedSigner

__all__ = ["SOCKET_PATH", "DirectSigner", "FixedSigner"]
