"""Routes for talking: a message, a new beginning, what was said."""

from __future__ import annotations

import asyncio

from sanic.request import Request
from sanic.response import HTTPResponse, json

from beian.contract import customer as contract
from beian.server.bodies import client_id_of, json_object, number_of, text_of
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.store.records import Conversation, Draft, Message
from beian.text.acceptable import RejectedError, acceptable

PAGE = 500


async def send(context: Context, request: Request) -> HTTPResponse:
    """A customer's message, to be answered."""
    conversation = context.session(request)
    body = json_object(request)
    client_id = client_id_of(body)
    try:
        text = acceptable(text_of(body, "text", "bad_text"), context.settings.max_text)
    except RejectedError as rejected:
        raise ApiError("bad_text", context.assistant.rejection(rejected)["text"]) from rejected
    return await _accept(context, conversation, Draft("user", text, client_id=client_id))


async def _accept(context: Context, conversation: str, draft: Draft) -> HTTPResponse:
    if context.hub.stopping or context.in_flight >= context.settings.max_queue:
        raise ApiError("busy", retry_after=2)
    context.limit("session", conversation)
    # Shielded: a client that hangs up does not stop half-way what is stored.
    message = await asyncio.shield(context.track(context.hub.accept(conversation, draft)))
    return json(contract.Accepted(id=message.id), status=202)


async def restart(context: Context, request: Request) -> HTTPResponse:
    """A new beginning: the case is forgotten, what was said stays."""
    conversation = context.session(request)
    client_id = client_id_of(json_object(request))
    context.limit("session", conversation)
    # What was asked before the restart must not fill the case again after it.
    if not await context.hub.answered_so_far(conversation):
        raise ApiError("busy", retry_after=5)
    async with context.assistant.locks.lock(conversation):
        threads, store = context.store.threads, context.store
        known = await threads.read(store.by_client_id, conversation, client_id)
        if known is None:
            # A person is in charge: the assistant's case stays as it is, and it says nothing.
            if await threads.read(store.mode, conversation) == "human":
                text = context.assistant.kb.phrase("desk", "held")
            else:
                await context.assistant.restart(conversation)
                text = context.assistant.kb.phrase("dialogue", "restart")
            draft = Draft("system", text, client_id=client_id)
            known = await threads.write(context.hub.say, conversation, draft)
    return json(contract.Accepted(id=known.id), status=202)


async def history(context: Context, request: Request) -> HTTPResponse:
    """What was said since a message."""
    conversation = context.session(request)
    after = number_of(request.args.get("after", 0))
    store = context.store

    def read() -> tuple[Conversation | None, list[Message]]:
        return store.conversation(conversation), store.messages(conversation, after, limit=PAGE)

    state, shown = await store.threads.read(read)
    last = shown[-1].id if shown else after if state is None else min(after, state.last_id)
    history: contract.History = {
        "messages": [message.as_dict() for message in shown],
        "last_id": last,
        "mode": state.mode if state else "bot",
    }
    return json(history, ensure_ascii=False)
