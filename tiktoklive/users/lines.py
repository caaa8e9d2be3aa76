"""What the log says of a user who is followed, when it is asked."""

from __future__ import annotations

from tiktoklive.model import State


def user_line(name: str, state: State) -> str:
    """
    What its connection is doing, why, and what was lost to bounds.

    :param name: under which the user is followed.
    """
    costs = [f"{what} {bound.cost}" for what, bound in state.bounds.items() if bound.cost]
    room = f"room {state.room_id}" if state.room_id else ""
    known = room and state.reason.startswith(room)  # of some states the room is the reason
    why = ": ".join(filter(None, ["" if known else room, state.reason]))
    present = "" if state.unique_id == name else f" (now @{state.unique_id})"
    because = f"{' in' if room else ':'} {why}" if why else ""
    lost = f" ({', '.join(costs)})" if costs else ""
    return f"@{name}{present}: {state.phase}{because}{lost}"
