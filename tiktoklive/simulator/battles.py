"""Battles in a random room: two broadcasters, their supporters, a winner."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Final

from tiktoklive.simulator.people import Person
from tiktoklive.simulator.room_state import Moment, RoomState
from tiktoklive.wire.battle_pb2 import (
    BattleBaseUserInfo,
    BattleResult,
    BattleSetting,
    BattleUserArmies,
    BattleUserArmy,
    BattleUserInfo,
    WebcastLinkMicArmies,
    WebcastLinkMicBattle,
    WebcastLinkMicBattlePunishFinish,
)

#: How long a battle lasts, and between what times the next begins, in seconds.
LENGTH: Final = 60.0
PAUSE: Final = (150.0, 300.0)

_OPEN, _FINISH = 4, 5
_SCORE_UPDATE, _BATTLE_END = 1, 2
_WIN, _LOSE, _DRAW = 0, 1, 2


@dataclass(slots=True)
class _Battle:
    """The battle that is on."""

    id: int
    setting: BattleSetting
    ends: float
    scores: dict[int, dict[int, int]]
    over: bool = False


@dataclass(slots=True)
class Battles:
    """
    The battles of one room, one after the other.

    :ivar starts: when the next one begins, in the script's seconds.
    """

    state: RoomState
    rng: random.Random
    starts: float = 20.0
    _rival: Person = field(init=False)
    _battle: _Battle | None = None

    def __post_init__(self) -> None:
        self._rival = self.state.guests[-1]

    def next(self, time: float, moment: Moment) -> tuple[str, bytes] | None:
        """
        The next message of a battle: method and payload; ``None`` when there is none now.

        :param time: the script's time, in seconds since its start.
        """
        battle = self._battle
        if battle is None:
            return self._open(time, moment) if time >= self.starts else None
        if battle.over:
            self._battle = None
            self.starts = time + self.rng.uniform(*PAUSE)
            return self._punish(battle, moment)
        if time >= battle.ends:
            battle.over = True
            return self._state(battle, _FINISH, moment)
        if self.rng.random() < 0.5:
            return self._armies(battle, moment)
        return None

    def _open(self, time: float, moment: Moment) -> tuple[str, bytes]:
        setting = BattleSetting(
            battle_id=moment.msg_id + 1,
            timestamp=moment.now,
            duration=int(LENGTH),
            channel_id=self.state.room_id,
            status=1,
            end_time_ms=moment.now + int(LENGTH * 1000),
        )
        sides: dict[int, dict[int, int]] = {self.state.anchor_id: {}, self._rival.id: {}}
        self._battle = _Battle(setting.battle_id, setting, time + LENGTH, sides)
        return self._state(self._battle, _OPEN, moment)

    def _hosts(self) -> list[BattleBaseUserInfo]:
        rival, owner = self._rival, self.state.owner
        return [
            BattleBaseUserInfo(
                user_id=self.state.anchor_id,
                nick_name="the host" if owner is None else owner.nickname,
                display_id="host" if owner is None else owner.unique_id,
            ),
            BattleBaseUserInfo(
                user_id=rival.id,
                nick_name=rival.nickname,
                avatar_thumb=rival.small.avatar_thumb,
                display_id=rival.unique_id,
            ),
        ]

    def _state(self, battle: _Battle, action: int, moment: Moment) -> tuple[str, bytes]:
        message = WebcastLinkMicBattle(
            battle_id=battle.id, battle_setting=battle.setting, action=action
        )
        totals = {host: sum(side.values()) for host, side in battle.scores.items()}
        best = max(totals.values())
        for host, total in totals.items():
            if action == _FINISH:
                even = len(set(totals.values())) == 1
                result = _DRAW if even else _WIN if total == best else _LOSE
                message.battle_result.add(
                    key=host, value=BattleResult(user_id=host, result=result, score=total)
                )
            message.armies.add(key=host, value=self._army(battle, host))
        for info in self._hosts():
            message.anchor_info.add(key=info.user_id, value=BattleUserInfo(user=info))
        method = "WebcastLinkMicBattle"
        return method, self.state.common(method, moment) + message.SerializeToString()

    def _army(self, battle: _Battle, host: int) -> BattleUserArmies:
        side = battle.scores[host]
        by_id = {guest.id: guest for guest in self.state.guests}
        best = sorted(side, key=lambda user_id: -side[user_id])[:3]
        return BattleUserArmies(
            user_army=[
                BattleUserArmy(
                    user_id=user_id,
                    score=side[user_id],
                    nickname=by_id[user_id].nickname,
                    avatar_thumb=by_id[user_id].small.avatar_thumb,
                    user_id_str=str(user_id),
                )
                for user_id in best
            ],
            host_score=sum(side.values()),
            anchor_id_str=str(host),
        )

    def _armies(self, battle: _Battle, moment: Moment) -> tuple[str, bytes]:
        guest = self.state.guest()
        host = self.rng.choice(tuple(battle.scores))
        side = battle.scores[host]
        side[guest.id] = side.get(guest.id, 0) + 1 + int(self.rng.expovariate(1 / 40))
        message = WebcastLinkMicArmies(
            battle_id=battle.id,
            channel_id=self.state.room_id,
            score_update_time=moment.now,
            trigger_reason=_SCORE_UPDATE,
            from_user_id=guest.id,
            battle_settings=battle.setting,
        )
        for each in battle.scores:
            entry = message.armies.add(key=each)
            entry.value.append(self._army(battle, each))
        method = "WebcastLinkMicArmies"
        return method, self.state.common(method, moment) + message.SerializeToString()

    def _punish(self, battle: _Battle, moment: Moment) -> tuple[str, bytes]:
        message = WebcastLinkMicBattlePunishFinish(
            channel_id=self.state.room_id,
            timestamp=moment.now,
            battle_id=battle.id,
            battle_settings=battle.setting,
        )
        method = "WebcastLinkMicBattlePunishFinish"
        return method, self.state.common(method, moment) + message.SerializeToString()
