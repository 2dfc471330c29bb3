"""What happens, told to every desk that is open: changed rows of the list, and the open conversation."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from beian.contract.desk import Row
from beian.server.hub import Hub
from beian.store.database import StoreError
from beian.store.desk.sessions import Session
from beian.store.threads import on_loop

logger = logging.getLogger(__name__)

_BACKLOG = 500
_GATHER_SECONDS = 0.08


@dataclass(eq=False)
class Watcher:
    """One open desk: whose, which conversation it has open, and what it has not been sent yet."""

    session: Session
    conversation: str | None
    events: asyncio.Queue[tuple[str, Any] | None] = field(default_factory=lambda: asyncio.Queue(_BACKLOG))

    def put(self, kind: str, value: Any) -> bool:
        """Hand over an event; False when the desk is too far behind and has to come back."""
        try:
            self.events.put_nowait((kind, value))
        except asyncio.QueueFull:
            self.end()
            return False
        return True

    def end(self) -> None:
        """End the stream."""
        while True:
            try:
                self.events.put_nowait(None)
                return
            except asyncio.QueueFull:
                self.events.get_nowait()


class Live:
    """Follows the hub. Rows that change are gathered for a moment and told together."""

    def __init__(
        self,
        hub: Hub,
        rows: Callable[[str, list[str]], Coroutine[Any, Any, list[Row]]],
        counts: Callable[[], Coroutine[Any, Any, dict[str, int]]],
    ) -> None:
        """`rows` gives an agent's rows of these conversations, `counts` how many there are of each mode;
        both may raise StoreError."""
        self._hub, self._rows, self._counts = hub, rows, counts
        self._watchers: set[Watcher] = set()
        self._changed: set[str] = set()
        self._telling: asyncio.Task[None] | None = None
        hub.listeners.append(self._on_event)

    def watch(self, session: Session, conversation: str | None) -> Watcher:
        """Follow from now on; end it with `leave`."""
        watcher = Watcher(session, conversation)
        self._watchers.add(watcher)
        return watcher

    def leave(self, watcher: Watcher) -> None:
        """Stop following."""
        self._watchers.discard(watcher)

    @property
    def count(self) -> int:
        """How many desks are open."""
        return len(self._watchers)

    def end(self, agent: str | None = None) -> None:
        """End the streams of an agent who was logged out, or all of them."""
        for watcher in list(self._watchers):
            if agent is None or watcher.session.agent.name == agent:
                watcher.end()
                self.leave(watcher)

    def changed(self, conversation: str) -> None:
        """A row of the list is not what it was."""
        if not self._watchers:
            return
        self._changed.add(conversation)
        if self._telling is None:
            self._telling = asyncio.get_event_loop().create_task(self._tell())

    async def _tell(self) -> None:
        """Tell what has changed until nothing has."""
        try:
            while self._changed:
                await asyncio.sleep(_GATHER_SECONDS)
                changed, self._changed = list(self._changed), set()
                await self._tell_rows(changed)
        finally:
            self._telling = None

    async def _tell_rows(self, changed: list[str]) -> None:
        by_agent: dict[str, list[Row]] = {}
        for name in {watcher.session.agent.name for watcher in self._watchers}:
            try:
                by_agent[name] = await self._rows(name, changed)
            except StoreError as error:
                # The desks come back and read the whole list.
                logger.error("changed rows not read", extra={"cause": str(error)})
                self.end(name)
        counts: dict[str, int] = {}
        with contextlib.suppress(StoreError):
            counts = await self._counts()
        for watcher in list(self._watchers):
            rows = by_agent.get(watcher.session.agent.name)
            if rows is not None and not (
                watcher.put("rows", rows) and (not counts or watcher.put("counts", counts))
            ):
                self.leave(watcher)

    def tell(self, conversation: str, kind: str, value: Any) -> None:
        """Tell the desks that have this conversation open."""
        for watcher in list(self._watchers):
            if watcher.conversation == conversation and not watcher.put(kind, value):
                self.leave(watcher)

    def tell_agent(self, agent: str, kind: str, value: Any) -> None:
        """Tell the desks of one agent."""
        for watcher in list(self._watchers):
            if watcher.session.agent.name == agent and not watcher.put(kind, value):
                self.leave(watcher)

    def tell_all(self, kind: str, value: Any) -> None:
        """Tell every desk."""
        for watcher in list(self._watchers):
            if not watcher.put(kind, value):
                self.leave(watcher)

    def told(self, conversation: str, kind: str, value: Any) -> None:
        """`tell`, from a thread that waits for the store."""
        on_loop(self.tell, conversation, kind, value)

    def _on_event(self, conversation: str, kind: str, value: Any) -> None:
        if kind in ("message", "mode"):
            self.changed(conversation)
        self.tell(conversation, kind, value)
