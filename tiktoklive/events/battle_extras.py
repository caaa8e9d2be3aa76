"""What comes beside the scores of a battle: cards, tasks, notices, the forfeit."""

from __future__ import annotations

from typing import Any, ClassVar

from tiktoklive.events.base import MessageEvent
from tiktoklive.events.battle_parts import WithSetting
from tiktoklive.events.displaytext import filled
from tiktoklive.events.numbers import in_ms
from tiktoklive.events.pictures import Image
from tiktoklive.events.user import BattleUser
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import battle_pb2 as wire
from tiktoklive.wire import observed_pb2
from tiktoklive.wire.text import text

#: The parts of an item card's message of which it has one.
_USES = (
    "use_critical_strike_card",
    "use_smoke_card",
    "use_extra_time_card",
    "use_special_effect_card",
    "use_potion_card",
    "use_wave_card",
    "use_top2_card",
    "use_top3_card",
)


class LinkMicBattleItemCard(MessageEvent):
    """A card that changes a battle is awarded, is used, or has its effect."""

    __slots__ = ()
    name: ClassVar[str] = "linkMicBattleItemCard"
    method: ClassVar[str] = "WebcastLinkMicBattleItemCard"
    message: wire.WebcastLinkMicBattleItemCard

    @property
    def battle_id(self) -> str:
        """Which battle, decimal text."""
        return str(self.message.battle_id)

    @property
    def kind(self) -> int:
        """
        What happens, with which card (``BattleCardMsgType``).

        Used: 2 a boosting glove, which multiplies gifts, 3 smoke, 5 extra time, 6 a special
        effect, 7 a potion, 8 a wave, 10 for the best two, 11 for the best three.
        4 one is awarded, 9 an effect gave points, 1 how to get one.
        """
        return self.message.msg_type

    @property
    def host_user_id(self) -> str:
        """The host for whom it is used, decimal text; ``"0"`` if it is not used."""
        used, info = self._use(), self._info()
        notice = self.message.special_effect_notice.to_anchor_id
        return str((used.anchor_id or info.to_anchor_id) if used is not None else notice)

    @property
    def user(self) -> BattleUser | None:
        """The viewer who used it; ``None`` when not said."""
        info = self._info()
        if info is None or not info.send_user.HasField("user"):
            return None
        return BattleUser(info.send_user.user)

    @property
    def awarded_users(self) -> list[BattleUser]:
        """The viewers who are awarded one; empty in recordings, whose :attr:`text` names them."""
        return [BattleUser(each.user) for each in self.message.award_card_notice.awarded_users]

    @property
    def card_key(self) -> str:
        """TikTok's key for the card's name: ``pm_mt_boost_crit_name``; ``""`` if it is not used."""
        info = self._info()
        return "" if info is None else text(info.card_name_key)

    @property
    def picture(self) -> Image:
        """The picture of the card."""
        info = self._info()
        return Image((wire.CommonCardInfo() if info is None else info).card_image)

    @property
    def send_time(self) -> int:
        """When it was used, in milliseconds since 1970 (the wire has seconds); 0 if it is not."""
        info = self._info()
        return 0 if info is None else in_ms(info.send_time_sec)

    @property
    def effect_time(self) -> int:
        """From when on it has effect, likewise."""
        info = self._info()
        return 0 if info is None else in_ms(info.effect_time_sec)

    @property
    def effect_duration(self) -> int:
        """For how long, in milliseconds (the wire has seconds); 0 when not said."""
        info = self._info()
        return 0 if info is None else info.effect_last_duration * 1000

    @property
    def multiple(self) -> int:
        """By how much a boosting glove multiplies; 0 of other cards."""
        return self.message.use_critical_strike_card.card_info.multiple

    @property
    def extra_duration(self) -> int:
        """By how much the battle is made longer, in milliseconds (the wire has seconds)."""
        return self.message.use_extra_time_card.card_info.extra_duration_sec * 1000

    @property
    def score(self) -> int:
        """Points that an effect gave; 0 if it is not about that."""
        return self.message.special_effect_notice.score

    @property
    def from_user_id(self) -> str:
        """Of an effect the viewer whose it is, decimal text; ``"0"`` if it is not about that."""
        return str(self.message.special_effect_notice.from_user_id)

    @property
    def affected(self) -> list[tuple[str, str]]:
        """From which hosts to which a special effect goes: pairs of user ids, decimal text."""
        message = self.message
        return [
            (str(pair.source_anchor_id), str(pair.target_anchor_id))
            for part in (message.use_special_effect_card, message.special_effect_notice)
            for pair in part.affected_anchor_pairs
        ]

    @property
    def text(self) -> str:
        """The line: who used what, or is awarded one."""
        used = self._use()
        content = (self.message.award_card_notice if used is None else used).display_content
        return filled(content) or super().text

    def _use(self) -> Any:
        """What the message says of a card that is used, whatever the card."""
        return next(
            (getattr(self.message, part) for part in _USES if self.message.HasField(part)), None
        )

    def _info(self) -> Any:
        """Its card; that of the best two or three has one more level."""
        used = self._use()
        if used is None:
            return None
        return getattr(used.card_info, "common", used.card_info)

    def _about(self) -> str:
        return f"{self.kind} {self.text!r}"


