"""Who is in the ranks of ``roomUser``: what the last message said, and names from earlier ones."""

from __future__ import annotations

from tiktoklive.events.audience import RoomUser
from tiktoklive.events.ranked import Audience, RankedViewer
from tiktoklive.wire.text import text

#: How many are kept, and the letters of a name.
RANKED, NAME = 200, 100


class RankedAudience:
    """The audience of one broadcast."""

    __slots__ = ("_viewers",)

    def __init__(self) -> None:
        self._viewers: tuple[RankedViewer, ...] = ()

    def after(self, event: RoomUser) -> tuple[Audience, ...]:
        """What a message changes; nothing where it says the same as the one before."""
        message = event.message
        if not message.ranks and message.total:
            return ()  # somebody is there, and the message does not say who
        before = {each.user_id: each for each in self._viewers}
        now: dict[str, RankedViewer] = {}
        for place, ranked in enumerate(message.ranks[:RANKED], 1):
            user = ranked.user
            user_id = str(user.id)
            known = before.get(user_id)
            name = text(user.unique_id)[:NAME] or (known.unique_id if known else "")
            nickname = text(user.nickname)[:NAME] or (known.nickname if known else "")
            viewer = RankedViewer(user_id, name, nickname, ranked.score, ranked.rank or place)
            now.setdefault(user_id, viewer)
        viewers = tuple(now.values())
        if viewers == self._viewers:
            return ()
        self._viewers = viewers
        came = tuple(each for each in viewers if each.user_id not in before)
        went = tuple(each for user_id, each in before.items() if user_id not in now)
        return (Audience(event, viewers, came, went),)
