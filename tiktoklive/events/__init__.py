"""
Events: what a broadcast's viewers and host do, as views on TikTok's messages.

One theme per module, such as :mod:`~tiktoklive.events.speech` or
:mod:`~tiktoklive.events.giving`; the connection itself is in :mod:`~tiktoklive.events.control`.

To add an event, write its class in one of these modules, and its observer method in an
interface there; then let ``python -m tests.events.exports`` write what is below, and take the
type's generic name, if it had one, from :mod:`~tiktoklive.events.table`.
"""

from tiktoklive.events.audience import (
    Follow,
    IAudienceObserver,
    IGuestViewerObserver,
    Like,
    Member,
    RoomUser,
    Share,
    Social,
    Subscribe,
    TopViewer,
    UnauthorizedMember,
)
from tiktoklive.events.barrage import (
    Barrage,
    IBarrageObserver,
    ISuperFanObserver,
    LevelUp,
    SuperFan,
    SuperFanJoin,
    TeamMemberJoin,
)
from tiktoklive.events.base import Event, IEventObserver, MessageEvent, Origin
from tiktoklive.events.battle import (
    Army,
    IBattleObserver,
    LinkMicArmies,
    LinkMicBattle,
    Supporter,
    WinStreak,
)
from tiktoklive.events.battle_extras import (
    IBattleExtrasObserver,
    LinkMicBattleItemCard,
    LinkMicBattleNotice,
    LinkMicBattlePunishFinish,
    LinkMicBattleTask,
)
from tiktoklive.events.battle_parts import BattleHost, BattleSupporter, BattleTeam
from tiktoklive.events.battle_progress import (
    Battle,
    BattleEnded,
    BattleScore,
    BattleStarted,
    IBattleProgressObserver,
)
from tiktoklive.events.captions import (
    CaptionMessage,
    ICaptionObserver,
    IPinObserver,
    IQuestionObserver,
    QuestionDelete,
    QuestionSelected,
    QuestionSlideDown,
    RoomPin,
)
from tiktoklive.events.control import (
    Connected,
    Disconnected,
    EnterRoom,
    Error,
    Gap,
    GaveUp,
    IConnectionObserver,
    IEnterRoomObserver,
    IGiveUpObserver,
    IRenameObserver,
    ITransportObserver,
    Reconnecting,
    Renamed,
    StreamEnd,
    WebsocketConnected,
)
from tiktoklive.events.fan_tickets import FanTicket, IFanTicketObserver, LinkMicFanTicketMethod
from tiktoklive.events.games import (
    GameRankNotify,
    IGameObserver,
    IPartnershipObserver,
    LiveGameIntro,
    OfflineGame,
    PartnershipCardChange,
    PartnershipDownloadCount,
    PartnershipDropsUpdate,
    PartnershipGameOffline,
    PartnershipPunish,
    PictionaryEnd,
    PictionaryExit,
    PictionaryStart,
    PictionaryUpdate,
)
from tiktoklive.events.gifting import (
    BindingGift,
    BoostCard,
    EnvelopePortal,
    GalleryProgress,
    GiftBroadcast,
    GiftCollectionUpdate,
    GiftDynamicRestriction,
    GiftPanelUpdate,
    GiftPrompt,
    GoodyBag,
    GoodyBagWinner,
    IGiftPanelObserver,
    IRaffleObserver,
    ViewerPicksUpdate,
)
from tiktoklive.events.giving import Envelope, Gift, IGiftObserver, IGivingObserver, SuperFanBox
from tiktoklive.events.goals import (
    GoalContributor,
    GoalUpdate,
    IGoalObserver,
    IPollObserver,
    PollEnded,
    PollMessage,
    PollOption,
    PollStarted,
    SubGoal,
)
from tiktoklive.events.guests import GuestJoined, GuestLeft, LinkedUser, LinkLayer, LinkMessage
from tiktoklive.events.hints import (
    Capsule,
    Guide,
    Hashtag,
    IHintObserver,
    InRoomBanner,
    InRoomBannerRefresh,
)
from tiktoklive.events.linking import (
    IGuestObserver,
    ILinkObserver,
    LinkMicAnchorGuide,
    LinkMicLayoutState,
    LinkMicMethod,
    LinkScreenChange,
    LinkState,
)
from tiktoklive.events.moderation import (
    AccessControl,
    AccessRecall,
    AlertBoxAuditResult,
    Audited,
    BottomMessage,
    ICheckObserver,
    ImDelete,
    IModerationObserver,
    MsgDetect,
    Perception,
    Punishment,
    RoomVerify,
)
from tiktoklive.events.notices import (
    INoticeObserver,
    MarqueeAnnouncement,
    Notice,
    Notify,
    RoomMessage,
    RoomNotify,
    Speaker,
    System,
    Toast,
)
from tiktoklive.events.ranked import Audience, IRankedAudienceObserver, RankedViewer
from tiktoklive.events.ranks import (
    HourlyRank,
    HourlyRankReward,
    IRankObserver,
    Rank,
    RankReward,
    RankText,
    RankUpdate,
    WeeklyRankReward,
)
from tiktoklive.events.raw import DecodedData, IRawObserver, RawData
from tiktoklive.events.room import Control, IPauseObserver, IRoomObserver, Paused, Resumed
from tiktoklive.events.shopping import (
    AnchorToolModification,
    BaLeadGen,
    EcShortItemRefresh,
    EcTaskRegister,
    IShoppingObserver,
    OecLiveShopping,
    PaidContentLiveShopping,
)
from tiktoklive.events.speech import (
    Chat,
    Emote,
    EmoteChat,
    IChatObserver,
    ISpeechObserver,
    LiveIntro,
    QuestionNew,
)
from tiktoklive.events.stickers import (
    DonationSticker,
    IStickerObserver,
    RoomSticker,
    SubTimerSticker,
)
from tiktoklive.events.streak import GiftStreak, IGiftStreakObserver
from tiktoklive.events.subscriptions import (
    ISubscriptionObserver,
    ShareRevenueNotice,
    SubCapsule,
    SubPinEvent,
    SubscriptionGuide,
    SubscriptionNotify,
    SubWave,
)
from tiktoklive.events.user import Badge, BattleUser, Image, User

