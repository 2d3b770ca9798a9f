"""What holds for every test: time never fails one."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # A push must not be red for an example that no other run sees; at one's own desk the search goes on.
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("house")
