"""Sounds, pictures and style sheets of the user's, which the overlays show and play."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from string import ascii_letters, digits
from typing import Final

from twisted.web.http import CACHED
from twisted.web.server import Request

from tiktoklive.outputs.web.answers import Refusal, as_json

#: The variable that names the folder.
FOLDER: Final = "TIKTOKLIVE_WEB_FILES"

#: By the end of a file's name; other files are neither served nor listed.
TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".png": "image/png",
    ".wav": "audio/wav",
    ".webp": "image/webp",
}

#: Bytes that a file may have: each is read at once, while everything else waits.
LARGEST: Final = 8 * 1024 * 1024

#: Files that are listed at most.
_LISTED: Final = 500

#: Letters of a name, how many it may have, and those it may not begin with: it is one name and no
#: path, it is not hidden, and stands in an address as it is.
_LETTERS: Final = frozenset(ascii_letters + digits + "._ -")
_LONGEST: Final = 100
_INNER: Final = "._ -"


class UserFiles:
    """
    Serves the files of one folder, and nothing below it.

    :param folder: which; ``""`` for none.
    """

    def __init__(self, folder: str = "") -> None:
        self._folder = folder

    def names(self, request: Request) -> bytes:
        """Which files there are, in their order, as JSON."""
        return as_json(request, {"files": sorted(filter(_kind, self._listed()))[:_LISTED]})

    def one(self, request: Request, name: str) -> bytes:
        """
        One of the files.

        :raise Refusal: there is none of this name that may be served.
        """
        kind = _kind(name)
        if not kind or not self._folder:
            raise _nothing()
        content, etag = self._read(name)
        request.setHeader("Content-Type", kind)
        request.setHeader("Cache-Control", "no-cache")  # keep it, but ask whether it is new
        return b"" if request.setETag(etag) is CACHED else content

    def _listed(self) -> list[str]:
        if not self._folder:
            return []
        try:
            with os.scandir(self._folder) as entries:
                return [each.name for each in entries if each.is_file(follow_symlinks=False)]
        except OSError:
            return []

    def _read(self, name: str) -> tuple[bytes, bytes]:
        try:
            with open(os.path.join(self._folder, name), "rb", opener=_opened) as file:
                found = os.fstat(file.fileno())
                if not stat.S_ISREG(found.st_mode):
                    raise _nothing()
                if found.st_size > LARGEST:
                    raise Refusal(413, "size", "The file is larger than 8 MB.")
                return file.read(LARGEST), b'"%x-%x"' % (found.st_mtime_ns, found.st_size)
        except OSError:
            raise _nothing() from None


def _opened(path: str, flags: int) -> int:
    """Without following a link, wherever it leads, and without waiting at a pipe."""
    more = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.open(path, flags | more)


def _kind(name: str) -> str:
    if len(name) > _LONGEST or not _LETTERS.issuperset(name) or name.startswith(tuple(_INNER)):
        return ""
    return TYPES.get(os.path.splitext(name)[1].lower(), "")


def _nothing() -> Refusal:
    return Refusal(404, "path", "There is nothing here.")


def user_files(environ: Mapping[str, str]) -> UserFiles:
    """
    The files in the folder that the environment names.

    :raise ValueError: it is no folder.
    """
    folder = environ.get(FOLDER, "").strip()
    if folder and not os.path.isdir(folder):
        raise ValueError(f"{FOLDER} must name a folder, and {folder} is none.")
    return UserFiles(folder)
