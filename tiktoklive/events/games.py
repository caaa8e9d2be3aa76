"""Games: those that the host plays with the viewers, and those that are shown and advertised."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import MessageEvent
from tiktoklive.events.displaytext import filled
from tiktoklive.events.moderation import Punishment
from tiktoklive.events.numbers import in_ms
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import commerce_pb2, observed_pb2, ranking_pb2
from tiktoklive.wire.text import text


class PictionaryStart(MessageEvent):
    """The host begins to draw a word that the viewers guess."""

    __slots__ = ()
    name: ClassVar[str] = "pictionaryStart"
    method: ClassVar[str] = "WebcastPictionaryStartMessage"
    message: observed_pb2.WebcastPictionaryStartMessage

    @property
    def pictionary_id(self) -> str:
        """Which round, decimal text."""
        return str(self.message.round.pictionary_id)

    @property
    def start_time(self) -> int:
        """When it begins, in milliseconds since 1970."""
        return in_ms(self.message.round.start_time)

    @property
    def end_time(self) -> int:
        """When it ends, in milliseconds since 1970."""
        return in_ms(self.message.round.end_time)

    def _about(self) -> str:
        return self.pictionary_id


class PictionaryUpdate(MessageEvent):
    """Viewers guessed the word."""

    __slots__ = ()
    name: ClassVar[str] = "pictionaryUpdate"
    method: ClassVar[str] = "WebcastPictionaryUpdateMessage"
    message: observed_pb2.WebcastPictionaryUpdateMessage

    @property
    def pictionary_id(self) -> str:
        """Which round, decimal text."""
        return str(self.message.pictionary_id)

    @property
    def guessed(self) -> int:
        """How many did so far, to judge by its growth."""
        return self.message.count

    def _about(self) -> str:
        return f"{self.pictionary_id} {self.guessed}"


class PictionaryEnd(MessageEvent):
    """A round of drawing is over."""

    __slots__ = ()
    name: ClassVar[str] = "pictionaryEnd"
    method: ClassVar[str] = "WebcastPictionaryEndMessage"
    message: observed_pb2.WebcastPictionaryEndMessage

    @property
    def pictionary_id(self) -> str:
        """Which round, decimal text."""
        return str(self.message.pictionary_id)

    @property
    def word(self) -> str:
        """What it was."""
        return text(self.message.word)

    @property
    def guessed(self) -> int:
        """How many viewers guessed it, most likely."""
        return self.message.count

    def _about(self) -> str:
        return f"{self.word!r} {self.guessed}"


class PictionaryExit(MessageEvent):
    """The host stopped the game."""

    __slots__ = ()
    name: ClassVar[str] = "pictionaryExit"
    method: ClassVar[str] = "WebcastPictionaryExitMessage"
    message: observed_pb2.WebcastPictionaryExitMessage

    @property
    def pictionary_id(self) -> str:
        """Which round, decimal text."""
        return str(self.message.pictionary_id)

    @property
    def reason(self) -> int:
        """A number that nobody described; 1 in all recordings."""
        return self.message.reason

    def _about(self) -> str:
        return self.pictionary_id


class LiveGameIntro(MessageEvent):
    """What is said of the game that the host shows."""

    __slots__ = ()
    name: ClassVar[str] = "liveGameIntro"
    method: ClassVar[str] = "WebcastLiveGameIntroMessage"
    message: commerce_pb2.WebcastLiveGameIntroMessage

    @property
    def text(self) -> str:
        """The line."""
        return filled(self.message.game_text) or super().text

    @property
    def has_rank_info(self) -> bool:
        """Whether the host's rank in it can be asked for."""
        return self.message.has_rank_info

    def _about(self) -> str:
        return repr(self.text)


class GameRankNotify(MessageEvent):
    """News of a rank in a game."""

    __slots__ = ()
    name: ClassVar[str] = "gameRankNotify"
    method: ClassVar[str] = "WebcastGameRankNotifyMessage"
    message: ranking_pb2.WebcastGameRankNotifyMessage

    @property
    def text(self) -> str:
        """The line."""
        return filled(self.message.notify_text) or super().text

    @property
    def kind(self) -> int:
        """A number that nobody described."""
        return self.message.msg_type

    def _about(self) -> str:
        return repr(self.text)


