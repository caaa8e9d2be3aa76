"""What is said of a webhook on the command line."""

from __future__ import annotations

from pathlib import Path

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import Parts
from tiktoklive.errors import StartError
from tiktoklive.outputs.webhook.argument import SECRET, make
from tiktoklive.outputs.webhook.output import Webhook


class ArgumentTests(SynchronousTestCase):
    """What is said on the command line."""

    def setUp(self) -> None:
        self.environ = {SECRET: "whsec_" + "A" * 32, "STATE_DIRECTORY": self.mktemp()}

    def make(self, argument: str) -> Webhook:
        return make(Parts(Clock()), argument, self.environ)

    def refuse(self, argument: str, words: str) -> None:
        """It is refused with these words, and without the secret."""
        error = self.assertRaises(ValueError, self.make, argument)
        self.assertIn(words, str(error))
        self.assertNotIn(self.environ.get(SECRET, "?") or "?", str(error))

    def test_taken(self) -> None:
        """The outbox is named after the address, in the directory of systemd or another."""
        webhook = self.make("https://hook.test/in#events=chat,giftStreak&hold=5&age=1d&batch=3")
        self.assertEqual(Path(self.environ["STATE_DIRECTORY"]).absolute(), webhook.uses.parent)
        home = self.mktemp()
        del self.environ["STATE_DIRECTORY"]
        self.environ["XDG_STATE_HOME"] = home
        webhook = self.make("https://hook.test/in")
        self.assertEqual(Path(home).absolute() / "tiktoklive", webhook.uses.parent)

    def test_directory(self) -> None:
        """The directory of the outbox is made at the start, or that says why it cannot be."""
        webhook = self.make("https://hook.test/in")
        directory = webhook.uses.parent
        self.assertFalse(directory.exists())
        webhook._make_directory()
        self.assertEqual(0o700, directory.stat().st_mode & 0o777)
        webhook._make_directory()
        directory.rmdir()
        directory.write_text("")
        error = self.assertRaises(StartError, webhook.startService)
        self.assertRegex(
            str(error),
            r"\Awebhook:hook.test: there can be no directory .* \(File exists\): name .*",
        )
        self.assertFalse(webhook.running)

    def test_named_directory(self) -> None:
        """The directory of an outbox that is named is not made, whatever became of it."""
        directory = Path(self.mktemp())
        self.refuse(f"https://hook.test/in#outbox={directory}/outbox", "make it first")
        directory.mkdir()
        webhook = self.make(f"https://hook.test/in#outbox={directory}/outbox")
        directory.rmdir()
        webhook._make_directory()
        self.assertFalse(directory.exists())

    def test_address(self) -> None:
        """An address that cannot be sent to, or should not be, is refused."""
        for argument, words in (
            ("", "say where"),
            ("hook.test", "say where"),
            ("ftp://hook.test/", "say where"),
            ("https://me:pass@hook.test/", "user or a password"),
            ("http://hook.test/", "use https"),
            ("https://hook.test/#evnts=chat", "no option 'evnts'"),
            ("https://hook.test/#events=chat,chats", "event named 'chats': perhaps chat is meant."),
            ("https://hook.test/#events=x,chat", "events: there is no event named 'x'."),
            ("https://hook.test/#events=chat,", "there is no event named ''."),
            ("https://hook.test/#batch=0", "batch must be"),
            ("https://hook.test/#batch=1&batch=2", "twice"),
        ):
            self.refuse(argument, words)

    def test_secret(self) -> None:
        """A secret that is missing or none is refused, and is not shown."""
        for secret, words in (
            ("", "set TIKTOKLIVE_WEBHOOK_SECRET"),
            ("hunter2", "must be whsec_"),
            ("whsec_!!!!", "must be whsec_"),
            ("whsec_QUJD", "24 to 64 bytes, not 3"),
        ):
            self.environ[SECRET] = secret
            self.refuse("https://hook.test/", words)

    def test_secret_file(self) -> None:
        """A file with the secret must be its owner's alone."""
        del self.environ[SECRET]
        path = Path(self.mktemp())
        path.write_text("whsec_" + "A" * 32 + "\nwhsec_" + "B" * 32 + "\n")
        path.chmod(0o644)
        self.refuse(f"https://hook.test/#secret-file={path}", "chmod 600")
        path.chmod(0o600)
        self.make(f"https://hook.test/#secret-file={path}")
        self.refuse(f"https://hook.test/#secret-file={path}&secret-env=X", "not both")
