"""Routes for what a customer says of an answer or of a person, ticks off, and who is there."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse, json

from beian.contract import customer as contract
from beian.contract.customer import MOST_TICKS
from beian.server.bodies import json_object, number_of
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.text.acceptable import readable

_MOST_REASON_CHARACTERS = 500


async def feedback(context: Context, request: Request) -> HTTPResponse:
    """Whether an answer helped."""
    conversation = context.session(request)
    body = json_object(request)
    number = number_of(body.get("message_id"), 1)
    value, reason = body.get("value"), body.get("reason")
    if value not in ("up", "down", None) or not (reason is None or isinstance(reason, str)):
        raise ApiError("bad_value")
    reason = readable(reason)[:_MOST_REASON_CHARACTERS] if reason else None
    store = context.store
    if not await store.threads.write(store.set_feedback, conversation, number, value, reason):
        raise ApiError("not_found")
    return json(contract.Ok(ok=True))


async def ticks(context: Context, request: Request) -> HTTPResponse:
    """What is ticked off in a checklist."""
    conversation = context.session(request)
    body = json_object(request)
    number, ticked = number_of(body.get("message_id"), 1), body.get("ticked")
    if not isinstance(ticked, list) or len(ticked) > MOST_TICKS:
        raise ApiError("bad_value")
    places = [number_of(place, 0, MOST_TICKS) for place in ticked]
    if not await context.store.threads.write(context.store.set_ticks, conversation, number, places):
        raise ApiError("not_found")
    return json(contract.Ok(ok=True))


async def satisfaction(context: Context, request: Request) -> HTTPResponse:
    """Whether a person helped."""
    conversation = context.session(request)
    value = number_of(json_object(request).get("value"), 0, 1)
    if not await context.store.threads.write(context.store.add_satisfaction, conversation, value):
        raise ApiError("not_found")
    context.hub.tell_listeners(conversation, "satisfaction", value)
    return json(contract.Ok(ok=True))


async def may_rate(context: Context, request: Request) -> HTTPResponse:
    """Whether to ask that."""
    conversation = context.session(request)
    may = context.may_rate
    return json(
        contract.AskSatisfaction(ask=may is not None and await context.store.threads.read(may, conversation))
    )


async def staffing(context: Context, request: Request) -> HTTPResponse:
    """Whether people are there, and when."""
    conversation = context.session(request)
    if context.staffing is None:
        raise ApiError("not_found")
    return json(await context.store.threads.read(context.staffing, conversation), ensure_ascii=False)
