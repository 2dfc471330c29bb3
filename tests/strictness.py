"""In CI no test leaves itself out: one that skips there fails, with the reason it gave.

At home a missing program costs only the tests that want it, and pytest's summary has a line for each.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest

IN_CI = bool(os.environ.get("CI"))


def not_left_out(report: Any) -> Any:
    """The report of a test or of a file's collection; failed where it was skipped and is no known failure."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"left out, which CI does not allow: {reason}"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Around pytest's own, which knows whether a skipped test is one that is expected to fail."""
    report = yield
    return not_left_out(report) if IN_CI else report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    """A whole file that leaves itself out, for a module that is not there."""
    report = yield
    return not_left_out(report) if IN_CI else report
