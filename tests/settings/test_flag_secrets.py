"""Secrets, which no flag takes."""

from __future__ import annotations

import os
from pathlib import Path

from tests.settings.test_flags import FlagsCase
from tiktoklive.settings.flags import ENVIRONMENT


class SecretTests(FlagsCase):
    """Where secrets may stand, and where not."""

    def test_on_command_line(self) -> None:
        """A secret on the command line is refused with the place where it may be."""
        for flag, argument, said in (
            ("request-header", "Cookie: geheim", "request_headers into a --config file"),
            ("websocket-header", "authorization:geheim", "websocket_headers into"),
            ("sign-header", "X-API-Key: geheim", "sign_provider_options.headers into"),
            ("sign-param", "apiKey=geheim", "sign_provider_options.params into"),
            ("client-param", "sessionid=geheim", "client_params into"),
            ("proxy", "http://u:geheim@h:1", "set TIKTOKLIVE_PROXY, or request_options.proxy in"),
            ("websocket-proxy", "socks5://u:geheim@h", "set TIKTOKLIVE_WEBSOCKET_PROXY, or webs"),
            ("proxy", "http//u:geheim@h:1", "address of a proxy"),
            ("sign-base", "https://geheim@h", "may be a secret: leave that out"),
            ("sign-host", "https://h/?key=geheim", "must look like"),
            ("session-f", "geheim", "takes the name of a file"),
            ("session", "geheim", "not a unique prefix"),
            ("ttwid", "geheim", "takes the name of a file"),
            ("sign-key", "geheim", "takes the name of a file"),
            ("session-id", "geheim", "not recognized"),
            ("client-param", "geheim", "must look like"),
            ("request-header", "geheim", "must look like"),
        ):
            answer = self.refuse("--source=direct,signed", f"--{flag}={argument}")
            self.assertIn(said, answer)
            self.assertNotIn("geheim", answer)

    def test_files(self) -> None:
        """A file that holds a secret must be its owner's alone, and hold something."""
        for flag in ("session-file", "sign-key-file", "ttwid-file"):
            for mode in (0o644, 0o640, 0o602):
                path = self.file("geheim", mode)
                said = self.refuse(*self.everything, f"--{flag}", path)
                self.assertEqual(f"--{flag}: {path} can be read by others: chmod 600 {path}", said)
            said = self.refuse(*self.everything, f"--{flag}", self.file(" \n"))
            self.assertIn("is empty", said)
            said = self.refuse(*self.everything, f"--{flag}", self.file("ge heim"))
            self.assertIn("copy it again", said)
            self.settings(*self.everything, f"--{flag}", self.file("geheim", 0o400))

    def test_credentials(self) -> None:
        """What systemd hands over counts as private, links to elsewhere do not."""
        path = Path(self.file("geheim", 0o440)).absolute()
        given = {"CREDENTIALS_DIRECTORY": str(path.parent)}
        settings = self.settings("--session-file", str(path), environ=given)
        self.assertEqual("geheim", settings.session_id)
        inside = Path(self.mktemp())
        inside.mkdir()
        os.symlink(path, inside / "link")
        given = {"CREDENTIALS_DIRECTORY": str(inside)}
        said = self.refuse("--session-file", str(inside / "link"), environ=given)
        self.assertIn("chmod 600", said)

    def test_repr(self) -> None:
        """Neither a parsed command line nor its plan shows what is secret."""
        environ = {
            variable: "http://u:geheim@h" if variable.endswith("PROXY") else "geheim"
            for variable in ENVIRONMENT
        }
        config = self.file(
            "client_params = {msToken = 'geheim'}\n"
            "request_headers = {Cookie = 'geheim'}\nwebsocket_headers = {Cookie = 'geheim'}\n"
            "sign_provider_options.headers = {Authorization = 'geheim'}\n"
            "sign_provider_options.params = {apiKey = 'geheim'}\n"
        )
        line = self.line("anna", "--config", config, environ=environ)
        self.assertEqual("geheim", line.plan.settings.tt_target_idc)
        for each in (line, line.plan, line.plan.settings, line.read_configuration()):
            self.assertNotIn("geheim", f"{each!r} {each}")
