"""What a test needs beyond Python: where it is missing the test says what to install.

`.ci/run` installs everything and sets `EVERY_TEST=true`, so that nothing is passed over there unseen.
"""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(sentence: str, *, fails_in_ci: bool = False) -> NoReturn:
    """Skip the test with `sentence`; fail where every test must run, or (for a browser) wherever `CI=true`."""
    if os.environ.get("EVERY_TEST") == "true" or (fails_in_ci and os.environ.get("CI") == "true"):
        pytest.fail(sentence)
    pytest.skip(sentence)
