"""Which messages were counted last, so that a program that is started again counts none twice."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import Any, Final

from tiktoklive.events import Event, MessageEvent

_ID: Final = 2**64 - 1

#: Ids of one kind of event that are remembered, and a half more now and then: TikTok replays the
#: last seconds or minutes.
KEPT: Final = 300


class Counted:
    """
    The ids of messages whose events were counted, of each kind the last.

    Within one run nothing comes twice, see :class:`~tiktoklive.dispatch.dedup.DedupWindow`: only
    what was counted before the program was started is looked for.

    :param before: by names of events, the ids that were counted before that.
    """

    __slots__ = ("_before", "_ids")

    def __init__(self, before: Mapping[str, Iterable[int]] = {}) -> None:
        self._ids = {
            name: array("Q", [number & _ID for number in ids]) for name, ids in before.items()
        }
        self._before = {name: frozenset(ids) for name, ids in self._ids.items()}

    def take(self, event: Event) -> bool:
        """Whether an event is to be counted: from now on it is known."""
        if not isinstance(event, MessageEvent) or not event.number:
            return True
        number = event.number & _ID
        if number in self._before.get(event.name, ()):
            return False
        ids = self._ids.get(event.name)
        if ids is None:
            ids = self._ids[event.name] = array("Q")
        ids.append(number)
        if len(ids) > KEPT * 3 // 2:
            del ids[:-KEPT]
        return True

    def as_dict(self) -> dict[str, Any]:
        """For a file: by names of events, the last ids."""
        return {name: ids[-KEPT:].tolist() for name, ids in self._ids.items()}
