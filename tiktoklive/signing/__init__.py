"""How to be let in: tickets for the stream of a room, one module for each way."""

from tiktoklive.signing.direct import SOCKET_PATH, DirectSigner
from tiktoklive.signing.fixed import FixedSigner
from tiktoklive.signing.server import SIGN_BASE, SignServer
from tiktoklive.signing.signed import SignedSigner

__all__ = [
    "SIGN_BASE",
    "SOCKET_PATH",
    "DirectSigner",
    "FixedSigner",
    "SignServer",
    "SignedSigner",
]
