"""The daemon as a twistd process of its own, with what users of twistd expect of it."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any
from unittest import skipIf, skipUnless

from tests.processes import ProcessTestCase
from tests.wording import CLASS
from twisted import version as twisted_version

#: With what twistd ends for a command line that makes no sense: 0 in older versions.
SENSELESS = int((twisted_version.major, twisted_version.minor) >= (26, 10))

TWISTD = [sys.executable, "-c", "from twisted.scripts.twistd import run; run()"]

#: What the simulator says when it listens.
LISTENS = "users are live"


def nobody_can_read(*paths: str) -> bool:
    """Whether other users may read what Python imports."""
    places = [place for path in paths for place in Path(path).resolve().parents]
    return all(place.stat().st_mode & 0o005 == 0o005 for place in places)


@skipUnless(hasattr(os, "fork"), "twistd makes daemons on POSIX only")
class TwistdCase(ProcessTestCase):
    """Processes that are killed when they take too long."""

    def setUp(self) -> None:
        self.place = Path(self.mktemp()).absolute()
        self.place.mkdir()
        self.pidfile, self.log = self.place / "pid", self.place / "log"

    def start(self, *arguments: str, **more: Any) -> subprocess.Popen[str]:
        """Start twistd, in a directory of its own; its log is its standard output."""
        return self.spawn([*TWISTD, *arguments], cwd=self.place, stderr=subprocess.STDOUT, **more)

    def until(self, process: subprocess.Popen[str], words: str) -> str:
        """Read the log up to the line with these words."""
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if words in line:
                return line
        self.fail(f"{words!r} is not in: {''.join(lines)}")

    def status(self, process: subprocess.Popen[str], words: str) -> None:
        """Ask for the status, again and again, until it is that; then the reactor runs, too."""
        line = ""
        while words not in line:
            process.send_signal(signal.SIGUSR1)
            line = self.until(process, "@sim1: ")

    def stop(self, process: subprocess.Popen[str], number: int = signal.SIGTERM) -> str:
        """Send a signal, and give what is left of the log after an orderly end."""
        process.send_signal(number)
        assert process.stdout is not None
        said = process.stdout.read()
        # twistd shuts down in order, and then dies of the signal as others do.
        self.assertEqual(-number, process.wait(), said)
        self.assertNotIn("Traceback", said)
        self.assertNotIn("Unhandled", said)
        return said

    def silent(self) -> str:
        """Where somebody listens and never says a word."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        return "{}:{}".format(*listener.getsockname())

    def simulator(self) -> str:
        """Where a simulator listens, in a process of its own."""
        where = "tcp:0:interface=127.0.0.1"
        process = self.start("-n", "--pidfile=", "tiktoklive-simulator", "-n", "2", "-e", where)
        return self.until(process, LISTENS).split("--simulator ")[1].split()[0]


