"""One user followed: the table of states, and what its states share."""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = ["Parts", "Patience", "Session"]

if TYPE_CHECKING:
    from tiktoklive.session.parts import Parts as Parts
    from tiktoklive.session.retry import Patience as Patience
    from tiktoklive.session.session import Session as Session
else:
    __getattr__, __dir__ = exported(
        __name__, {"parts": ["Parts"], "retry": ["Patience"], "session": ["Session"]}
    )
