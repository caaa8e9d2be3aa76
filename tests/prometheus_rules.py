"""
``python -m tests.prometheus_rules``: the documented rules, with Prometheus itself.

Every outage of :mod:`tests.outputs.metrics.outages` is played in memory, and its pages are kept.  A
Prometheus then reads them from a server of ours, all outages at the same time, sixty times as
fast: a minute of the rules and of the outage is a second.  What fired in each is compared with what
has to.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from tests.outputs.metrics.documented import documented_rules
from tests.outputs.metrics.outages import EVERY, OUTAGES, pages_of
from tests.ports import free_port

#: How many times as fast as it happened.
SPEED = 60
#: Seconds for which Prometheus may take to start.
PATIENCE = 30


def faster(rules: str) -> str:
    """The rules with their times, and the seconds that they compare, as much shorter."""

    def shorter(found: re.Match[str]) -> str:
        seconds = int(found[1]) * {"m": 60, "h": 3600}[found[2]]
        return f"{seconds * 1000 // SPEED}ms"

    # Each outage is a fleet of its own here, and all of them are one job.
    rules = rules.replace("by (job)", "by (job, instance)")
    return re.sub(r"\b(\d+)([mh])\b", shorter, rules)


class Pages(BaseHTTPRequestHandler):
    """Serves the pages of outages: each begins with its first visit."""

    pages: dict[str, list[str | None]]
    began: dict[str, float]

    def do_GET(self) -> None:
        """The page that was read when so much time had passed."""
        name, now = self.path.strip("/"), time.monotonic()
        pages = self.pages[name]
        number = int((now - self.began.setdefault(name, now)) * SPEED / EVERY)
        page = pages[min(number, len(pages) - 1)]
        if page is None:
            self.send_error(503)
            return
        self.send_response(200)
        self.send_header("content-type", "text/plain; version=0.0.4")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *arguments: Any) -> None:
        """Nothing."""


def config(address: str) -> str:
    """What Prometheus is to read: each outage is an instance."""
    every = EVERY * 1000 // SPEED
    jobs = "".join(
        f"""
  - job_name: {name}
    metrics_path: /{name}
    static_configs: [{{targets: ["{address}"], labels: {{instance: {name}}}}}]
    relabel_configs: [{{target_label: job, replacement: tiktoklive}}]"""
        for name in OUTAGES
    )
    return (
        f"global: {{scrape_interval: {every}ms, scrape_timeout: {every}ms, "
        f"evaluation_interval: {every}ms}}\nrule_files: [rules.yml]\nscrape_configs:{jobs}\n"
    )


def ask(base: str, query: str) -> list[Any]:
    """What Prometheus answers."""
    with urlopen(f"{base}/api/v1/query?query={quote(query)}") as answer:
        found: list[Any] = json.load(answer)["data"]["result"]
    return found


def wait_for_visits(process: subprocess.Popen[bytes]) -> None:
    """Until it has been everywhere; it takes its time to begin."""
    for _ in range(PATIENCE * 10):
        if len(Pages.began) == len(Pages.pages):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit("Prometheus does not start.")


def fired(folder: Path, prometheus: str, pages: dict[str, list[str | None]]) -> dict[str, set[str]]:
    """Which alerts Prometheus fires in each outage."""
    Pages.pages, Pages.began = pages, {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    (folder / "rules.yml").write_text(faster(documented_rules()))
    (folder / "config.yml").write_text(config("{}:{}".format(*server.server_address)))
    address = f"127.0.0.1:{free_port()}"
    process = subprocess.Popen(
        [
            prometheus,
            f"--config.file={folder / 'config.yml'}",
            f"--storage.tsdb.path={folder / 'data'}",
            f"--web.listen-address={address}",
            "--log.level=error",
        ]
    )
    try:
        wait_for_visits(process)
        longest = max(map(len, pages.values())) * EVERY / SPEED
        time.sleep(longest + 2)
        found: dict[str, set[str]] = defaultdict(set)
        query = 'present_over_time(ALERTS{alertstate="firing"}[1h])'
        for each in ask(f"http://{address}", query):
            found[each["metric"]["instance"]].add(each["metric"]["alertname"])
        return found
    finally:
        process.terminate()
        process.wait()
        server.shutdown()


def main() -> int:
    """The exit status: 1 if something fired that must not, or did not that must."""
    prometheus = shutil.which("prometheus")
    if prometheus is None:
        sys.stdout.write("skipped: Prometheus is not installed (Debian's package prometheus)\n")
        return 0
    sys.stdout.write(f"{len(OUTAGES)} outages are played in memory ...\n")
    pages = {name: pages_of(outage) for name, outage in OUTAGES.items()}
    sys.stdout.write("... and read by Prometheus.\n")
    with tempfile.TemporaryDirectory() as folder:
        found = fired(Path(folder), prometheus, pages)
    wrong = 0
    for name, outage in OUTAGES.items():
        right = found[name] == outage.alerts
        wrong += not right
        said = ", ".join(sorted(found[name])) or "nothing"
        expected = "" if right else f", and not {', '.join(sorted(outage.alerts)) or 'nothing'}"
        sys.stdout.write(f"{'ok   ' if right else 'WRONG'} {name:<24} {said}{expected}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