class ForegroundTests(TwistdCase):
    """``twistd -n``."""

    def follow(self, web: str, ws: str, *arguments: str) -> subprocess.Popen[str]:
        """Follow @sim1."""
        bases = "--web-base", f"http://{web}", "--webcast-base", f"http://{web}"
        own = "-n", f"--pidfile={self.pidfile}"
        return self.start(*own, "tiktoklive", "sim1", *bases, "--ws-base", f"ws://{ws}", *arguments)

    def test_resolving(self) -> None:
        """SIGTERM while a host that does not answer is asked for the room ends it in order."""
        process = self.follow(self.silent(), self.silent())
        self.until(process, "@sim1: resolving")
        self.status(process, "@sim1: resolving")
        self.assertEqual(str(process.pid), self.pidfile.read_text())
        self.assertIn("@sim1: stopped", self.stop(process))
        self.assertFalse(self.pidfile.exists())

    def test_connecting(self) -> None:
        """So it does while a socket that does not answer is being opened, and SIGINT too."""
        web, ws = self.simulator(), self.silent()
        for number in (signal.SIGTERM, signal.SIGINT):
            process = self.follow(web, ws)
            self.until(process, "@sim1: resolving")
            self.status(process, "@sim1: connecting")
            self.assertIn("@sim1: stopped", self.stop(process, number))

    def test_status(self) -> None:
        """SIGUSR1 lets it log one line for each room, and go on."""
        process = self.start("-n", "--pidfile=", "tiktoklive", "--simulate", "-o", "jsonl:events")
        self.until(process, "@sim2: live")
        for _ in range(2):
            process.send_signal(signal.SIGUSR1)
            for name in ("@sim1", "@sim2"):
                self.assertIn(": live in room", self.until(process, f"{name}: "))
        said = self.stop(process)
        self.assertIn("@sim2: stopped", said)
        self.assertNotIn("#debug", said)

    def test_cannot_start(self) -> None:
        """What is found to be wrong when it starts is told by one sentence, with status 1."""
        self.place.joinpath("diary").write_text("dear diary\n")
        last = self.cannot_start("tiktoklive", "--replay", "diary")
        self.assertRegex(last, r" The tape .*diary cannot be played: .* is no header.\n\Z")
        last = self.cannot_start("tiktoklive", "@anna", "-o", "sqlite:diary")
        self.assertIn("diary is no SQLite file: name another.", last)

    def test_senseless(self) -> None:
        """A senseless command line is told by one sentence, with twistd's status for it."""
        command = ("tiktoklive", "@anna", "-o", "web:127.0.0.1:1.5")
        last = self.cannot_start(*command, status=SENSELESS)
        self.assertIn("127.0.0.1:1.5 is no place to listen at", last)

    def test_port_taken(self) -> None:
        """So is a port that is taken, of an output, of the simulator and of its control."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            taken = f"tcp:{port}:interface=127.0.0.1"
            free = "tcp:0:interface=127.0.0.1"
            environ = {**os.environ, "TIKTOKLIVE_SIMULATOR_TOKEN": "simulate-0123456789abcdef"}
            for command in (
                ("tiktoklive", "--simulate", "-o", f"web:tcp:{port}"),
                ("tiktoklive-simulator", "-e", taken),
                ("tiktoklive-simulator", "-e", free, "--control", f"tcp:{port}"),
            ):
                with self.subTest(command):
                    last = self.cannot_start(*command, env=environ)
                    self.assertIn(str(port), last)
                    self.assertRegex(last, "Address already in use|listens there")

    def cannot_start(self, *arguments: str, status: int = 1, **more: Any) -> str:
        """The last line of what cannot start, and says so without a traceback."""
        process = self.start("-n", f"--pidfile={self.pidfile}", *arguments, **more)
        assert process.stdout is not None
        lines = process.stdout.readlines()
        self.assertEqual(status, process.wait(), lines)
        self.assertNotIn("Traceback", "".join(lines))
        self.assertIsNone(CLASS.search(lines[-1]), lines[-1])
        self.assertFalse(self.pidfile.exists())
        return lines[-1]

    @skipUnless(hasattr(os, "getuid") and os.getuid() == 0, "only root can become somebody else")
    @skipIf(
        not nobody_can_read(os.__file__, sys.executable, __file__),
        "this Python's files, or the checkout, are not for other users",
    )
    def test_user(self) -> None:
        """-u and -g: what it writes belongs to that user, and the directories that it makes."""
        nobody = pwd.getpwnam("nobody")
        self.place = Path(tempfile.mkdtemp())  # trial's are for root alone
        self.addCleanup(shutil.rmtree, self.place)
        os.chown(self.place, nobody.pw_uid, nobody.pw_gid)
        who = "-u", str(nobody.pw_uid), "-g", str(nobody.pw_gid)
        webhook = "webhook:http://127.0.0.1:9/#private=1"
        daemon = "tiktoklive", "--simulate", "--rate", "50", "-o", "jsonl:events", "-o", webhook
        environ = {
            "TIKTOKLIVE_WEBHOOK_SECRET": "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            "STATE_DIRECTORY": str(self.place / "new" / "state"),
        }
        process = self.start("-n", f"--pidfile={self.pidfile}", *who, *daemon, env=environ)
        self.until(process, "@sim2: live")
        self.stop(process)
        made = [self.place / "events", *(self.place / "new").rglob("*"), self.place / "new"]
        self.assertGreaterEqual(len(made), 5)  # two directories, the outbox and its lock
        for path in made:
            facts = path.stat()
            self.assertEqual((nobody.pw_uid, nobody.pw_gid), (facts.st_uid, facts.st_gid), path)

    @skipUnless(os.path.exists("/dev/log"), "nobody listens at /dev/log")
    def test_syslog(self) -> None:
        """--syslog: the log goes there, and nothing to standard output."""
        syslog = "--syslog", "--prefix=tiktoklive"
        daemon = "tiktoklive", "--simulate", "--rate", "50", "-o", "jsonl:-"
        process = self.start("-n", "--pidfile=", *syslog, *daemon)
        assert process.stdout is not None
        while json.loads(process.stdout.readline())["event"] != "chat":
            pass
        for line in self.stop(process).splitlines():
            json.loads(line)


class BackgroundTests(TwistdCase):
    """Without ``-n``."""

    def test_daemon(self) -> None:
        """It writes its pid, rotates its log and adds the status to it on SIGUSR1, and ends."""
        fifo = self.place / "events"
        os.mkfifo(fifo)
        ours, theirs = os.pipe()
        own = f"--pidfile={self.pidfile}", f"--logfile={self.log}"
        events = "-o", f"jsonl:{fifo}"
        starting = self.start(
            *own, "tiktoklive", "--simulate", "--rate", "50", *events, pass_fds=[theirs]
        )
        os.close(theirs)
        self.addCleanup(os.close, ours)
        assert starting.stdout is not None
        self.assertEqual(0, starting.wait(), starting.stdout.read())
        pid = int(self.pidfile.read_text())
        self.addCleanup(self.kill, pid)
        with fifo.open(encoding="utf-8") as lines:
            self.hear(lines, "sim1")
            self.hear(lines, "sim2")
            os.kill(pid, signal.SIGUSR1)
            for _ in range(100):  # two seconds of them
                lines.readline()
            os.kill(pid, signal.SIGTERM)
            self.assertIn('"disconnected"', lines.readlines()[-1])
        self.assertEqual(b"", os.read(ours, 1))  # until the process is gone
        self.assertFalse(self.pidfile.exists())
        self.assertIn("starting up", self.log.with_name("log.1").read_text())
        said = self.log.read_text()
        self.assertRegex(said, r"@sim1: live in room.*\n.*@sim2: live in room")
        self.assertIn("@sim2: stopped", said)

    def test_no_output(self) -> None:
        """What writes to standard output is refused in the background, which has none."""
        own = f"--pidfile={self.pidfile}", f"--logfile={self.log}"
        for outputs in ((), ("-o", "console"), ("-o", "jsonl:-")):
            ours, theirs = os.pipe()
            self.addCleanup(os.close, ours)
            starting = self.start(*own, "tiktoklive", "--simulate", *outputs, pass_fds=[theirs])
            os.close(theirs)
            assert starting.stdout is not None
            said = starting.stdout.read()
            self.assertEqual(1, starting.wait(), said)
            self.assertIn("no standard output in the background: use twistd -n", said)
            self.assertEqual(b"", os.read(ours, 1))  # until the process behind it is gone, too
            self.assertFalse(self.pidfile.exists())

    def test_never(self) -> None:
        """So is an output that can never work, with a reason and a status."""
        own = f"--pidfile={self.pidfile}", f"--logfile={self.log}"
        self.place.joinpath("diary").write_text("dear diary\n" * 100)
        ours, theirs = os.pipe()
        self.addCleanup(os.close, ours)
        command = ("tiktoklive", "--simulate", "-o", "sqlite:diary")
        starting = self.start(*own, *command, pass_fds=[theirs])
        os.close(theirs)
        assert starting.stdout is not None
        said = starting.stdout.read()
        self.assertEqual(1, starting.wait(), said)
        self.assertIn("sqlite:diary: ", said)
        self.assertEqual(b"", os.read(ours, 1))  # until the process that logs is gone, too
        self.assertIn("diary is no SQLite file: name another.", self.log.read_text())

    def test_moved(self) -> None:
        """SIGUSR1 after the file was moved: there is a new one at once, before any event."""
        events, tape = self.place / "events", self.place / "tape"
        process = self.start(
            *("-n", "--pidfile=", "tiktoklive", "--simulate", "--rate", "0.01"),
            *("-o", f"jsonl:{events}", "--record", str(tape)),
        )
        self.until(process, "@sim2: live")
        events.rename(self.place / "events.1")
        process.send_signal(signal.SIGUSR1)
        self.until(process, "events was moved away: writing goes on")
        self.stop(process)
        self.assertTrue(events.exists())

    @staticmethod
    def hear(lines: IO[str], anchor: str) -> None:
        """Read up to a comment of that user."""
        while True:
            event = json.loads(lines.readline())
            if (event["anchor"], event["event"]) == (anchor, "chat"):
                return

    @staticmethod
    def kill(pid: int) -> None:
        """If it is still there."""
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


class SocketActivationTests(TwistdCase):
    """A socket that systemd opened."""

    def test_listen(self) -> None:
        """An endpoint ``systemd:`` serves on it, here of the simulator."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            host, port = listener.getsockname()
            self.assertGreater(listener.fileno(), 2)
            where = "systemd:domain=INET:index=0"
            command = [*TWISTD, "-n", "--pidfile=", "tiktoklive-simulator", "-e", where]
            # systemd says whom it means, and hands over descriptors from 3 on.
            program = (
                "import os, sys; fd = int(sys.argv[1]); os.dup2(fd, 3);"
                "os.set_inheritable(3, True);"
                "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1');"
                "os.environ['LISTEN_FDNAMES'] = 'web';"
                "os.execv(sys.argv[2], sys.argv[2:])"
            )
            fd = str(listener.fileno())
            process = self.begin([sys.executable, "-c", program, fd, *command], listener.fileno())
            self.assertIn(f" {host}:{port}", self.until(process, "is live"))
        with socket.create_connection((host, port), timeout=20) as client:
            client.sendall(b"GET /@sim1/live HTTP/1.0\r\nHost: x\r\n\r\n")
            self.assertIn(b"HTTP/1.", client.makefile("rb").readline())
        self.stop(process)

    def begin(self, command: list[str], fd: int) -> subprocess.Popen[str]:
        """Start something else than twistd first."""
        twistd, TWISTD[:] = TWISTD[:], []
        try:
            return self.start(*command, pass_fds=[fd])
        finally:
            TWISTD[:] = twistd
