"""How two streams of a room are doing, and what they say of the messages that neither brought."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unseen:
    """
    How many messages there were, from what two guests were shown, and how many neither was.

    :ivar total: the estimate of all messages that there were while both streams lived.
    :ivar variance: its variance.
    :ivar neither: those of them that neither guest was shown.
    :ivar low: the lower end of the interval in which that number lies, 95 times of 100.
    :ivar high: the upper end.
    """

    total: float
    variance: float
    neither: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """Which part of all messages neither guest was shown: from 0 to 1."""
        return self.neither / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class StreamsState:
    """
    How the two streams of a room are doing, where there are to be two.

    What is counted are messages with an id, but for history, that came while both streams lived.

    :ivar open: how many are live now.
    :ivar other: what is done about the second one, for people.
    :ivar both: messages that came by both.
    :ivar first_only: those that came by the stream of the first guest alone.
    :ivar second_only: those that came by that of the second guest alone.
    :ivar spared: times that one stream missed something, or was lost, and the other went on.
    :ivar unseen: what that says of the messages that neither brought, of some hundreds at a time
        and added up; ``None`` before there are any that both did.  It takes the guests to be shown
        messages independently of each other.
    """

    open: int = 0
    other: str = ""
    both: int = 0
    first_only: int = 0
    second_only: int = 0
    spared: int = 0
    unseen: Unseen | None = None

    @property
    def line(self) -> str:
        """The same for people."""
        said = f"{self.open} of 2 streams"
        if self.open < 2 and self.other:
            said += f", the other {self.other}"
        if self.unseen is not None:
            unseen = self.unseen
            said += (
                f"; {self.both} messages by both, {self.first_only} and {self.second_only} by one "
                f"alone, about {unseen.neither:.0f} by neither ({unseen.low:.0f} to "
                f"{unseen.high:.0f}, {unseen.share:.1%})"
            )
        return said
