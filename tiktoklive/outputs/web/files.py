"""The pages and what belongs to them: the files of the folder ``pages``."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from twisted.web.http import CACHED
from twisted.web.server import Request

from tiktoklive.outputs.web.answers import Refusal

FOLDER: Final = Path(__file__).with_name("pages")

#: By the end of a file's name; other files are not served.
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes = b""
    kind: str = ""
    etag: bytes = b""


class Files:
    """Serves them; each is read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files: dict[str, _File] = {}
        for path in sorted(folder.iterdir()):
            if (kind := _TYPES.get(path.suffix)) is not None:
                content = path.read_bytes()
                etag = b'"%b"' % sha256(content).hexdigest()[:32].encode("ascii")
                self._files[path.name] = _File(content, kind, etag)

    def page(self, request: Request, name: str) -> bytes:
        """One of the pages, under an address of its own."""
        return self._answer(request, self._files[name])

    def static(self, request: Request, name: str) -> bytes:
        """
        A file that a page asks for.

        :raise Refusal: there is none of this name.
        """
        file = self._files.get(name)
        if file is None or name.endswith(".html"):
            raise Refusal(404, "path", "There is nothing here.")
        return self._answer(request, file)

    @staticmethod
    def _answer(request: Request, file: _File) -> bytes:
        request.setHeader("Content-Type", file.kind)
        request.setHeader("Cache-Control", "no-cache")  # keep it, but ask whether it is new
        return b"" if request.setETag(file.etag) is CACHED else file.content
