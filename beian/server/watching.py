"""Everyone who watches a conversation, and what they are shown as it happens."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from beian.logs import place_of
from beian.server.metrics import Metrics
from beian.store.threads import on_loop

logger = logging.getLogger(__name__)

_STREAM_BACKLOG = 200


@dataclass(frozen=True)
class Event:
    """Something to show: "message" with a Message, "typing" with a bool, "mode" with a mode."""

    kind: str
    value: Any


class Stream:
    """One watcher's events; None ends it. A watcher that does not read is cut off and comes back."""

    def __init__(self) -> None:
        self.events: asyncio.Queue[Event | None] = asyncio.Queue(_STREAM_BACKLOG)

    def put(self, event: Event | None) -> bool:
        """Hand over an event; False when the watcher is too far behind."""
        try:
            self.events.put_nowait(event)
        except asyncio.QueueFull:
            return False
        return True


def log_failure(what: str, conversation: str, error: Exception) -> None:
    """A line of the log for what went wrong in a conversation."""
    # The exception's text may quote the customer: its type and place are enough to find the fault.
    logger.error(
        what,
        extra={"conversation": conversation, "reason": type(error).__name__, "place": place_of(error)},
    )


class Watching:
    """The streams of each conversation, and those in this process who are told of everything."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self.listeners: list[Callable[[str, str, Any], None]] = []
        """Called in the event loop with conversation, kind and value of every event that is published."""
        self._streams: dict[str, set[Stream]] = defaultdict(set)
        self._typing: set[str] = set()
        self._stopped = asyncio.Event()

    @property
    def stopping(self) -> bool:
        """Whether nothing new is taken any more."""
        return self._stopped.is_set()

    async def _stops_within(self, seconds: float) -> bool:
        """Wait, but not beyond a stop; whether the server stops."""
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._stopped.wait(), seconds)
        return self.stopping

    def watch(self, conversation: str) -> Stream:
        """A stream of what happens in the conversation from now on; end it with `leave`."""
        stream = Stream()
        self._streams[conversation].add(stream)
        self.metrics.streams.set(self.stream_count)
        return stream

    def leave(self, conversation: str, stream: Stream) -> None:
        """Stop watching."""
        watchers = self._streams.get(conversation)
        if watchers is not None:
            watchers.discard(stream)
            if not watchers:
                del self._streams[conversation]
        self.metrics.streams.set(self.stream_count)

    def watchers(self, conversation: str) -> int:
        """How many watch the conversation."""
        return len(self._streams.get(conversation, ()))

    @property
    def stream_count(self) -> int:
        """How many streams are open in all."""
        return sum(map(len, self._streams.values()))

    def publish(self, conversation: str, kind: str, value: Any) -> None:
        """Show an event to all who watch the conversation."""
        on_loop(self._publish, conversation, kind, value)

    def _publish(self, conversation: str, kind: str, value: Any) -> None:
        self.tell_listeners(conversation, kind, value)
        for stream in list(self._streams.get(conversation, ())):
            if not stream.put(Event(kind, value)):
                stream.events.get_nowait()
                stream.put(None)
                self.leave(conversation, stream)

    def tell_listeners(self, conversation: str, kind: str, value: Any) -> None:
        """Tell the listeners alone of something that those who watch the conversation are not shown."""
        for listener in self.listeners:
            self._call(listener, conversation, kind, value)

    def _call(self, callback: Callable[..., Any], conversation: str, *arguments: Any) -> Any:
        """What the callback returns; one that fails is logged, and nothing else comes of it."""
        try:
            return callback(conversation, *arguments)
        except Exception as error:  # noqa: BLE001 - whatever it was, the conversation goes on
            log_failure("callback failed", conversation, error)

    def _show_typing(self, conversation: str, on: bool) -> None:
        """On as often as it is asked for, for those who came since; off only after it was on."""
        if on:
            self._typing.add(conversation)
        elif conversation in self._typing:
            self._typing.discard(conversation)
        else:
            return
        self.publish(conversation, "typing", on)
