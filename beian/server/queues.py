"""What waits for its answer: one queue a conversation, and what an earlier or another process left behind."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Coroutine
from typing import Any

from beian.engine.assistant import Assistant
from beian.server.answering import Answering
from beian.server.metrics import Metrics
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError

logger = logging.getLogger(__name__)

QUIET_SECONDS = 45.0
"""How long nothing happens with a message before its server is taken for gone. A turn takes less, and so
does the longest pause."""
_LOOK_SECONDS = 0.01


class Queues(Answering):
    """The messages of a conversation are answered one after another, those of several side by side."""

    def __init__(self, assistant: Assistant, store: ConversationStore, metrics: Metrics) -> None:
        super().__init__(assistant, store, metrics)
        self.quiet_seconds = QUIET_SECONDS
        self._queues: dict[str, list[int]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> int:
        """Accepted messages that wait for their answer."""
        return sum(map(len, self._queues.values()))

    def enqueue(self, conversation: str, number: int) -> None:
        """Have the assistant answer message `number`."""
        queue = self._queues.get(conversation)
        if queue is not None:
            queue.append(number)
        else:
            self._queues[conversation] = [number]
            self._begin(self._work(conversation))
        self.metrics.queue.set(self.waiting)

    async def answered_so_far(self, conversation: str, seconds: float = 10.0) -> bool:
        """Wait until the messages accepted so far are answered; False when that takes longer."""
        until = time.monotonic() + seconds
        last = self._queues.get(conversation, [None])[-1]
        while last is not None and last in self._queues.get(conversation, ()):
            if time.monotonic() >= until:
                return False
            await asyncio.sleep(_LOOK_SECONDS)
        return True

    def _begin(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_event_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, conversation: str) -> None:
        queue = self._queues[conversation]
        try:
            while queue and not self.stopping:
                await self._settle(conversation, queue[0])
                number = queue.pop(0)
                if not self.stopping:
                    self._tries.pop((conversation, number), None)
                self.metrics.queue.set(self.waiting)
        finally:
            del self._queues[conversation]
            self.metrics.queue.set(self.waiting)

    # --- what was left behind -----------------------------------------------------------------------

    async def try_again(self, seconds: float = 10.0) -> None:
        """Answer what was at work when an earlier process died, before anything else comes in.

        A message that kills the process does so here again, where none but it is counted. Whatever takes
        longer than `seconds` is answered beside everything else.
        """
        begun = [] if self.store.shared else await self.store.threads.read(self.store.begun)
        for conversation, number in begun:
            self.enqueue(conversation, number)
        until = time.monotonic() + seconds
        for conversation, _ in begun:
            await self.answered_so_far(conversation, until - time.monotonic())

    async def resume(self) -> int:
        """Take up what an earlier process accepted and did not answer; how many messages so far.

        Where other servers may be answering them at this moment they are watched first, and so is, from
        now on, whatever a server that has gone leaves behind.
        """
        left = [] if self.store.shared else await self.store.threads.read(self.store.unanswered)
        for conversation, number in left:
            if number not in self._queues.get(conversation, ()):
                self.enqueue(conversation, number)
        self._begin(self._look_after_the_forgotten())
        return len(left)

    async def _look_after_the_forgotten(self) -> None:
        """Take up messages that wait in a conversation where nothing has changed for `quiet_seconds`."""
        seen: dict[tuple[str, float], float] = {}
        while not await self._stops_within(self.quiet_seconds / 3):
            try:
                waiting = await self.store.threads.read(self.store.waiting)
                now = time.monotonic()
                # Seen from here and by this clock: those of the servers may differ.
                seen = {key: seen.get(key, now) for key in waiting if key[0] not in self._queues}
                for conversation, updated in [key for key, since in seen.items() if self._is_quiet(since)]:
                    if await self.store.threads.write(self.store.take_over, conversation, updated):
                        numbers = waiting[conversation, updated]
                        logger.warning(
                            "messages without an answer taken up",
                            extra={"conversation": conversation, "count": len(numbers)},
                        )
                        for number in numbers:
                            self.enqueue(conversation, number)
            except StoreError as error:
                # Nobody could answer meanwhile: the watch begins anew.
                seen = {}
                self.metrics.store_errors.inc()
                logger.error("unanswered messages not read", extra={"cause": str(error)})

    def _is_quiet(self, since: float) -> bool:
        return time.monotonic() - since >= self.quiet_seconds
