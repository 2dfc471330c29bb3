"""One lock for each conversation, without polling: Rasa's own lock store asks again once a second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore


class ConversationLocks(LockStore):
    """First come, first served for each conversation of this process; idle locks are dropped."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncGenerator[TicketLock, None]:
        """Hold the conversation; the two times are Rasa's and are not needed here."""
        lock, users = self._locks.get(conversation_id, (asyncio.Lock(), 0))
        self._locks[conversation_id] = (lock, users + 1)
        try:
            async with lock:
                yield TicketLock(conversation_id)
        finally:
            lock, users = self._locks[conversation_id]
            if users == 1:
                del self._locks[conversation_id]
            else:
                self._locks[conversation_id] = (lock, users - 1)

    def get_lock(self, conversation_id: str) -> TicketLock | None:
        """A ticket for callers that only look."""
        return TicketLock(conversation_id) if conversation_id in self._locks else None

    def save_lock(self, lock: TicketLock) -> None:
        """Nothing to keep: the lock lives in this process."""

    def delete_lock(self, conversation_id: str) -> None:
        """Nothing to delete: a lock goes with its last user."""

    def __len__(self) -> int:
        return len(self._locks)
