"""The requests of one connection, with heads and chunks checked before Sanic reads them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from sanic.http import HTTP_CONTINUE, Http, Stage

from beian.server.errors import ApiError
from beian.server.heads import BadHeadError, check_head, chunk_size

_END_OF_HEAD = b"\r\n\r\n"
_LONGEST_CHUNK_LINE = 64


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
