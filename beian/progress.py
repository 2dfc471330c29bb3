"""One way to tell a person at the terminal what is going on."""

from __future__ import annotations

import sys
import time

PREFIX = "  ["
_BEGUN = time.monotonic()


def report(line: str) -> None:
    """Write one progress line with the seconds since start to standard error."""
    sys.stderr.write(f"{PREFIX}{time.monotonic() - _BEGUN:6.1f} s] {line}\n")
    sys.stderr.flush()