class PartnershipDropsUpdate(MessageEvent):
    """A game's campaign that viewers get something from is shown, changed or closed."""

    __slots__ = ()
    name: ClassVar[str] = "partnershipDropsUpdate"
    method: ClassVar[str] = "WebcastPartnershipDropsUpdateMessage"
    message: commerce_pb2.WebcastPartnershipDropsUpdateMessage

    @property
    def change(self) -> int:
        """0 shown, 1 changed, 2 closed (``ChangeMode``)."""
        return self.message.change_mode

    @property
    def drops_id(self) -> str:
        """Which one, decimal text."""
        return text(self.message.drops_id)

    @property
    def anchor_id(self) -> str:
        """The host's user id, decimal text."""
        return str(self.message.anchor_uid)

    def _about(self) -> str:
        return f"{self.drops_id} {self.change}"


class PartnershipCardChange(MessageEvent):
    """The card of an advertised game changes."""

    __slots__ = ()
    name: ClassVar[str] = "partnershipCardChange"
    method: ClassVar[str] = "WebcastPartnershipCardChangeMessage"
    message: observed_pb2.WebcastPartnershipCardChangeMessage

    @property
    def card_id(self) -> str:
        """Which one, decimal text."""
        return text(self.message.card_id)

    def _about(self) -> str:
        return self.card_id


class PartnershipDownloadCount(MessageEvent):
    """How often the advertised game was downloaded."""

    __slots__ = ()
    name: ClassVar[str] = "partnershipDownloadCount"
    method: ClassVar[str] = "WebcastPartnershipDownloadCountMessage"
    message: observed_pb2.WebcastPartnershipDownloadCountMessage

    @property
    def count(self) -> int:
        """How often."""
        return self.message.count

    @property
    def task_id(self) -> str:
        """For which task of the host, decimal text."""
        return text(self.message.task_id)

    def _about(self) -> str:
        return f"{self.task_id} {self.count}"


class OfflineGame:
    """
    One game that is not advertised any more.

    :ivar message: the protobuf message ``OfflineGameInfo``.
    """

    __slots__ = ("message",)

    def __init__(self, message: commerce_pb2.OfflineGameInfo) -> None:
        self.message = message

    @property
    def task_id(self) -> str:
        """Of which task of the host, decimal text."""
        return text(self.message.task_id)

    @property
    def text(self) -> str:
        """What the host is told."""
        return text(self.message.toast_text)

    @property
    def kind(self) -> int:
        """What is over: 0 the task, 1 the event, 2 the drops (``OfflineType``)."""
        return self.message.offline_type

    def __repr__(self) -> str:
        return f"<OfflineGame {self.task_id} {self.text!r}>"


class PartnershipGameOffline(MessageEvent):
    """A game is not advertised any more."""

    __slots__ = ()
    name: ClassVar[str] = "partnershipGameOffline"
    method: ClassVar[str] = "WebcastPartnershipGameOfflineMessage"
    message: commerce_pb2.WebcastPartnershipGameOfflineMessage

    @property
    def games(self) -> list[OfflineGame]:
        """Which ones."""
        return [OfflineGame(each) for each in self.message.offline_game_list]


class PartnershipPunish(MessageEvent):
    """The host may not advertise games for a while."""

    __slots__ = ()
    name: ClassVar[str] = "partnershipPunish"
    method: ClassVar[str] = "WebcastPartnershipPunishMessage"
    message: commerce_pb2.WebcastPartnershipPunishMessage

    @property
    def punishment(self) -> Punishment:
        """Why and for how long."""
        return Punishment(self.message.punish_info)

    def _about(self) -> str:
        return repr(self.punishment)


class IGameObserver(IObserver):
    """For observers of games that the host plays or shows."""

    def pictionary_start(event: PictionaryStart) -> object:
        """The host draws."""

    def pictionary_update(event: PictionaryUpdate) -> object:
        """Viewers guessed it."""

    def pictionary_end(event: PictionaryEnd) -> object:
        """The round is over."""

    def pictionary_exit(event: PictionaryExit) -> object:
        """The game is stopped."""

    def live_game_intro(event: LiveGameIntro) -> object:
        """What is said of a game."""

    def game_rank_notify(event: GameRankNotify) -> object:
        """News of a rank."""


class IPartnershipObserver(IObserver):
    """For observers of games that the host advertises."""

    def partnership_drops_update(event: PartnershipDropsUpdate) -> object:
        """A campaign changes."""

    def partnership_card_change(event: PartnershipCardChange) -> object:
        """The card changes."""

    def partnership_download_count(event: PartnershipDownloadCount) -> object:
        """How often it was downloaded."""

    def partnership_game_offline(event: PartnershipGameOffline) -> object:
        """It is not advertised any more."""

    def partnership_punish(event: PartnershipPunish) -> object:
        """The host may not for a while."""
