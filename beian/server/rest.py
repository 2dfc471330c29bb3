"""The plain webhook for test suites and other systems: POST /webhooks/rest/webhook, as Rasa's own."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from beian.contract.routes import PROGRAMS
from beian.server.bodies import json_object, text_of
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.server.routing import add_route
from beian.server.security import check_body, check_origin
from beian.server.turn import turn_record
from beian.text.acceptable import RejectedError, acceptable, readable

_MOST_SENDER_CHARACTERS = 255


def rest(context: Context) -> Blueprint:
    """The webhook's route. With an API key it needs the key; without one it is open on loopback only."""
    blueprint = Blueprint("rest", url_prefix="/webhooks/rest")

    async def webhook(request: Request) -> HTTPResponse:
        check_origin(request, context.settings)
        context.check_key(request, context.settings.api_key)
        context.limit("api_key", context.address(request))
        check_body(request, context.settings)
        body = json_object(request)
        sender = _sender(body)
        text = text_of(body, "message", "bad_message")
        metadata = body.get("metadata")
        if metadata is not None and not isinstance(metadata, dict):
            raise ApiError("bad_value")
        if context.hub.stopping or context.in_flight >= context.settings.max_queue:
            raise ApiError("busy", retry_after=1)
        return json(await _reply(context, sender, text, metadata), ensure_ascii=False)

    (route,) = PROGRAMS
    add_route(blueprint, route, webhook)
    return blueprint


def _sender(body: dict[str, Any]) -> str:
    sender = body.get("sender")
    if not isinstance(sender, str) or len(sender) > _MOST_SENDER_CHARACTERS:
        raise ApiError("bad_sender")
    if not readable(sender):
        raise ApiError("bad_sender")
    return readable(sender)


async def _reply(
    context: Context, sender: str, text: str, metadata: dict[str, Any] | None
) -> list[dict[str, Any]]:
    assistant = context.assistant
    try:
        text = acceptable(text, context.settings.max_text)
    except RejectedError as rejected:
        return [{"recipient_id": sender, **assistant.rejection(rejected)}]
    conversation = context.signer.conversation_of_sender(sender)
    begun = time.perf_counter()
    # Shielded: a client that hangs up does not stop a turn half-way.
    said = await asyncio.shield(context.track(assistant.reply(conversation, text, metadata)))
    seconds = time.perf_counter() - begun
    turn = turn_record(assistant, "rest", conversation, text, said, seconds)
    await context.store.threads.write(context.store.record_turn, turn)
    context.metrics.count_reply("rest", turn.status, list(turn.facts), seconds)
    return [{**message, "recipient_id": sender} for message in said]
