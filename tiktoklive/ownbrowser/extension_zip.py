"""The extension as one file, as browsers and people take it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).with_name("extension")

#: The name that the manifest's key gives it, whatever folder it is loaded from.
ORIGIN: Final = "chrome-extension://ggiblbhdikohfdogbmjcbngjicammakj"

#: What is in it: no other file of the folder is handed out.
_KINDS: Final = frozenset((".json", ".js", ".html", ".css"))

#: The date of each file, so that the same files make the same bytes.
_DATE: Final = (2026, 1, 1, 0, 0, 0)


def zipped(folder: Path = FOLDER) -> bytes:
    """The files of the folder, in a zip."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            if path.suffix in _KINDS:
                packed = zipfile.ZIP_DEFLATED
                archive.writestr(zipfile.ZipInfo(path.name, _DATE), path.read_bytes(), packed)
    return whole.getvalue()
