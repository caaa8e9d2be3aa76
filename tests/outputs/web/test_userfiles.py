"""The user's own sounds, pictures and style sheets."""

from __future__ import annotations

import os
from pathlib import Path

from tests.outputs.web.case import READ, WebCase, Wiring, make
from tiktoklive.outputs.web.userfiles import LARGEST


class UserFilesTests(WebCase):
    """What is served of a folder, and what is not."""

    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.mktemp()).absolute()
        self.folder.mkdir()
        (self.folder / "ding.mp3").write_bytes(b"ID3 ding")
        (self.folder / "mine.css").write_text("body { color: red }")
        environ = {"TIKTOKLIVE_WEB_FILES": str(self.folder), "TIKTOKLIVE_WEB_READ_TOKEN": READ}
        self.begin(make(Wiring(self.reactor), "tcp:8081", environ), 8081)

    def test_served(self) -> None:
        """Files of the few kinds are served as what they are, and asked for anew when changed."""
        for name, kind in (("ding.mp3", "audio/mpeg"), ("mine.css", "text/css; charset=utf-8")):
            answer = self.ask(f"/files/{name}", port=8081)
            self.assertEqual((200, kind), (answer.status, answer.headers["content-type"]))
            self.assertEqual((self.folder / name).read_bytes(), answer.body)
            self.assertEqual("nosniff", answer.headers["x-content-type-options"])
            self.assertEqual("no-cache", answer.headers["cache-control"])

    def test_refused(self) -> None:
        """Nothing leads out of the folder, and no other kind of file is served."""
        secret = self.folder.parent / "secret.css"
        secret.write_text("secret")
        (self.folder / "page.html").write_text("<script>alert(1)</script>")
        (self.folder / ".hidden.css").write_text("hidden")
        (self.folder / "below").mkdir()
        (self.folder / "below" / "deep.css").write_text("deep")
        (self.folder / "folder.css").mkdir()
        os.mkfifo(self.folder / "pipe.css")
        (self.folder / "link.css").symlink_to(secret)
        (self.folder / "empty.svg").write_text("<svg/>")
        for name in (
            "page.html",
            ".hidden.css",
            "..%2fsecret.css",
            "%2e%2e/secret.css",
            "../secret.css",
            "below%2Fdeep.css",
            "below/deep.css",
            "folder.css",
            "pipe.css",
            "link.css",
            "empty.svg",
            "nothing.css",
            "ding.mp3%00.css",
            f"{secret}".replace("/", "%2F"),
        ):
            answer = self.ask(f"/files/{name}", port=8081)
            self.assertEqual((404, "path"), (answer.status, answer.json["code"]), name)

    def test_large(self) -> None:
        """A file that is too large is refused, and not read."""
        with (self.folder / "long.wav").open("wb") as file:
            file.truncate(LARGEST + 1)
        self.assertEqual(413, self.ask("/files/long.wav", port=8081).status)

    def test_listed(self) -> None:
        """Those who may read are told which files there are, and only those that are served."""
        (self.folder / "page.html").write_text("")
        (self.folder / "link.css").symlink_to(self.folder / "mine.css")
        self.assertEqual(401, self.ask("/files", port=8081).status)
        answer = self.ask("/files", token=READ, port=8081)
        self.assertEqual({"files": ["ding.mp3", "mine.css"]}, answer.json)

    def test_gone(self) -> None:
        """A folder that goes away has no files any more."""
        for each in self.folder.iterdir():
            each.unlink()
        self.folder.rmdir()
        self.assertEqual({"files": []}, self.ask("/files", token=READ, port=8081).json)
        self.assertEqual(404, self.ask("/files/ding.mp3", port=8081).status)

    def test_none(self) -> None:
        """Without a folder there is nothing, and one that is none is refused at the start."""
        self.begin(make(Wiring(self.reactor), "tcp:8082", {}), 8082)
        self.assertEqual({"files": []}, self.ask("/files", port=8082).json)
        self.assertEqual(404, self.ask("/files/ding.mp3", port=8082).status)
        missing = {"TIKTOKLIVE_WEB_FILES": str(self.folder / "missing")}
        with self.assertRaisesRegex(ValueError, "TIKTOKLIVE_WEB_FILES must name a folder"):
            make(Wiring(self.reactor), "tcp:8083", missing)
