"""
TikTok LIVE events for Twisted programs, from a username alone.

:class:`WebcastPushConnection` follows one user, :class:`LiveService` any number; the
events are in :mod:`tiktoklive.events`, the seams in :mod:`tiktoklive.interfaces`.
"""

import os
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tiktoklive.connection import WebcastPushConnection as WebcastPushConnection
    from tiktoklive.errors import *  # noqa: F403 -- what it calls public
    from tiktoklive.events import *  # noqa: F403 -- likewise
    from tiktoklive.model import *  # noqa: F403 -- likewise
    from tiktoklive.options import Options as Options
    from tiktoklive.options import RequestOptions as RequestOptions
    from tiktoklive.options import SignProviderOptions as SignProviderOptions
    from tiktoklive.options import WebsocketOptions as WebsocketOptions
    from tiktoklive.service import LiveService as LiveService
    from tiktoklive.users import UserOptions as UserOptions
    from tiktoklive.users import UsersFile as UsersFile
    from tiktoklive.wiring import Wiring as Wiring
    from tiktoklive.wiring import standard_wiring as standard_wiring

    __version__: str

# On a disk that does not tell "TikTokLive" from "tiktoklive", as on macOS and Windows, the
# distribution TikTokLive is in this very directory, and one has overwritten files of the other.
# This is one look at the disk; it has had a "client" in all its versions, and we have none.
_HERE = os.path.dirname(__file__)
if __name__ == "TikTokLive" or os.path.exists(os.path.join(_HERE, "client")):
    raise ImportError(
        "The distributions TikTokLive and txtiktoklive are installed in one directory, "
        f"{_HERE}, because this disk takes TikTokLive and tiktoklive for the same name: each "
        "has overwritten files of the other. Remove both (pip uninstall TikTokLive txtiktoklive; "
        "delete what is left of the directory), and install each in an environment of its own."
    )

#: Where the names live, lightest first.
_HOMES = ("errors", "model", "events", "options", "users", "wiring", "connection", "service")


def __getattr__(name: str) -> Any:
    """
    Import what is asked for when it is asked for.

    twistd imports this package, for its plugins, on every run of any command; that must
    not cost the import of an HTTP client and 400 message types.
    """
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("txtiktoklive")
        except PackageNotFoundError:
            raise AttributeError("A checkout that is not installed has no version.") from None
    if name == "__all__":  # asked for by "from tiktoklive import *"
        return [public for home in _HOMES for public in _home(home).__all__]
    if name in _HOMES:
        return _home(name)
    if not name.startswith("_"):
        for home in _HOMES:
            module = _home(home)
            if name in module.__all__:
                return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *__getattr__("__all__"), "__all__", "__version__"})


def _home(name: str) -> ModuleType:
    return import_module(f"tiktoklive.{name}")
