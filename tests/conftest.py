"""What all tests share."""

import os

from hypothesis import settings

settings.register_profile("suite", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
"""The suite tries the same examples each time, so that it fails where the code changed and nowhere else; `explore` looks for new ones."""
