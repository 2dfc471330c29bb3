"""What happens at the desk, as it happens: the stream of events."""

from __future__ import annotations

import asyncio
import json as jsonlib
import time
from typing import Any

from sanic.request import Request

from beian.desk.guard import Caller
from beian.desk.live import Watcher
from beian.desk.requests import argument, message_shown, row_found
from beian.desk.service import Desk
from beian.server.bodies import number_of
from beian.server.errors import ApiError
from beian.store.records import Message

KEEP_ALIVE_SECONDS = 15.0
_PAGE = 500
_MOST_STREAMS = 200


async def events(desk: Desk, request: Request, who: Caller) -> None:
    """The stream: all lists, and one conversation where it is open."""
    opened = argument(request, "open") or None
    after = number_of(request.headers.get("last-event-id") or request.args.get("after", 0))
    if desk.context.hub.stopping or desk.live.count >= _MOST_STREAMS:
        raise ApiError("busy", retry_after=5)
    if opened is not None:
        await desk.threads.read(row_found, desk, who, opened)
        await desk.threads.write(desk.saw, who.session, opened)
    with desk.context.stream(request):
        await _stream(desk, request, who, opened, after)


async def _stream(desk: Desk, request: Request, who: Caller, opened: str | None, after: int) -> None:
    watcher = desk.live.watch(who.session, opened)
    try:
        await desk.is_here(who.session.agent.name)
        response = await request.respond(
            content_type="text/event-stream; charset=utf-8", headers={"X-Accel-Buffering": "no"}
        )
        await response.send(_line("hello", {}))
        store = desk.context.store
        for message in await store.threads.read(store.messages, opened, after, _PAGE) if opened else ():
            await response.send(_message_line(message))
            after = message.id
        await _follow(desk, who, response, watcher, after)
        await response.eof()
    finally:
        desk.live.leave(watcher)


async def _follow(desk: Desk, who: Caller, response: Any, watcher: Watcher, after: int) -> None:
    """Send what happens until the stream or the log-in ends."""
    checked = time.monotonic()
    while True:
        # Also where something happens all the time: another process may have ended the log-in.
        if time.monotonic() - checked > KEEP_ALIVE_SECONDS:
            checked = time.monotonic()
            if not await desk.threads.read(desk.accounts.is_open, who.session):
                return
            await desk.is_here(who.session.agent.name)
        try:
            event = await asyncio.wait_for(watcher.events.get(), KEEP_ALIVE_SECONDS)
        except asyncio.TimeoutError:
            await response.send(": keep\n\n")
            continue
        if event is None:
            return
        kind, value = event
        if kind != "message":
            await response.send(_line(kind, {"value": value}))
        elif value.id > after:
            await response.send(_message_line(value))


def _message_line(message: Message) -> str:
    return f"id: {message.id}\n" + _line("message", {"value": message_shown(message)})


def _line(kind: str, data: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {jsonlib.dumps(data, ensure_ascii=False)}\n\n"
