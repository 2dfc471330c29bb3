"""How many connections the process can hold, who goes when there are more, and whether files run out."""

from __future__ import annotations

import asyncio
import logging
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

logger = logging.getLogger(__name__)

SHORT_SECONDS = 5.0
"""How long /readyz tells of a shortage after it was last felt."""
_KEPT_FREE = 48
_FEWEST = 8
_LOG_EVERY_SECONDS = 60.0
_WATCH_SECONDS = 1.0


class Connection(Protocol):
    """What is held: one client's connection."""

    def give_up(self) -> None:
        """Close it at once."""


class Descriptors:
    """Counts the connections of one server against what the operating system allows the process.

    The newest is let in at the cost of the one that has been asking nothing for the longest time. When
    all are being answered, it is refused. So some files are always left for the databases.
    """

    def __init__(self, most: int | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """`most` connections at once; None works it out from the limit of open files."""
        self.most = _room_for_connections() if most is None else most
        self._clock = clock
        self._open: set[Connection] = set()
        self._waiting: dict[Connection, None] = {}
        self._short_until = self._silent_until = clock() - 1
        self._shortages = 0

    def admit(self, connection: Connection) -> bool:
        """Whether a new connection is let in; it counts until it has left."""
        while len(self._open) >= self.most:
            self._feel_shortage("connections")
            longest = next(iter(self._waiting), None)
            if longest is None:
                return False
            self.leave(longest)
            longest.give_up()
        self._open.add(connection)
        self._waiting[connection] = None
        return True

    def waits(self, connection: Connection) -> None:
        """Nothing is being answered on it from now on."""
        if connection in self._open:
            self._waiting.pop(connection, None)
            self._waiting[connection] = None

    def asks(self, connection: Connection) -> None:
        """A request has come; the connection stays until it is answered."""
        self._waiting.pop(connection, None)

    def leave(self, connection: Connection) -> None:
        """It is gone."""
        self._open.discard(connection)
        self._waiting.pop(connection, None)

    @property
    def is_short(self) -> bool:
        """Whether files or connections ran out in the last SHORT_SECONDS, or are out now."""
        self.look()
        return self._clock() < self._short_until

    def look(self) -> None:
        """Try to open a file, and tell when that fails."""
        try:
            os.close(os.open(os.devnull, os.O_RDONLY))
        except OSError:
            self._feel_shortage("files")

    async def watch(self) -> None:
        """Look again and again: the event loop itself drops new connections without a word."""
        while True:
            self.look()
            await asyncio.sleep(_WATCH_SECONDS)

    def _feel_shortage(self, of: str) -> None:
        now = self._clock()
        self._short_until = now + SHORT_SECONDS
        self._shortages += 1
        if now < self._silent_until:
            return
        self._silent_until = now + _LOG_EVERY_SECONDS
        logger.error(
            "out of file descriptors",
            extra={
                "short_of": of,
                "connections": len(self._open),
                "most_connections": self.most,
                "times": self._shortages,
            },
        )
        self._shortages = 0

    def __len__(self) -> int:
        return len(self._open)


def _room_for_connections() -> int:
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed == resource.RLIM_INFINITY:
        return 2**20
    try:
        in_use = sum(1 for _ in Path("/proc/self/fd").iterdir())
    except OSError:
        in_use = _KEPT_FREE
    return max(_FEWEST, allowed - in_use - _KEPT_FREE)
