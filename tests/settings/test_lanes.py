"""Lanes on the command line, in the environment and in a file."""

from __future__ import annotations

from tests.settings.case import SettingsCase

SECRET = "http://u:geheim@h:1"


class LaneFlagsTests(SettingsCase):
    """Where a lane is written, and where the password of its proxy."""

    def test_flags(self) -> None:
        """Each ``--lane`` is one more; the environment gives the proxy that has a password."""
        environ = {"TIKTOKLIVE_LANE_DE_1_PROXY": SECRET}
        given = ("--lane", "name=de-1", "--lane", "name=direct")
        settings = self.settings(*given, environ=environ)
        self.assertEqual((f"name=de-1,proxy={SECRET}", "name=direct"), settings.lanes)
        line = self.line("anna", *given, environ=environ)
        self.assertNotIn("geheim", f"{line!r} {line.plan!r} {line.plan.settings!r}")
        self.assertIn("TIKTOKLIVE_LANE_NAME_PROXY", line.getUsage(100))

    def test_environment_wins(self) -> None:
        """What the environment says of a lane's proxy counts; a comma in it is no end of it."""
        environ = {"TIKTOKLIVE_LANE_A_PROXY": "http://u:a,b@h:1"}
        settings = self.settings("--lane", "name=a,proxy=http://h:2", environ=environ)
        self.assertEqual(("name=a,proxy=http://u:a%2Cb@h:1",), settings.lanes)

    def test_file(self) -> None:
        """A file has a list of them, and with a password must be its owner's alone."""
        text = f"lanes = ['name=a,proxy={SECRET}', 'name=b,proxy=none']"
        settings = self.settings("--config", self.file(text))
        self.assertEqual((f"name=a,proxy={SECRET}", "name=b,proxy=none"), settings.lanes)
        said = self.refuse("--config", self.file(text, 0o644))
        self.assertIn("holds lanes and can be read by others", said)
        self.settings("--config", self.file("lanes = ['name=direct']", 0o644))

    def test_refused(self) -> None:
        """A password on the command line, a lane that would go straight out, and the like."""
        lane = "--lane=name=a,proxy=http://h:1"
        for given, environ, said in (
            ((f"--lane=name=a,proxy={SECRET}",), {}, "set TIKTOKLIVE_LANE_NAME_PROXY, or lanes in"),
            (("--lane=name=a",), {}, "must name a proxy for the lane a"),
            (("--lane=geheim",), {}, "--lane must look like name=NAME,proxy=ADDRESS"),
            ((lane, lane), {}, "another name for each"),
            ((lane,), {"TIKTOKLIVE_LANE_B_PROXY": SECRET}, "TIKTOKLIVE_LANE_B_PROXY is the proxy"),
            ((), {"TIKTOKLIVE_LANE_B_PROXY": SECRET}, "of a lane that there is not"),
            ((lane,), {"TIKTOKLIVE_LANE_A_PROXY": "u:geheim"}, "TIKTOKLIVE_LANE_A_PROXY must be"),
            ((lane, "--proxy=http://h:2"), {}, "make the proxy a lane"),
            ((lane,), {"TIKTOKLIVE_PROXY": SECRET}, "make the proxy a lane"),
        ):
            answer = self.refuse(*given, environ=dict(environ))
            self.assertIn(said, answer)
            self.assertNotIn("geheim", answer)
