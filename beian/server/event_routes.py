"""What happens in a conversation, as it happens: the stream of events."""

from __future__ import annotations

import asyncio
import json as jsonlib
from typing import Any

from sanic.request import Request

from beian.contract import customer as contract
from beian.server.bodies import number_of
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.server.talk_routes import PAGE
from beian.server.watching import Event, Stream
from beian.store.records import Message

KEEP_ALIVE_SECONDS = 15.0
SHARED_SECONDS = 3.0
_STREAMS_A_SESSION = 5


async def events(context: Context, request: Request) -> None:
    """The stream of one conversation."""
    conversation = context.session(request)
    after = number_of(request.headers.get("last-event-id") or request.args.get("after", 0))
    if context.hub.stopping or context.hub.stream_count >= context.settings.max_streams:
        raise ApiError("busy", retry_after=5)
    if context.hub.watchers(conversation) >= _STREAMS_A_SESSION:
        raise ApiError("rate_limited", retry_after=5)
    with context.stream(request):
        await _stream(context, request, conversation, after)


async def _stream(context: Context, request: Request, conversation: str, after: int) -> None:
    # Watching begins before anything is read: nothing can fall between the two.
    stream = context.hub.watch(conversation)
    try:
        mode = await context.store.threads.read(context.store.mode, conversation)
        response = await request.respond(
            content_type="text/event-stream; charset=utf-8", headers={"X-Accel-Buffering": "no"}
        )
        await response.send(_line("mode", contract.ModeNow(mode=mode)))
        while True:
            past = await _messages(context, conversation, after)
            for message in past:
                await response.send(_message_line(message))
                after = message.id
            if len(past) < PAGE:
                break
        await _follow(context, conversation, response, stream, after)
        await response.eof()
    finally:
        context.hub.leave(conversation, stream)


async def _follow(context: Context, conversation: str, response: Any, stream: Stream, after: int) -> None:
    """Send what happens until the stream ends; messages that were already sent are left out."""
    # Where several servers share the database, another one may have added messages.
    seconds = SHARED_SECONDS if context.settings.shared_database else KEEP_ALIVE_SECONDS
    while True:
        try:
            event = await asyncio.wait_for(stream.events.get(), seconds)
        except asyncio.TimeoutError:
            await response.send(": keep\n\n")
            for message in await _messages(context, conversation, after) if seconds == SHARED_SECONDS else ():
                await response.send(_message_line(message))
                after = message.id
            continue
        if event is None:
            return
        if event.kind == "message":
            if event.value.id <= after:
                continue
            # Another server's message before this one may not have been told here yet.
            between = event.value.id - after - 1
            for message in await _messages(context, conversation, after, between) if between else ():
                await response.send(_message_line(message))
            after = event.value.id
        await response.send(_event_line(event))


async def _messages(context: Context, conversation: str, after: int, limit: int = PAGE) -> list[Message]:
    return await context.store.threads.read(context.store.messages, conversation, after, limit)


def _event_line(event: Event) -> str:
    if event.kind == "message":
        return _message_line(event.value)
    if event.kind == "typing":
        return _line("typing", contract.Typing(on=event.value))
    return _line("mode", contract.ModeNow(mode=event.value))


def _message_line(message: Message) -> str:
    return f"id: {message.id}\n" + _line("message", message.as_dict())


def _line(kind: str, data: contract.Message | contract.Typing | contract.ModeNow) -> str:
    return f"event: {kind}\ndata: {jsonlib.dumps(data, ensure_ascii=False)}\n\n"
