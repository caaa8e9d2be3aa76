"""The tests of tiktoklive; the folders mirror those of the package."""

import sys

if "unittest" in sys.modules:  # not for the benchmarks: it makes every collection of garbage longer
    from hypothesis import HealthCheck, settings

    # How long an example takes is the machine's business: nothing here asserts a time.
    settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("tests")
