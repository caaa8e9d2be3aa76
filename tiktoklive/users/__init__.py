"""The users that are followed: the list of them, what each has of its own, and what stays."""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = ["UserOptions", "UsersFile"]

if TYPE_CHECKING:
    from tiktoklive.users.listing import UsersFile as UsersFile
    from tiktoklive.users.options import UserOptions as UserOptions
else:
    __getattr__, __dir__ = exported(
        __name__, {"listing": ["UsersFile"], "options": ["UserOptions"]}
    )
