"""Work that waits for a database, done in threads beside the event loop.

Each store has its own: writes one after another where the database takes one writer at a time, reads
beside them, and long work (a search, a period's numbers) in threads of its own, so that none of them holds
up another. A job that has not begun after WAIT_SECONDS fails as the database would: nothing was done.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, TypeVar

from beian.store.database import STATEMENT_SECONDS, StoreError, patience, wait_until

T = TypeVar("T")

WAIT_SECONDS = 5.0
"""How long a request waits for its turn and for a lock, together, before it is told to come again."""
LONG_SECONDS = 60.0
"""The same for long work."""
READERS, LONG = 4, 2


class _Job(threading.local):
    """What this thread is working for."""

    loop: asyncio.AbstractEventLoop | None = None


_job = _Job()


def on_loop(callback: Callable[..., Any], *arguments: Any) -> None:
    """Call back in the event loop that asked for the job of this thread; at once where this is no job.

    Calls arrive in the order they are made, and before whoever asked hears of the job's end.
    """
    if _job.loop is None:
        callback(*arguments)
    else:
        _job.loop.call_soon_threadsafe(callback, *arguments)


class StoreThreads:
    """The threads of one store; they begin with the first job."""

    def __init__(self, name: str, writers: int = 1) -> None:
        self._writers = ThreadPoolExecutor(writers, f"{name}-write")
        self._readers = ThreadPoolExecutor(READERS, f"{name}-read")
        self._long = ThreadPoolExecutor(LONG, f"{name}-long")

    async def write(self, work: Callable[..., T], *arguments: Any) -> T:
        """What `work(*arguments)` returns or raises; StoreError when it could not begin in time."""
        return await _run(self._writers, WAIT_SECONDS, work, arguments)

    async def read(self, work: Callable[..., T], *arguments: Any) -> T:
        """The same, beside the writers."""
        return await _run(self._readers, WAIT_SECONDS, work, arguments)

    async def long(self, work: Callable[..., T], *arguments: Any) -> T:
        """The same, for what takes more than a moment."""
        return await _run(self._long, LONG_SECONDS, work, arguments)

    def close(self) -> None:
        """Begin nothing new; what runs goes on to its end."""
        for pool in (self._writers, self._readers, self._long):
            pool.shutdown(wait=False, cancel_futures=True)


async def _run(pool: Executor, seconds: float, work: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    loop, until = asyncio.get_running_loop(), time.monotonic() + seconds

    def job() -> T:
        if time.monotonic() >= until:
            raise StoreError("the store is busy")
        _job.loop = loop
        try:
            with wait_until(until), patience(max(seconds, STATEMENT_SECONDS)):
                return work(*arguments)
        finally:
            _job.loop = None

    try:
        future = loop.run_in_executor(pool, job)
    except RuntimeError as error:
        raise StoreError("the store is closed") from error
    return await future
