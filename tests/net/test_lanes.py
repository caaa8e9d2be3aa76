"""Lanes as they are written."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.net.lanes import LaneAddress, lane_list, parse_lane, read_lanes


class ParseTests(SynchronousTestCase):
    """One lane, and several."""

    def test_parts(self) -> None:
        """A lane is its name, its proxy, and whether it has the session, in any order."""
        for text, lane in (
            ("name=direct", LaneAddress("direct")),
            ("proxy=socks5://h, name=de-1", LaneAddress("de-1", "socks5://h")),
            ("name=x,proxy=none,session=yes", LaneAddress("x", "none", True)),
        ):
            self.assertEqual(lane, parse_lane(text))
        self.assertIsNone(parse_lane("name=x,proxy=none").address)
        self.assertEqual("http://h:1", parse_lane("name=x,proxy=http://h:1").address)

    def test_refused(self) -> None:
        """What is no lane is refused with its form, and an address is never shown."""
        for text in (
            *("", "geheim", "proxy=http://h", "name=", "name=a b", "name=a_b", "name=" + "a" * 31),
            *("name=a,name=b", "name=a,session=no", "name=a,proxy=h:1", "name=a,lane=b"),
            *("name=a,proxy=http://u:geheim,x@h:1", "name=a,proxy=socks4://u:geheim@h"),
        ):
            error = self.assertRaises(ValueError, parse_lane, text)
            self.assertTrue(str(error).startswith("must "), error)
            self.assertNotIn("geheim", str(error))

    def test_list(self) -> None:
        """Names differ in more than capitals, and one lane at most has the session."""
        good = ("name=a,proxy=http://h:1", "name=direct")
        self.assertEqual(good, lane_list(good))
        for bad in (("name=a", "name=A"), ("name=a,session=yes", "name=b,session=yes")):
            self.assertRaises(ValueError, lane_list, bad)

    def test_read(self) -> None:
        """The first has the session unless another one does; one without a proxy says so."""
        first, second = read_lanes(["name=Direct", "name=a,proxy=http://h:1"])
        self.assertEqual((True, False), (first.session, second.session))
        first, second = read_lanes(["name=direct", "name=a,proxy=none,session=yes"])
        self.assertEqual((False, True), (first.session, second.session))
        error = self.assertRaises(ValueError, read_lanes, ["name=de"])
        self.assertIn("must name a proxy for the lane de, or say proxy=none", str(error))
