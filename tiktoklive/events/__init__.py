"""
Events: what a broadcast's viewers and host do, as views on TikTok's messages.

One theme per module: :mod:`~tiktoklive.events.speech`, :mod:`~tiktoklive.events.giving`,
:mod:`~tiktoklive.events.audience`, :mod:`~tiktoklive.events.battle`,
:mod:`~tiktoklive.events.room`, and the connection itself in
:mod:`~tiktoklive.events.control`.

To add an event, write its class in one of these modules, and its observer method in an
interface there; then let ``python -m tests.events.exports`` write what is below, and take the
type's generic name, if it had one, from :mod:`~tiktoklive.events.table`.
"""

from tiktoklive.events.audience import (
    Follow,
    IAudienceObserver,
    Like,
    Member,
    RoomUser,
    Share,
    Social,
    Subscribe,
    TopViewer,
)
from tiktoklive.events.base import Event, IEventObserver, MessageEvent, Origin
from tiktoklive.events.battle import Army, IBattleObserver, LinkMicArmies, LinkMicBattle, Supporter
from tiktoklive.events.control import (
    Connected,
    DecodedData,
    Disconnected,
    Error,
    Gap,
    GaveUp,
    IConnectionObserver,
    IGiveUpObserver,
    IRawObserver,
    IRenameObserver,
    RawData,
    Reconnecting,
    Renamed,
    StreamEnd,
    WebsocketConnected,
)
from tiktoklive.events.giving import Envelope, Gift, IGiftObserver, IGivingObserver
from tiktoklive.events.room import Control, IRoomObserver
from tiktoklive.events.speech import (
    Chat,
    Emote,
    EmoteChat,
    IChatObserver,
    ISpeechObserver,
    LiveIntro,
    QuestionNew,
)
from tiktoklive.events.streak import GiftStreak, IGiftStreakObserver
from tiktoklive.events.user import Badge, BattleUser, Image, User

# isort: split
# When all events are registered: the table is made of them.
from tiktoklive.events.saved import decode_batch, decode_frame
from tiktoklive.events.table import decode

__all__ = [
    "Army",
    "Badge",
    "BattleUser",
    "Chat",
    "Connected",
    "Control",
    "DecodedData",
    "Disconnected",
    "Emote",
    "EmoteChat",
    "Envelope",
    "Error",
    "Event",
    "Follow",
    "Gap",
    "GaveUp",
    "Gift",
    "GiftStreak",
    "IAudienceObserver",
    "IBattleObserver",
    "IChatObserver",
    "IConnectionObserver",
    "IEventObserver",
    "IGiftObserver",
    "IGiftStreakObserver",
    "IGiveUpObserver",
    "IGivingObserver",
    "IRawObserver",
    "IRenameObserver",
    "IRoomObserver",
    "ISpeechObserver",
    "Image",
    "Like",
    "LinkMicArmies",
    "LinkMicBattle",
    "LiveIntro",
    "Member",
    "MessageEvent",
    "Origin",
    "QuestionNew",
    "RawData",
    "Reconnecting",
    "Renamed",
    "RoomUser",
    "Share",
    "Social",
    "StreamEnd",
    "Subscribe",
    "Supporter",
    "TopViewer",
    "User",
    "WebsocketConnected",
    "decode",
    "decode_batch",
    "decode_frame",
]
