"""From an accepted message to its answer, and to everyone who watches the conversation.

Coroutines and everything about streams belong to the event loop. What waits for the store (`say`,
`set_mode`, takers and what comes after a reply) runs in the store's threads; `publish` may be called in both.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Any

from beian.engine.assistant import Assistant
from beian.server.metrics import Metrics
from beian.server.queues import Queues
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError
from beian.store.records import Draft, Message
from beian.store.tables import ANSWERED_MODES

_LEAVE_SECONDS = 1.0


class Hub(Queues):
    """Answers accepted messages one after another for each conversation, and tells the watchers."""

    def __init__(self, assistant: Assistant, store: ConversationStore, metrics: Metrics) -> None:
        super().__init__(assistant, store, metrics)
        self.after_leave: list[Callable[[str], None]] = []
        """Called in a thread with a conversation whose customer needs no person any more."""

    def say(self, conversation: str, draft: Draft) -> Message:
        """Append a message of an agent or of the system, and show it."""
        message = self.store.append(conversation, draft)
        self.publish(conversation, "message", message)
        return message

    def set_mode(self, conversation: str, mode: str, **conditions: Any) -> bool:
        """Change the mode as `ConversationStore.set_mode` does, and show it when it was changed."""
        changed = self.store.set_mode(conversation, mode, **conditions)
        if changed:
            self.publish(conversation, "mode", mode)
        return changed

    def left(self, conversation: str) -> None:
        """The customer waits for no person any more, or has ended the talk with one."""
        for callback in self.after_leave:
            self._call(callback, conversation)

    async def accept(self, conversation: str, draft: Draft) -> Message:
        """Take a customer's message, show it and have it answered; a repeat gives the first one again.

        Not to be cancelled in the middle: the message might be stored and not asked. Raises StoreError.
        """
        message, is_new, mode = await self.store.threads.write(self._accept, conversation, draft)
        if is_new:
            if mode not in ANSWERED_MODES:
                self._to_person.add((conversation, message.id))
            self.enqueue(conversation, message.id)
        return message

    def _accept(self, conversation: str, draft: Draft) -> tuple[Message, bool, str]:
        message, is_new, mode = self.store.accept(conversation, draft)
        if is_new:
            self.publish(conversation, "message", message)
        return message, is_new, mode

    async def answer_again(self, conversation: str, numbers: Sequence[int]) -> None:
        """Have the assistant answer messages that a person left open. Raises StoreError."""
        for number in numbers:
            if await self.store.threads.write(self.store.ask_again, conversation, number):
                self.enqueue(conversation, number)

    async def stop(self, seconds: float = 10.0) -> None:
        """Take nothing new, end the streams, and finish the turns in flight; waits for no store for long."""
        self._stopped.set()
        for conversation, streams in list(self._streams.items()):
            for stream in list(streams):
                stream.put(None)
                self.leave(conversation, stream)
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        if self._tries:
            # A store that fails at this moment only costs the messages one of their tries.
            with contextlib.suppress(StoreError, asyncio.TimeoutError):
                leaving = self.store.threads.write(self.store.leave, list(self._tries))
                await asyncio.wait_for(leaving, _LEAVE_SECONDS)
