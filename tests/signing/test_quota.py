"""What the headers of sign servers tell of how often they may be asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tests.signing.test_refusal import DATE, TIME, answer
from tiktoklive.pacing.budget import Quota, window_of
from tiktoklive.signing.quota import end_of, quota_of, retry_after_of


class RetryAfterTests(SynchronousTestCase):
    """How long to wait, in every form that is in use (wire facts §9.6)."""

    def test_forms(self) -> None:
        """Durations, points in time and dates are all told as seconds from now."""
        for wanted, headers in (
            (17.0, {"Retry_After": "17"}),
            (1.5, {"RETRY_AFTER": " 1.5 "}),
            (60.0, {"Retry_After": "Fri, 02 Jan 2026 10:01:00 GMT", "Date": DATE}),
            (60.0, {"Retry_After": "Fri, 02 Jan 2026 10:01:00 -0000", "Date": DATE}),
            (30.0, {"X_RateLimit_Reset": str(TIME + 30), "Date": DATE}),
            (30.0, {"x_ratelimit_reset": "30", "Date": DATE}),
            (30.0, {"RateLimit_Reset": str(TIME + 30), "Date": DATE}),
            (40.0, {"RateLimit_Reset": "40"}),
            (0.0, {"Retry_After": "0"}),
            (0.0, {"X_RateLimit_Reset": str(TIME - 30), "Date": DATE}),
            (999_999_999.0, {"RateLimit_Reset": "999999999"}),
            (None, {}),
            (None, {"Retry_After": "soon", "RateLimit_Reset": "-5"}),
            (None, {"RateLimit_Remaining": "7", "X_RateLimit_Remaining": "8"}),
        ):
            self.assertEqual(wanted, retry_after_of(answer(**headers)), headers)

    def test_precedence(self) -> None:
        """Retry-After goes first; one that cannot be read is passed over."""
        both = {"X_RateLimit_Reset": "9", "RateLimit_Reset": "8"}
        self.assertEqual(7.0, retry_after_of(answer(Retry_After="7", **both)))
        self.assertEqual(9.0, retry_after_of(answer(Retry_After="x", **both)))

    def test_whose_clock(self) -> None:
        """A point in time counts from the answer's own date, without one from the time given."""
        reset = answer(RateLimit_Reset=str(TIME + 30))
        self.assertIsNone(retry_after_of(reset))
        self.assertEqual(20.0, retry_after_of(reset, TIME + 10))
        dated = answer(RateLimit_Reset=str(TIME + 30), Date=DATE)
        self.assertEqual(30.0, retry_after_of(dated, TIME + 10))

    @given(
        st.dictionaries(
            st.sampled_from(["Retry_After", "X_RateLimit_Reset", "RateLimit_Reset", "Date"]),
            st.text() | st.floats().map(str) | st.integers().map(str) | st.datetimes().map(str),
        ),
        st.none() | st.floats(0, 1e10),
    )
    def test_anything(self, headers: dict[str, str], now: float | None) -> None:
        """Whatever the headers say, it is a number of seconds or none."""
        wait = retry_after_of(answer(**headers), now)
        self.assertTrue(wait is None or 0 <= wait < 1e13, wait)


class WindowTests(SynchronousTestCase):
    """Which limit was reached, and until when."""

    def test_labels(self) -> None:
        """The word that names a limit may be the label, or stand in the message."""
        for wanted, said in (
            (86_400, ("rate_limit_account_day", "")),
            (3600, ("", "You hit 'rate_limit_ip_hour'.")),
            (60, ("rate_limit_account_minute", "rate_limit_account_day")),
            (0, ("", "")),
            (0, ("account_day", "come back another day; rate_limit_day_old, rate_limit_")),
        ):
            self.assertEqual(wanted, window_of(*said), said)

    def test_end(self) -> None:
        """A window ends with the hour or the day in UTC, by the server's clock rather than ours."""
        self.assertEqual(14 * 3600, end_of(86_400, answer(), TIME))
        self.assertEqual(14 * 3600, end_of(86_400, answer(Date=DATE), TIME + 7000))
        self.assertEqual(1800, end_of(3600, answer(), TIME + 1800))
        self.assertEqual(60, end_of(86_400, answer(), TIME - 10 * 3600 - 1), "not at once")
        self.assertEqual(86_400, end_of(86_400, answer()), "nobody knows what time it is")

    @given(st.text(), st.text())
    def test_any_words(self, label: str, said: str) -> None:
        """Whatever is said, it is one of the windows or none."""
        self.assertIn(window_of(label, said), (0, 60, 3600, 86_400))


class QuotaTests(SynchronousTestCase):
    """How often it may still be asked (wire facts §9.6)."""

    def test_forms(self) -> None:
        """Both families of headers are understood, and only what is there is told."""
        for wanted, headers in (
            (Quota(), {}),
            (Quota(), {"Retry_After": "9"}),
            (Quota(10, 9, 30.0), _told("X_RateLimit", "10", "9", str(TIME + 30))),
            (Quota(10, 9, 30.0), _told("RateLimit", "10", "9", "30")),
            (Quota(None, 0), {"ratelimit_remaining": "0"}),
            (Quota(2500), {"RateLimit_Limit": " 2500 "}),
            (Quota(10, None, None, 60.0), {"RateLimit_Limit": "10;w=60"}),
            (Quota(10, 4), {"RateLimit_Limit": "10, 50;w=3600", "RateLimit_Remaining": "4, 49"}),
            (Quota(), _told("RateLimit", "many", "-1", "soon")),
            (Quota(None, 3), _told("RateLimit", "0", "3", "")),
        ):
            self.assertEqual(wanted, quota_of(answer(200, Date=DATE, **headers)), headers)

    def test_precedence(self) -> None:
        """What one family does not tell, the other may."""
        both = {"X_RateLimit_Limit": "10", "RateLimit_Limit": "20", "RateLimit_Remaining": "5"}
        self.assertEqual(Quota(10, 5), quota_of(answer(200, **both)))

    @given(st.dictionaries(st.sampled_from(["RateLimit_Limit", "RateLimit_Remaining"]), st.text()))
    def test_anything(self, headers: dict[str, str]) -> None:
        """Whatever the headers say, it is a count or none."""
        quota = quota_of(answer(200, **headers))
        self.assertTrue(quota.limit is None or quota.limit > 0)
        self.assertTrue(quota.remaining is None or quota.remaining >= 0)


def _told(family: str, limit: str, remaining: str, reset: str) -> dict[str, str]:
    return {
        f"{family}_Limit": limit,
        f"{family}_Remaining": remaining,
        f"{family}_Reset": reset,
    }
