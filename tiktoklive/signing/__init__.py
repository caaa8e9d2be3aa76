"""How to be let in: tickets for the stream of a room, one module for each way."""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = [
    "SIGN_BASE",
    "ClassicSigner",
    "CommandSignature",
    "DirectSigner",
    "FixedSigner",
    "SignServer",
    "SignServerChat",
    "SignServerGifts",
    "SignServerResolver",
    "SignServerUrls",
    "SignedSigner",
]

if TYPE_CHECKING:
    from tiktoklive.signing.chat import SignServerChat as SignServerChat
    from tiktoklive.signing.classic import ClassicSigner as ClassicSigner
    from tiktoklive.signing.command import CommandSignature as CommandSignature
    from tiktoklive.signing.direct import DirectSigner as DirectSigner
    from tiktoklive.signing.fixed import FixedSigner as FixedSigner
    from tiktoklive.signing.gifts import SignServerGifts as SignServerGifts
    from tiktoklive.signing.lookup import SignServerResolver as SignServerResolver
    from tiktoklive.signing.server import SIGN_BASE as SIGN_BASE
    from tiktoklive.signing.server import SignServer as SignServer
    from tiktoklive.signing.signed import SignedSigner as SignedSigner
    from tiktoklive.signing.urls import SignServerUrls as SignServerUrls
else:
    __getattr__, __dir__ = exported(
        __name__,
        {
            "chat": ["SignServerChat"],
            "classic": ["ClassicSigner"],
            "command": ["CommandSignature"],
            "direct": ["DirectSigner"],
            "fixed": ["FixedSigner"],
            "gifts": ["SignServerGifts"],
            "lookup": ["SignServerResolver"],
            "server": ["SIGN_BASE", "SignServer"],
            "signed": ["SignedSigner"],
            "urls": ["SignServerUrls"],
        },
    )