class LinkMicBattlePunishFinish(WithSetting, MessageEvent):
    """
    The forfeit of the losers is over: the last that is heard of a battle.

    The field ``timestamp`` of its message is no time in recordings; what it is, is unknown.
    """

    __slots__ = ()
    name: ClassVar[str] = "linkMicBattlePunishFinish"
    method: ClassVar[str] = "WebcastLinkMicBattlePunishFinish"
    #: If nothing before it told the end.
    derives: ClassVar[tuple[str, ...]] = ("battleEnded",)
    message: wire.WebcastLinkMicBattlePunishFinish

    @property
    def battle_id(self) -> str:
        """Which battle, decimal text."""
        return str(self.message.battle_id)

    @property
    def channel_id(self) -> str:
        """The link between the hosts, decimal text."""
        return str(self.message.channel_id or self._setting().channel_id)

    @property
    def reason(self) -> int:
        """0 its time was over, 1 it was cut short (enum ``Reason``)."""
        return self.message.reason

    def _setting(self) -> wire.BattleSetting:
        return self.message.battle_settings

    def _about(self) -> str:
        return self.battle_id


class LinkMicBattleTask(MessageEvent):
    """A task inside a battle begins, makes progress, is decided or rewarded."""

    __slots__ = ()
    name: ClassVar[str] = "linkMicBattleTask"
    method: ClassVar[str] = "WebcastLinkmicBattleTaskMessage"
    message: wire.WebcastLinkmicBattleTaskMessage

    @property
    def battle_id(self) -> str:
        """Which battle, decimal text; ``"0"`` in all recordings."""
        return str(self.message.battle_id)

    @property
    def kind(self) -> int:
        """0 it begins, 1 progress, 2 decided, 3 rewarded (``BattleTaskMessageType``)."""
        return self.message.battle_task_message_type

    @property
    def progress(self) -> int:
        """How much is done."""
        return self.message.task_update.task_progress

    @property
    def from_user_id(self) -> str:
        """The viewer who did something for it, decimal text; ``"0"`` when it is not progress."""
        return str(self.message.task_update.from_user_uid)

    @property
    def target(self) -> int:
        """How much is wanted; said when it begins."""
        return self.message.task_start.battle_bonus_config.task_period_config.progress_target

    @property
    def target_type(self) -> int:
        """Of what; 1 in all recordings, and what that means is unknown."""
        return self.message.task_start.battle_bonus_config.task_period_config.target_type

    @property
    def task_duration(self) -> int:
        """How long there is for it, in milliseconds (the wire has seconds); when it begins."""
        return self.message.task_start.battle_bonus_config.task_period_config.duration * 1000

    @property
    def reward_duration(self) -> int:
        """For how long points are multiplied then, in milliseconds (the wire has seconds)."""
        return self.message.task_start.battle_bonus_config.reward_period_config.duration * 1000

    @property
    def reward_multiple(self) -> int:
        """By how much."""
        return self.message.task_start.battle_bonus_config.reward_period_config.reward_multiple

    @property
    def reward_start_time(self) -> int:
        """From when on, in milliseconds since 1970; when it is decided, and 0 when not said."""
        return in_ms(self.message.task_settle.reward_start_timestamp)

    @property
    def result(self) -> int | None:
        """0 it was done, 1 it was not, 2 both sides did it; ``None`` when it is not decided."""
        return (
            self.message.task_settle.task_result if self.message.HasField("task_settle") else None
        )

    @property
    def reward_status(self) -> int | None:
        """0 the reward was used, 1 it was not; ``None`` if it is not about that (RewardStatus)."""
        return self.message.reward_settle.status if self.message.HasField("reward_settle") else None

    @property
    def prompt_key(self) -> str:
        """TikTok's key for what is shown: ``pm_mt_match_speedchallenge``."""
        message = self.message
        previews = message.task_start.battle_bonus_config.preview_period_config
        keys = [each.promot.prompt_key for each in previews]
        keys += [message.task_update.prompt_key]
        keys += [message.reward_settle.reward_settle_prompt.prompt_key]
        return next(filter(None, map(text, keys)), "")

    def _about(self) -> str:
        return f"{self.kind} {self.progress or self.prompt_key}".rstrip()


class LinkMicBattleNotice(MessageEvent):
    """A line about a battle: which gift counts."""

    __slots__ = ()
    name: ClassVar[str] = "linkMicBattleNotice"
    method: ClassVar[str] = "WebcastLinkmicBattleNoticeMessage"
    message: observed_pb2.WebcastLinkmicBattleNoticeMessage

    @property
    def kind(self) -> int:
        """What it is about; 6, that one gift counts, in all recordings."""
        return self.message.notice_type

    @property
    def text(self) -> str:
        """The line."""
        return filled(self.message.notice.content) or super().text

    def _about(self) -> str:
        return repr(self.text)


class IBattleExtrasObserver(IObserver):
    """For observers of what comes beside the scores of battles."""

    def link_mic_battle_item_card(event: LinkMicBattleItemCard) -> object:
        """A card is awarded or used."""

    def link_mic_battle_punish_finish(event: LinkMicBattlePunishFinish) -> object:
        """The forfeit is over."""

    def link_mic_battle_task(event: LinkMicBattleTask) -> object:
        """A task begins, makes progress, is decided or rewarded."""

    def link_mic_battle_notice(event: LinkMicBattleNotice) -> object:
        """A line about a battle."""
