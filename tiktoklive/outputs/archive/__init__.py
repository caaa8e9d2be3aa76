"""
The archive: events in an SQLite file, as tables to ask.

What is in it is said in :mod:`~tiktoklive.outputs.archive.schema`, and in the documentation
with the questions that it answers fast.
"""

from tiktoklive.outputs.archive.erase import erase_user
from tiktoklive.outputs.archive.schema import ARCHIVE, open_archive

__all__ = ["ARCHIVE", "erase_user", "open_archive"]
