"""How to be let in: tickets for the stream of a room, one module for each way."""

from tiktoklive.signing.chat import SignServerChat
from tiktoklive.signing.classic import ClassicSigner
from tiktoklive.signing.direct import SOCKET_PATH, DirectSigner
from tiktoklive.signing.fixed import FixedSigner
from tiktoklive.signing.gifts import SignServerGifts
from tiktoklive.signing.lookup import SignServerResolver
from tiktoklive.signing.server import SIGN_BASE, SignServer
from tiktoklive.signing.signed import SignedSigner
from tiktoklive.signing.urls import SignServerUrls

__all__ = [
    "SIGN_BASE",
    "SOCKET_PATH",
    "ClassicSigner",
    "DirectSigner",
    "FixedSigner",
    "SignServer",
    "SignServerChat",
    "SignServerGifts",
    "SignServerResolver",
    "SignServerUrls",
    "SignedSigner",
]
