"""Files: secret ones, ones of one process alone, and ones that others take away."""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = ["FileLock", "FileLockedError", "FileWatch", "read_private"]

if TYPE_CHECKING:
    from tiktoklive.files.lock import FileLock as FileLock
    from tiktoklive.files.lock import FileLockedError as FileLockedError
    from tiktoklive.files.secret import read_private as read_private
    from tiktoklive.files.watch import FileWatch as FileWatch
else:
    __getattr__, __dir__ = exported(
        __name__,
        {
            "lock": ["FileLock", "FileLockedError"],
            "secret": ["read_private"],
            "watch": ["FileWatch"],
        },
    )
