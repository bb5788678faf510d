"""What all tests share."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("suite", settings.get_profile("any machine"), derandomize=True)
settings.register_profile("explore", settings.get_profile("any machine"), derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
"""The suite tries the same examples each time, so that it fails where the code changed and nowhere else; `explore` looks for new ones.
Neither depends on the speed of the machine."""