# isort: split
# When all events are registered: the table is made of them.
from tiktoklive.events.saved import decode_batch, decode_frame
from tiktoklive.events.table import decode

# fmt: off
__all__ = [
    "AccessControl", "AccessRecall", "AlertBoxAuditResult", "AnchorToolModification", "Army",
    "Audience", "Audited", "Badge", "BaLeadGen", "Barrage", "Battle", "BattleEnded", "BattleHost",
    "BattleScore", "BattleStarted", "BattleSupporter", "BattleTeam", "BattleUser", "BindingGift",
    "BoostCard", "BottomMessage", "Capsule", "CaptionMessage", "Chat", "Connected", "Control",
    "DecodedData", "Disconnected", "DonationSticker", "EcShortItemRefresh", "EcTaskRegister",
    "Emote", "EmoteChat", "EnterRoom", "Envelope", "EnvelopePortal", "Error", "Event", "FanTicket",
    "Follow", "GalleryProgress", "GameRankNotify", "Gap", "GaveUp", "Gift", "GiftBroadcast",
    "GiftCollectionUpdate", "GiftDynamicRestriction", "GiftPanelUpdate", "GiftPrompt", "GiftStreak",
    "GoalContributor", "GoalUpdate", "GoodyBag", "GoodyBagWinner", "GuestJoined", "GuestLeft",
    "Guide", "Hashtag", "HourlyRank", "HourlyRankReward", "IAudienceObserver", "IBarrageObserver",
    "IBattleExtrasObserver", "IBattleObserver", "IBattleProgressObserver", "ICaptionObserver",
    "IChatObserver", "ICheckObserver", "IConnectionObserver", "IEnterRoomObserver",
    "IEventObserver", "IFanTicketObserver", "IGameObserver", "IGiftObserver", "IGiftPanelObserver",
    "IGiftStreakObserver", "IGiveUpObserver", "IGivingObserver", "IGoalObserver", "IGuestObserver",
    "IGuestViewerObserver", "IHintObserver", "ILinkObserver", "Image", "ImDelete",
    "IModerationObserver", "INoticeObserver", "InRoomBanner", "InRoomBannerRefresh",
    "IPartnershipObserver", "IPauseObserver", "IPinObserver", "IPollObserver", "IQuestionObserver",
    "IRaffleObserver", "IRankedAudienceObserver", "IRankObserver", "IRawObserver",
    "IRenameObserver", "IRoomObserver", "IShoppingObserver", "ISpeechObserver", "IStickerObserver",
    "ISubscriptionObserver", "ISuperFanObserver", "ITransportObserver", "LevelUp", "Like",
    "LinkedUser", "LinkLayer", "LinkMessage", "LinkMicAnchorGuide", "LinkMicArmies",
    "LinkMicBattle", "LinkMicBattleItemCard", "LinkMicBattleNotice", "LinkMicBattlePunishFinish",
    "LinkMicBattleTask", "LinkMicFanTicketMethod", "LinkMicLayoutState", "LinkMicMethod",
    "LinkScreenChange", "LinkState", "LiveGameIntro", "LiveIntro", "MarqueeAnnouncement", "Member",
    "MessageEvent", "MsgDetect", "Notice", "Notify", "OecLiveShopping", "OfflineGame", "Origin",
    "PaidContentLiveShopping", "PartnershipCardChange", "PartnershipDownloadCount",
    "PartnershipDropsUpdate", "PartnershipGameOffline", "PartnershipPunish", "Paused", "Perception",
    "PictionaryEnd", "PictionaryExit", "PictionaryStart", "PictionaryUpdate", "PollEnded",
    "PollMessage", "PollOption", "PollStarted", "Punishment", "QuestionDelete", "QuestionNew",
    "QuestionSelected", "QuestionSlideDown", "Rank", "RankedViewer", "RankReward", "RankText",
    "RankUpdate", "RawData", "Reconnecting", "Renamed", "Resumed", "RoomMessage", "RoomNotify",
    "RoomPin", "RoomSticker", "RoomUser", "RoomVerify", "Share", "ShareRevenueNotice", "Social",
    "Speaker", "StreamEnd", "SubCapsule", "SubGoal", "SubPinEvent", "Subscribe",
    "SubscriptionGuide", "SubscriptionNotify", "SubTimerSticker", "SubWave", "SuperFan",
    "SuperFanBox", "SuperFanJoin", "Supporter", "System", "TeamMemberJoin", "Toast", "TopViewer",
    "UnauthorizedMember", "User", "ViewerPicksUpdate", "WebsocketConnected", "WeeklyRankReward",
    "WinStreak", "decode", "decode_batch", "decode_frame",
]
# fmt: on
