"""The tests of tiktoklive; the folders mirror those of the package."""

from hypothesis import HealthCheck, settings

# How long an example takes is the machine's business: nothing here is an assertion about time.
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")
