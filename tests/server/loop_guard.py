"""Finds every statement that a database is given while an event loop waits for it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

TESTS = str(Path(__file__).parents[1])
BEFORE_SERVING = {
    ("opening.py", "open_server"),
    ("endpoints.py", "open_tracker_store"),
    ("assistant.py", "load"),
    ("data.py", "_do"),
}
"""Coroutines that run while nobody is served."""
found: list[str] = []


def _look(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    if asyncio._get_running_loop() is None:
        return
    frame, where = sys._getframe(1), []
    # As far as the loop itself; what a test calls in a loop of its own is the test's business.
    while frame is not None and not frame.f_code.co_filename.endswith("asyncio/events.py"):
        if frame.f_code.co_filename.startswith(TESTS) and frame.f_code.co_filename != __file__:
            return
        if "/beian/" in frame.f_code.co_filename:
            if (Path(frame.f_code.co_filename).name, frame.f_code.co_name) in BEFORE_SERVING:
                return
            where.append(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}")
        frame = frame.f_back
    found.append(f"{statement[:60]} at {' < '.join(where)}")


sa.event.listen(sa.engine.Engine, "before_cursor_execute", _look)


@pytest.fixture(autouse=True)
def no_database_in_the_loop() -> Iterator[None]:
    """Fail the test in which the server's event loop waited for a database."""
    found.clear()
    yield
    assert not found, found
