"""The setting that names the state file."""

from __future__ import annotations

from tiktoklive.described.rules import absolute_path
from tiktoklive.described.setting import setting

__all__ = ["STATE"]

#: What the setting ``state`` is.
STATE = setting(
    "of the daemon and of :class:`~tiktoklive.service.LiveService`: the file in which users that "
    "are added, renamed and removed at run time stay. One process at a "
    "time uses it",
    absolute_path,
    flag="state",
    help="File in which users added at run time stay.",
    takes="FILE",
    heading="What stays",
    example="/var/lib/tiktoklive/users.json",
)
