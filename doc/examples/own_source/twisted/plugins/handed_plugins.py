"""The kinds of sources that this distribution adds to tiktoklive."""

from tiktoklive.plugins import SourceMaker

handed = SourceMaker(
    "handed", "FILE: the address of the socket, which another program writes there", "handed.make"
)
