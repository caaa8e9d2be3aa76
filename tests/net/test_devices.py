"""The browsers that guests have."""

from __future__ import annotations

import re
from random import Random

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.net.identity import DEVICES, choose_device


class DeviceTests(SynchronousTestCase):
    """The presets."""

    def test_agree_with_themselves(self) -> None:
        """User-Agent, platform and operating system of every device fit each other."""
        signs = {"windows": "Windows NT", "mac": "Macintosh", "linux": "X11; Linux"}
        platforms = {"windows": "Win32", "mac": "MacIntel", "linux": "Linux x86_64"}
        for device in DEVICES:
            self.assertIn(signs[device.os], device.user_agent)
            self.assertEqual(platforms[device.os], device.platform)
            self.assertEqual("Mozilla", device.browser_name)
            self.assertEqual(device.user_agent, f"Mozilla/{device.browser_version}")

    def test_believable(self) -> None:
        """All are of this decade's browsers, with a locale of the usual form."""
        for device in DEVICES:
            self.assertRegex(device.user_agent, r"(Chrome/14\d|Firefox/1[45]\d|Version/26)")
            self.assertRegex(device.locale, r"^[a-z]{2}-[A-Z]{2}$")
            self.assertEqual(f"{device.locale},en;q=0.9", device.accept_language)
            self.assertTrue(re.fullmatch(r"[A-Z]\w+/\w+", device.tz_name))
        self.assertEqual(len(DEVICES), len(set(DEVICES)))

    def test_choice(self) -> None:
        """The choice follows the random numbers given, and avoids a refused User-Agent."""
        self.assertEqual(choose_device(Random(3)), choose_device(Random(3)))
        self.assertGreater(len({choose_device(Random(seed)) for seed in range(50)}), 10)
        for seed in range(50):
            first = choose_device(Random(seed))
            second = choose_device(Random(seed), other_than=first)
            self.assertNotEqual(first.user_agent, second.user_agent)


class AgentTests(SynchronousTestCase):
    """A device that becomes the one of another User-Agent."""

    def test_other(self) -> None:
        """Platform and browser follow the User-Agent, all else stays."""
        device = DEVICES[0]
        for agent, platform, os in (
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) A/1", "Win32", "windows"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X) A/1", "MacIntel", "mac"),
            ("Mozilla/5.0 (X11; Linux x86_64) A/1", "Linux x86_64", "linux"),
            ("Other/2", device.platform, device.os),
        ):
            other = device.with_agent(agent)
            self.assertEqual((agent, platform, os), (other.user_agent, other.platform, other.os))
            self.assertEqual((device.tz_name, device.width), (other.tz_name, other.width))
            self.assertEqual(agent.partition("/")[2], other.browser_version)

    def test_same(self) -> None:
        """With its own User-Agent it is the same."""
        for device in DEVICES:
            self.assertIs(device, device.with_agent(device.user_agent))

    def test_presets(self) -> None:
        """Platforms are told from User-Agents as the presets have them."""
        for device in DEVICES:
            other = DEVICES[0].with_agent(device.user_agent)
            self.assertEqual((device.platform, device.os), (other.platform, other.os))
