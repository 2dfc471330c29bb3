"""One connection: Sanic's own protocol, with heads and chunks checked first and a time for everything.

A request that cannot be read is answered 400 and the connection closed; nothing of it is logged.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

from sanic.http import HTTP_CONTINUE, Http, Stage
from sanic.server.protocols.http_protocol import HttpProtocol

from beian.contract.errors import ERRORS
from beian.server.connections import Descriptors
from beian.server.errors import ApiError
from beian.server.heads import BadHeadError, check_head, chunk_size

_END_OF_HEAD = b"\r\n\r\n"
_LONGEST_CHUNK_LINE = 64
_LINGER_SECONDS = 1.0


class CheckedHttp(Http):
    """The requests of one connection. What is checked here stays in the buffer for Sanic to read."""

    expecting_continue: bool

    async def http1(self) -> None:
        """Answer requests until the connection is done; then let the other side read the last answer."""
        await super().http1()
        await self.protocol.linger()

    def init_for_request(self) -> None:
        """Wait for the next request."""
        super().init_for_request()
        self.protocol.descriptors.waits(self.protocol)

    async def http1_request_header(self) -> None:
        """Take the head of a request once all of it is there and is right. Raises ApiError."""
        try:
            end = await self._head()
        except asyncio.CancelledError:
            if self.protocol.is_lost:
                # Nobody is left to answer; Sanic wants to name the request all the same.
                self.create_empty_request()
                self.protocol.transport = None
            raise
        if end < 0:
            raise ApiError("too_large")
        try:
            check_head(bytes(self.recv_buffer[:end]))
        except BadHeadError as error:
            raise ApiError("bad_request") from error
        self.protocol.asks()
        await super().http1_request_header()
        # No route speaks another protocol, and Sanic stops its clocks for one that might.
        self.upgrade_websocket = False

    async def _head(self) -> int:
        """Where the head ends, -1 when it is longer than allowed; raises ApiError when it takes too long."""
        if not self._is_partial():
            return self._end()
        try:
            return await asyncio.wait_for(self._whole_head(), self.protocol.request_timeout)
        except asyncio.TimeoutError as error:
            raise ApiError("timeout") from error

    def _end(self) -> int:
        end = self.recv_buffer.find(_END_OF_HEAD)
        return end if 0 <= end < self.HEADER_MAX_SIZE else -1

    def _is_partial(self) -> bool:
        return len(self.recv_buffer) < self.HEADER_MAX_SIZE and _END_OF_HEAD not in self.recv_buffer

    async def _whole_head(self) -> int:
        while self._is_partial():
            await self._receive_more()
        return self._end()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The body in parts; all of it has to come in time, also what is only thrown away.

        Raises ApiError.
        """
        until = time.monotonic() + self.protocol.request_timeout
        while self.request_body:
            try:
                is_there = self.request_body is True and (self.recv_buffer or not self.request_bytes_left)
                reading = self.read()
                data = await (reading if is_there else asyncio.wait_for(reading, until - time.monotonic()))
            except asyncio.TimeoutError as error:
                self._hang_up_after_answer("timeout", error)
                return
            if data:
                yield data

    def _hang_up_after_answer(self, code: str, cause: Exception) -> None:
        """Read no more of this request; raises ApiError(code) unless it is being answered already."""
        self.keep_alive, self.request_body = False, None
        if self.stage is Stage.HANDLER:
            raise ApiError(code) from cause

    async def read(self) -> bytes | None:
        """The next part of the body, None at its end. Raises ApiError for chunks that cannot be read."""
        if self.request_body == "chunked" and self.request_bytes_left == 0:
            try:
                await self._check_chunk()
            except BadHeadError as error:
                self._hang_up_after_answer("bad_request", error)
                return None
        data: bytes | None = await super().read()
        return data

    async def _check_chunk(self) -> None:
        """Wait for the line before a chunk, and behind the last one for the empty line."""
        if self.expecting_continue:
            self.expecting_continue = False
            await self._send(HTTP_CONTINUE)
        buffer = self.recv_buffer
        while (end := buffer.find(b"\r\n", 2)) < 0:
            if len(buffer) > _LONGEST_CHUNK_LINE:
                raise BadHeadError("chunk")
            await self._receive_more()
        if buffer[:2] != b"\r\n" or end > _LONGEST_CHUNK_LINE:
            raise BadHeadError("chunk")
        if chunk_size(bytes(buffer[2:end])) > 0:
            return
        while len(buffer) < end + 4:
            await self._receive_more()
        # Trailers say nothing that any route would hear.
        if buffer[end : end + 4] != _END_OF_HEAD:
            raise BadHeadError("trailer")

    def create_empty_request(self) -> None:
        """A stand-in for a request that could not be read: its address is not looked at again."""
        self.url = None
        super().create_empty_request()


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
