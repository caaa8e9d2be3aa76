"""A real browser, driven by the W3C's WebDriver protocol: as much of it as our tests need.

All of it blocks: call it from another thread than the reactor's.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
from http.client import HTTPConnection
from typing import Any

_DRIVER = shutil.which("chromedriver")
_BROWSER = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)

#: Why no browser can be driven here; empty when one can.
MISSING = "" if _DRIVER and _BROWSER else "there is no chromium with a chromedriver here"

#: Seconds that a condition of a page may take to come true.
PATIENCE = 15

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    # No name is looked up, whatever a page asks for: what it asked for is in the log.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    # Nor does a page rest because nobody looks at it.
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
)

_NO_EXTENSIONS = "--disable-extensions"


class BrowserError(Exception):
    """The browser could not do what was asked of it."""


class Browser:
    """One browser with one page.

    :param width: of the page, in CSS pixels.
    :param extension: the folder of one that it has.
    """

    def __init__(self, width: int = 1280, height: int = 860, extension: str = "") -> None:
        if MISSING:
            raise BrowserError(MISSING)
        self._profile = tempfile.mkdtemp(prefix="tiktoklive-browser-")
        self._driver = subprocess.Popen(
            [str(_DRIVER), "--port=0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            # The browser writes its caches into the home of whoever runs it.
            env={**os.environ, "HOME": self._profile},
        )
        self._session = ""
        self._extension = [f"--load-extension={extension}"] if extension else [_NO_EXTENSIONS]
        try:
            self._begin(width, height)
        except BaseException:
            self.close()
            raise

    def _begin(self, width: int, height: int) -> None:
        assert self._driver.stdout is not None
        for line in self._driver.stdout:
            if found := re.search(r"started successfully on port (\d+)", line):
                break
        else:
            raise BrowserError("chromedriver did not start")
        self._http = HTTPConnection("127.0.0.1", int(found[1]), timeout=2 * PATIENCE)
        chrome = {
            "binary": _BROWSER,
            "args": [
                *_FLAGS,
                *self._extension,
                f"--user-data-dir={self._profile}/profile",
                f"--window-size={width},{height}",
            ],
        }
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": chrome,
            "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
        }
        answer = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._session = f"/session/{answer['sessionId']}"
        self._ask("POST", f"{self._session}/timeouts", {"script": PATIENCE * 1000})

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        text = None if method != "POST" else json.dumps(body or {})
        self._http.request(method, path, text, {"Content-Type": "application/json"})
        answer = self._http.getresponse()
        value = json.loads(answer.read())["value"]
        if answer.status != 200:
            raise BrowserError(f"{value['error']}: {value['message']}".partition("\nStacktrace")[0])
        return value

    def close(self) -> None:
        """End the browser, and leave nothing of it."""
        try:
            if self._session:
                self._ask("DELETE", self._session)
                self._http.close()
        finally:
            self._driver.terminate()
            self._driver.wait(10)
            if self._driver.stdout is not None:
                self._driver.stdout.close()
            shutil.rmtree(self._profile, ignore_errors=True)

    # --- pages ----------------------------------------------------------------------------

    def open(self, address: str) -> None:
        """Load a page."""
        self._ask("POST", f"{self._session}/url", {"url": address})

    def open_tab(self) -> None:
        """Go to a new tab, in front of the one that was there."""
        handle = self._ask("POST", f"{self._session}/window/new", {"type": "tab"})["handle"]
        self._ask("POST", f"{self._session}/window", {"handle": handle})

    def close_tab(self) -> None:
        """Close the tab in front, and go back to the first one."""
        self._ask("DELETE", f"{self._session}/window")
        first = self._ask("GET", f"{self._session}/window/handles")[0]
        self._ask("POST", f"{self._session}/window", {"handle": first})

    def run(self, script: str, *arguments: Any) -> Any:
        """Run the body of a function in the page; ``arguments`` are its arguments."""
        body = {"script": script, "args": list(arguments)}
        return self._ask("POST", f"{self._session}/execute/sync", body)

    def run_async(self, script: str) -> Any:
        """Run the body of a function in the page, and wait for what it gives its argument."""
        return self._ask("POST", f"{self._session}/execute/async", {"script": script, "args": []})

    def wait(self, condition: str, *arguments: Any) -> Any:
        """Wait until an expression is true in the page.

        :return: its value.
        :raise BrowserError: it did not become true in time; says what the page shows.
        """
        value = condition.replace("arguments", "args")
        script = f"""
            const args = [...arguments], done = args.pop(), until = Date.now() + args.pop();
            (function look() {{
                const value = (() => {value})();
                if (value || Date.now() > until) done(value || null);
                else setTimeout(look, 20);
            }})();
        """
        body = {"script": script, "args": [*arguments, (PATIENCE - 1) * 1000]}
        value = self._ask("POST", f"{self._session}/execute/async", body)
        if not value:
            shown = self.run("return document.body.innerText.slice(0, 1500)")
            said = "\n".join(each[:200] for each in self.complaints()[-5:])
            raise BrowserError(f"never true: {condition}\n{said}\nThe page shows:\n{shown}")
        return value

    def click(self, selector: str) -> None:
        """Click on an element as a person would: it must be there, visible and not covered."""
        found = self._ask(
            "POST", f"{self._session}/element", {"using": "css selector", "value": selector}
        )
        [element] = found.values()
        self._ask("POST", f"{self._session}/element/{element}/click")

    def press(self, *keys: str) -> None:
        """Press and release keys, one after the other."""
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keyboard", "actions": strokes}]
        self._ask("POST", f"{self._session}/actions", {"actions": actions})

    def devtools(self, command: str, **parameters: Any) -> Any:
        """A command of Chrome's own protocol."""
        body = {"cmd": command, "params": parameters}
        return self._ask("POST", f"{self._session}/goog/cdp/execute", body)

    def resize(self, width: int, height: int, *, phone: bool = False) -> None:
        """Give the page another size, and on a phone the density of a phone."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if phone else 1,
            mobile=phone,
        )

    def prefer(self, **features: str) -> None:
        """Let media features be: ``prefers_color_scheme="dark"``."""
        wanted = [{"name": k.replace("_", "-"), "value": v} for k, v in features.items()]
        self.devtools("Emulation.setEmulatedMedia", features=wanted)

    def screenshot(self) -> bytes:
        """What is to be seen, as PNG."""
        return base64.b64decode(self._ask("GET", f"{self._session}/screenshot"))

    # --- what it did ------------------------------------------------------------------------

    def _log(self, kind: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self._ask("POST", f"{self._session}/se/log", {"type": kind})
        return entries

    def requested(self) -> list[str]:
        """The addresses that pages asked for since the last call, blocked or not."""
        messages = [json.loads(each["message"])["message"] for each in self._log("performance")]
        return [
            each["params"]["request"]["url"]
            for each in messages
            if each["method"] == "Network.requestWillBeSent"
        ]

    def complaints(self) -> list[str]:
        """What the pages or the browser said on the console since the last call."""
        return [each["message"] for each in self._log("browser")]
