"""The kinds of outputs that this distribution adds to tiktoklive."""

from tiktoklive.plugins import OutputMaker

loudness = OutputMaker(
    "loudness", "FILE: how many comments a minute each room has", "loudness.make"
)
