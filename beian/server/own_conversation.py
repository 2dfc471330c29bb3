"""What a customer does about the conversation as a whole: leave a person, tell the matter, delete it."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse, json

from beian.contract.customer import Ok
from beian.retention.purge import delete
from beian.server.bodies import json_object
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.store.records import Draft

_MOST_VALUES = 8


async def note_matter(context: Context, request: Request) -> HTTPResponse:
    """Take in what the page around the widget says of the customer's matter, by slot; null takes it back."""
    conversation = context.session(request)
    body = json_object(request)
    context.limit("session", conversation)
    if len(body) > _MOST_VALUES or not all(v is None or isinstance(v, str) for v in body.values()):
        raise ApiError("bad_value")
    try:
        await context.assistant.note(conversation, body)
    except ValueError as error:
        raise ApiError("bad_value") from error
    return json(Ok(ok=True))


async def leave_person(context: Context, request: Request) -> HTTPResponse:
    """End waiting for a person, or the talk with one; the mode that comes of it."""
    conversation = context.session(request)
    json_object(request)
    context.limit("session", conversation)
    mode = await context.store.threads.write(_leave, context, conversation)
    return json({"mode": mode})


def _leave(context: Context, conversation: str) -> str:
    hub, kb = context.hub, context.assistant.kb
    for before, after, phrase in (("waiting", "bot", "unasked"), ("human", "closed", "left")):
        if hub.set_mode(conversation, after, expect=(before,)):
            hub.left(conversation)
            hub.say(conversation, Draft("system", kb.phrase("desk", phrase)))
            return after
    return context.store.mode(conversation)


async def forget(context: Context, request: Request) -> HTTPResponse:
    """Delete the conversation from every store. Raises ApiError while an answer is being worked on."""
    conversation = context.session(request)
    json_object(request)
    context.limit("session", conversation)
    # An answer that comes after it would begin the conversation anew.
    if not await context.hub.answered_so_far(conversation):
        raise ApiError("busy", retry_after=5)
    store, assistant = context.store, context.assistant
    await store.threads.write(_leave_silently, context, conversation)
    async with assistant.locks.lock(conversation):
        await store.threads.write(delete, store, assistant.tracker_store, conversation)
    return json(Ok(ok=True))


def _leave_silently(context: Context, conversation: str) -> None:
    """Agents who see it are told that nobody is there any more, before it goes."""
    if context.hub.set_mode(conversation, "closed", expect=("waiting", "human")):
        context.hub.left(conversation)
