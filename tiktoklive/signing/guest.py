"""A guest to be let in: a new identity when TikTok refused the last one."""

from __future__ import annotations

from tiktoklive.bounded import BoundedMap
from tiktoklive.errors import IdentityError
from tiktoklive.fallback import failures_in
from tiktoklive.model import Resume, Room
from tiktoklive.net.identity import Device, GuestIdentity

#: For how many users it is remembered which identity was used last.
_USERS_KEPT = 10_000


class Guest:
    """
    The identity that a signer's tickets have, and which of its generations each user's had.

    :param identity: shared by all requests to TikTok.
    """

    def __init__(self, identity: GuestIdentity) -> None:
        self._identity = identity
        #: Who is missing counts as having used the present one.
        self._used: BoundedMap[str, int] = BoundedMap(_USERS_KEPT)

    @property
    def device(self) -> Device:
        """The present device."""
        return self._identity.device

    def renew_after(self, room: Room, resume: Resume) -> None:
        """Take a new identity if the last attempt failed because of the present one."""
        failure = resume.failure
        refused = failure and any(isinstance(each, IdentityError) for each in failures_in(failure))
        if refused or (resume.new_guest and not resume.tried):
            self._identity.renew(self._used.get(room.unique_id, self._identity.generation))

    async def ttwid(self, room: Room) -> str:
        """
        The cookie; see :meth:`tiktoklive.net.identity.GuestIdentity.ttwid`.

        :raise TtwidMissingError: there is none to be had.
        :raise ConnectError: TikTok cannot be reached for one.
        """
        try:
            return await self._identity.ttwid(room.unique_id)
        finally:
            self._used.put(room.unique_id, self._identity.generation)
