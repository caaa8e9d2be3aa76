"""How often others may be asked."""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = ["Breaker", "Budget", "LookUpQueue", "Priority", "Tolerance"]

if TYPE_CHECKING:
    from tiktoklive.pacing.breaker import Breaker as Breaker
    from tiktoklive.pacing.breaker import Tolerance as Tolerance
    from tiktoklive.pacing.budget import Budget as Budget
    from tiktoklive.pacing.lookups import LookUpQueue as LookUpQueue
    from tiktoklive.pacing.lookups import Priority as Priority
else:
    __getattr__, __dir__ = exported(
        __name__,
        {
            "breaker": ["Breaker", "Tolerance"],
            "budget": ["Budget"],
            "lookups": ["LookUpQueue", "Priority"],
        },
    )
