"""One connection: Sanic's own protocol, with requests checked first and a time for everything.

A request that cannot be read is answered 400 and the connection closed; nothing of it is logged.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from sanic.http import Stage
from sanic.server.protocols.http_protocol import HttpProtocol

from beian.contract.errors import ERRORS
from beian.server.checked_http import CheckedHttp
from beian.server.connections import Descriptors

_LINGER_SECONDS = 1.0


class CheckedProtocol(HttpProtocol):
    """Makes CheckedHttp of each connection, and keeps to what the process can hold."""

    __slots__ = ("_began", "_has_asked", "_lingers", "descriptors")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.descriptors: Descriptors = self.app.ctx.server.descriptors
        self._began = time.monotonic()
        self._has_asked = self._lingers = False

    @property
    def is_lost(self) -> bool:
        """Whether nothing can be sent any more."""
        return self.transport is None or self.transport.is_closing()

    def asks(self) -> None:
        """A request has come whose head is right."""
        self._has_asked = True
        self.descriptors.asks(self)

    def give_up(self) -> None:
        """Close at once, without an answer."""
        if self.transport is not None:
            self.transport.abort()

    async def linger(self) -> None:
        """Say that no more comes, and throw away what still arrives: it would break the last answer."""
        if self.is_lost:
            return
        self._lingers = True
        self.recv_buffer.clear()
        self.transport.resume_reading()
        self.transport.write_eof()
        # Ends early, by cancellation, when the other side closes as well.
        await asyncio.sleep(_LINGER_SECONDS)

    def check_timeouts(self) -> None:
        """Sanic's clocks, and one for connections that never ask anything."""
        too_long = time.monotonic() - self._began > self.request_timeout
        if too_long and self._task and not self._has_asked and self._http.stage is Stage.IDLE:
            self._task.cancel()
            return
        super().check_timeouts()

    def connection_made(self, transport: Any) -> None:
        """A client has connected."""
        if self.descriptors.admit(self):
            super().connection_made(transport)
            return
        transport.write(_FULL)
        transport.close()

    def data_received(self, data: bytes) -> None:
        """A client has sent something."""
        if not self._lingers:
            super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self.descriptors.leave(self)
        super().connection_lost(exc)

    def _setup_connection(self) -> None:
        # mypy does not see the slots that Sanic's classes have.
        self._http = CheckedHttp(self)  # type: ignore[misc]
        self._time = time.monotonic()  # type: ignore[misc]
        self.check_timeouts()


def _full() -> bytes:
    """What a client hears for whom no connection is left."""
    status, sentence = ERRORS["busy"]
    body = json.dumps({"error": {"code": "busy", "message": sentence}}, ensure_ascii=False).encode()
    head = (
        f"HTTP/1.1 {status} Service Unavailable\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nRetry-After: 5\r\nConnection: close\r\n"
        "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n\r\n"
    )
    return head.encode() + body


_FULL = _full()
