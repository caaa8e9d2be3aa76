"""
The archive: events in an SQLite file, as tables to ask.

What is in it is said in :mod:`~tiktoklive.outputs.archive.schema`, and in the documentation
with the questions that it answers fast.
"""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = ["ARCHIVE", "erase_user", "open_archive"]

if TYPE_CHECKING:
    from tiktoklive.outputs.archive.erase import erase_user as erase_user
    from tiktoklive.outputs.archive.schema import ARCHIVE as ARCHIVE
    from tiktoklive.outputs.archive.schema import open_archive as open_archive
else:
    __getattr__, __dir__ = exported(
        __name__, {"erase": ["erase_user"], "schema": ["ARCHIVE", "open_archive"]}
    )
