"""How long tests wait for what must come: far longer than it takes, so that a busy machine fails nothing.

What only takes longer than this never comes at all.
"""

import os
import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = float(os.environ.get("BEIAN_TEST_PATIENCE", "120"))
T = TypeVar("T")


def wait_for(found: Callable[[], T], every: float = 0.02) -> T:
    """What `found` gives as soon as it is something; fails after PATIENCE seconds."""
    end = time.monotonic() + PATIENCE
    while not (result := found()):
        assert time.monotonic() < end, "what was waited for did not come"
        time.sleep(every)
    return result
