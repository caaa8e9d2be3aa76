"""The only package that opens connections to TikTok."""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = [
    "Answer",
    "ClassicOpener",
    "DirectNetwork",
    "GuestIdentity",
    "Login",
    "PollingOpener",
    "ProxyNetwork",
    "PublicNetwork",
    "Redaction",
    "TikTokWeb",
    "TlsPolicy",
    "Web",
    "WebSocketOpener",
]

if TYPE_CHECKING:
    from tiktoklive.net.answers import Answer as Answer
    from tiktoklive.net.attempt import WebSocketOpener as WebSocketOpener
    from tiktoklive.net.classic import ClassicOpener as ClassicOpener
    from tiktoklive.net.identity import GuestIdentity as GuestIdentity
    from tiktoklive.net.login import Login as Login
    from tiktoklive.net.network import DirectNetwork as DirectNetwork
    from tiktoklive.net.polling import PollingOpener as PollingOpener
    from tiktoklive.net.proxy import ProxyNetwork as ProxyNetwork
    from tiktoklive.net.public_only import PublicNetwork as PublicNetwork
    from tiktoklive.net.redaction import Redaction as Redaction
    from tiktoklive.net.tiktok import TikTokWeb as TikTokWeb
    from tiktoklive.net.tls import TlsPolicy as TlsPolicy
    from tiktoklive.net.web import Web as Web
else:
    __getattr__, __dir__ = exported(
        __name__,
        {
            "answers": ["Answer"],
            "classic": ["ClassicOpener"],
            "identity": ["GuestIdentity"],
            "login": ["Login"],
            "network": ["DirectNetwork"],
            "polling": ["PollingOpener"],
            "proxy": ["ProxyNetwork"],
            "public_only": ["PublicNetwork"],
            "redaction": ["Redaction"],
            "tiktok": ["TikTokWeb"],
            "tls": ["TlsPolicy"],
            "web": ["Web"],
            "attempt": ["WebSocketOpener"],
        },
    )
