"""Threads that actions run in, so that one that blocks stops nothing else."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from typing import Any

from rasa_sdk.executor import ActionExecutor


class Worker:
    """A thread with an event loop of its own, so that an action that blocks cannot stop the server.

    `begun` counts the calls it has begun.
    """

    def __init__(self) -> None:
        self.begun = 0
        self._retired = False
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, name="actions", daemon=True).start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()
        self.loop.close()

    def retire(self) -> None:
        """Let the thread end when it has done what it was given."""
        if not self._retired:
            self._retired = True
            asyncio.run_coroutine_threadsafe(self._finish(), self.loop)

    async def _finish(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others)
        self.loop.stop()


class Call:
    """One call of an action at one worker; whoever has `claim` decides whether it begins there."""

    def __init__(self, executor: ActionExecutor, call: dict[str, Any], worker: Worker) -> None:
        self._executor, self._call, self.worker = executor, call, worker
        self._claim = threading.Lock()
        self.future: Future[Any] = asyncio.run_coroutine_threadsafe(self._run(), worker.loop)

    async def _run(self) -> Any:
        if self.withdraw():
            self.worker.begun += 1
            return await self._executor.run(self._call)
        return None

    def withdraw(self) -> bool:
        """Keep it from beginning; False when it has begun already, or was withdrawn before."""
        return self._claim.acquire(blocking=False)
