"""What is logged of users who are not followed any more."""

from __future__ import annotations

from twisted.logger import capturedLogs, formatEvent

from tests.serving import ServiceTestCase


class ReasonsTests(ServiceTestCase):
    """Why nobody is left, and who was not followed."""

    def test_reasons(self) -> None:
        """That nobody is left is logged with the reasons, which are not said again in the end."""
        self.service.when_over()
        with capturedLogs() as logged:
            self.start("nobody")
            self.service.stopService()
        lines = [str(formatEvent(each)) for each in logged]
        told = [line for line in lines if "@nobody: TikTok knows no @nobody" in line]
        self.assertEqual(1, len(told), lines)
        self.assertTrue(told[0].startswith("No user is left to follow. "), lines)

    def test_reasons_in_the_end(self) -> None:
        """Who was not followed, beside others who were, is logged in the end."""
        self.start("nobody", "alice")
        with capturedLogs() as logged:
            self.service.stopService()
        lines = [str(formatEvent(each)) for each in logged]
        words = "Not followed in the end: @nobody: TikTok knows no @nobody"
        self.assertEqual(1, sum(line.startswith(words) for line in lines), lines)
