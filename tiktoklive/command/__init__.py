"""
The command ``tiktoklive``: one module for each thing that it does.

Each has a class ``Options`` and a function ``run`` that is given what was parsed, and returns
the exit status.  They are imported when they are asked for.  :func:`react` runs the programs of
others, which tell people what is wrong as the command does.
"""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = ["react"]

if TYPE_CHECKING:
    from tiktoklive.command.program import react as react
else:
    __getattr__, __dir__ = exported(__name__, {"program": ["react"]})
