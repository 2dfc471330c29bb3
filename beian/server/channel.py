"""The widget's interface, as docs/api.md describes it."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from beian.contract.routes import CUSTOMER
from beian.server import (
    download_routes,
    event_routes,
    known_routes,
    opinion_routes,
    own_conversation,
    talk_routes,
)
from beian.server.context import Context
from beian.server.routing import add_route


def channel(context: Context) -> Blueprint:
    """All routes under /api that a customer's browser uses."""
    blueprint = Blueprint("widget", url_prefix="/api")
    for route in CUSTOMER:
        add_route(blueprint, route, _bound(_HANDLERS[route.name], context))
    return blueprint


def _bound(handler: Any, context: Context) -> Any:
    async def run(request: Request, **arguments: str) -> HTTPResponse | None:
        context.guard(request)
        return await handler(context, request, **arguments)

    return run


_HANDLERS: dict[str, Any] = {
    "sessions": known_routes.sessions,
    "config": known_routes.config,
    "questions": known_routes.questions,
    "fact": known_routes.fact,
    "send": talk_routes.send,
    "events": event_routes.events,
    "history": talk_routes.history,
    "feedback": opinion_routes.feedback,
    "ticks": opinion_routes.ticks,
    "markdown": download_routes.markdown,
    "plain": download_routes.plain,
    "calendar": download_routes.calendar,
    "restart": talk_routes.restart,
    "satisfaction": opinion_routes.satisfaction,
    "may_rate": opinion_routes.may_rate,
    "staffing": opinion_routes.staffing,
    "context": own_conversation.note_matter,
    "leave": own_conversation.leave_person,
    "forget": own_conversation.forget,
}
"""By the names of the contract's routes."""
