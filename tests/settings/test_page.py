"""What the documentation says of the settings."""

from __future__ import annotations

import re
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.settings import page
from tiktoklive.settings.fields import OPTIONS
from tiktoklive.settings.flags import ENVIRONMENT, FLAGS

DOC = Path(__file__).resolve().parent.parent.parent / "doc"


class PageTests(SynchronousTestCase):
    """The three parts, and where they stand."""

    def test_shown(self) -> None:
        """Each part is asked for by a page, and no other is."""
        asked = [
            name
            for path in sorted(DOC.glob("*.rst"))
            for name in re.findall(r"(?m)^\.\. settings:: (\w+)$", path.read_text("utf-8"))
        ]
        self.assertEqual(sorted(page.__all__), sorted(asked))

    def test_complete(self) -> None:
        """No setting, flag or variable is left out, and each has its own row once."""
        for lines, names in (
            (page.options(), [f"   * - ``{path}``" for path in OPTIONS.kinds]),
            (page.variables(), [f"   * - ``{variable}``" for variable in ENVIRONMENT]),
        ):
            self.assertEqual(names, [line for line in lines if line.startswith("   * - ``")])
        headings = [line for line in page.flags() if line.endswith(":")]
        self.assertEqual(len(set(headings)), len(headings))
        self.assertEqual("Ways into a room:", headings[0])
        named = re.findall(r"(?m)^``--([\w-]+)[ `]", "\n".join(page.flags()))
        self.assertEqual(list(FLAGS), named)

    def test_arguments(self) -> None:
        """What stands behind a flag is what its setting is written as."""
        text = "\n".join(page.flags())
        for shown in (
            "``--no-gzip``",
            "``--lookups NUMBER``",
            "``--chat-interval SECONDS``",
            "``--session-file FILE``",
            "``--target-idc NAME``",
            "``--sign-param NAME=VALUE``",
            "``--sign-header 'NAME: VALUE'``",
        ):
            self.assertIn(f"{shown}\n    ", text)

    def test_usual(self) -> None:
        """The table tells the usual value of a setting that has one."""
        text = "\n".join(page.options())
        self.assertIn("``compress``\n     - ``True``\n", text)
        self.assertIn("``ttwid``\n     - ``None``\n", text)
        self.assertIn("``session_hosts``\n     - \n", text)
        self.assertIn("``client_params``\n     - \n", text)

    def test_meaning(self) -> None:
        """A flag that says no is told of as it is, one of a file as a file, the others by text."""
        text = "\n".join(page.flags())
        for flag, meaning in (
            ("no-initial-data", "leave out what happened shortly before we came."),
            ("ttwid-file FILE", "a file that holds the value of the guest cookie"),
            (
                "session-host HOST",
                "hosts beside TikTok's that may get the session: a relay, a sign",
            ),
        ):
            self.assertIn(f"``--{flag}``\n    {meaning}", text)
        self.assertRegex(
            text, r"--session-host HOST``\n.* Can be given again\. Key: ``session_hosts``"
        )
        self.assertRegex(text, r"--source SOURCES``\n.* Usually ``direct``\. Key: ``sources``\.")
        self.assertNotIn("``compress``. Usually", text)
