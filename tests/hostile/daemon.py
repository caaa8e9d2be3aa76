"""The daemon as a process, and what it costs: memory, processor time, lines in its log."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from tests.ports import free_port

#: The checkout, which the process imports.
CHECKOUT = Path(__file__).resolve().parent.parent.parent

#: Tokens of the control API and for reading.
CONTROL, READ = "c0ntr0l-t0ken-0f-the-tests", "re4d-t0ken-0f-the-tests"

#: A guest cookie.
TTWID = "1%7CgUeStCoOkIe-0f-the-tests"

#: The cookie of a session.
SESSION = "s3ss10n-c00kie-0f-the-tests"


class Daemon:
    """
    ``python -m tiktoklive`` in a folder of its own.

    :ivar place: the folder; ``events.jsonl`` and ``log`` are in it.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self.web = 0
        self._process: asyncio.subprocess.Process | None = None
        self._read: tuple[int, int] = (0, 0)
        self._events: list[dict[str, Any]] = []

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None

    async def start(
        self,
        port: int,
        *users: str,
        settings: str = "",
        outputs: tuple[str, ...] = (),
        environment: dict[str, str] | None = None,
        before: tuple[str, ...] = (),
    ) -> None:
        """
        Start it, with these users to follow.

        :param port: of the server that it takes for TikTok.
        :param settings: more lines of its configuration.
        :param before: a command that starts the command, such as one that fakes the time.
        """
        self.place.mkdir(parents=True, exist_ok=True)
        config = self.place / "settings.toml"
        base = f"//127.0.0.1:{port}"
        config.write_text(
            f'web_base = "http:{base}"\nwebcast_base = "http:{base}"\nws_base = "ws:{base}"\n'
            f"lookups_per_minute = 0\n{settings}"
        )
        config.chmod(0o600)
        self.web = free_port()
        outputs = (f"jsonl:{self.place / 'events.jsonl'}", f"web:tcp:{self.web}", *outputs)
        command = [*before, sys.executable, "-m", "tiktoklive", "--config", str(config)]
        for user in users:
            command += ["--user", user]
        for output in outputs:
            command += ["--output", output]
        variables = {
            **os.environ,
            "PYTHONPATH": str(CHECKOUT),
            "HOME": str(self.place),
            "XDG_STATE_HOME": str(self.place / "state"),
            "TIKTOKLIVE_TTWID": TTWID,
            "TIKTOKLIVE_WEB_TOKEN": CONTROL,
            "TIKTOKLIVE_WEB_READ_TOKEN": READ,
            **(environment or {}),
        }
        with (self.place / "log").open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                *command,
                cwd=self.place,
                env=variables,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=log,
            )

    async def stop(self) -> int:
        """Stop it in order; minus nine if it has to be killed, or was."""
        if self._process is None:
            return -9
        if self.alive:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), 30)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        assert self._process.returncode is not None
        return self._process.returncode

    def kill(self) -> None:
        """End it at once."""
        assert self._process is not None
        self._process.kill()
        self._process = None

    def hold(self) -> None:
        """Stop it as ``kill -STOP`` does."""
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it run again."""
        os.kill(self.pid, signal.SIGCONT)

    # --- what it costs

    def forget_peak(self) -> int:
        """From now on the peak counts anew; what it holds now, in KiB."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")
        return self._memory("VmRSS")

    def peak(self) -> int:
        """The most memory since then, in KiB."""
        return self._memory("VmHWM")

    def _memory(self, name: str) -> int:
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1])
        raise RuntimeError(f"The system tells no {name}.")

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        parts = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    # --- what it says

    def log(self) -> str:
        """All of its log."""
        return (self.place / "log").read_text("utf-8", "replace")

    def events(self) -> list[dict[str, Any]]:
        """All that its output told so far; a line that is being written is left out."""
        try:
            with (self.place / "events.jsonl").open("rb") as file:
                number = os.fstat(file.fileno()).st_ino
                at = self._read[1] if self._read[0] == number else 0  # else it was begun anew
                file.seek(at)
                whole = file.read().rpartition(b"\n")
        except FileNotFoundError:
            return self._events
        self._read = number, at + len(whole[0]) + len(whole[1])
        self._events += [json.loads(line) for line in whole[0].splitlines()]
        return self._events

    async def ask(self, method: str, path: str, content: Any = None) -> tuple[int, bytes]:
        """Ask its control API; status 0 if there is no answer."""
        body = b"" if content is None else json.dumps(content).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.web}\r\nConnection: close\r\n"
            f"Authorization: Bearer {CONTROL}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.web)
            writer.write(head.encode() + body)
            answer = await asyncio.wait_for(reader.read(), 30)
            writer.close()
        except (OSError, TimeoutError):
            return 0, b""
        status, _, rest = answer.partition(b"\r\n\r\n")
        return int(status.split(b" ")[1]), rest
