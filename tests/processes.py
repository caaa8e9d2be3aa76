"""Programs that tests start as processes of their own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from threading import Timer
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

CHECKOUT = Path(__file__).resolve().parent.parent


class ProcessTestCase(SynchronousTestCase):
    """Processes that are killed when they take too long, or the test is over."""

    def spawn(
        self,
        command: list[str],
        env: dict[str, str] | None = None,
        *,
        seconds: float = 60,
        **more: Any,
    ) -> subprocess.Popen[str]:
        """
        Start a program that finds this checkout; its standard output can be read.

        :param env: more variables of its environment.
        :param seconds: after these it is killed.
        """
        process = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT), **(env or {})},
            stdout=subprocess.PIPE,
            encoding="utf-8",
            **more,
        )
        timer = Timer(seconds, process.kill)
        timer.start()
        assert process.stdout is not None
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.addCleanup(timer.cancel)
        return process
