"""Many machines, one list of users, one stream of events: over Redis Streams."""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = ["RedisAddress", "RedisClient", "Script", "make_client", "parse_redis"]

if TYPE_CHECKING:
    from tiktoklive.fleet.address import RedisAddress as RedisAddress
    from tiktoklive.fleet.address import parse_redis as parse_redis
    from tiktoklive.fleet.client import RedisClient as RedisClient
    from tiktoklive.fleet.client import Script as Script
    from tiktoklive.fleet.client import make_client as make_client
else:
    __getattr__, __dir__ = exported(
        __name__,
        {
            "address": ["RedisAddress", "parse_redis"],
            "client": ["RedisClient", "Script", "make_client"],
        },
    )
