"""The desk's interface under /api/desk. What each route needs, as the contract says, is checked before it."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from beian.contract.desk_routes import DESK, PREFIX
from beian.contract.route import Need
from beian.desk import (
    conversation_routes,
    event_routes,
    holding_routes,
    list_routes,
    login_routes,
    lookup_routes,
    number_routes,
    record_routes,
    staff_routes,
    team_routes,
)
from beian.desk.guard import caller, check_request
from beian.desk.paths import name_in_path
from beian.desk.service import Desk
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.server.limits import RateLimiter
from beian.server.routing import add_route

_LOG_INS = (20, 0.2)
_REQUESTS = (400, 60.0)


def desk_routes(context: Context) -> Blueprint:
    """The blueprint; makes the desk of this server. Raises StoreError or SettingsError."""
    blueprint = Blueprint("desk", url_prefix=PREFIX)
    desk = Desk(context)
    blueprint.ctx.desk = desk
    limits = {"login": RateLimiter(*_LOG_INS), "desk": RateLimiter(*_REQUESTS)}
    blueprint.ctx.limits = limits
    for route in DESK:
        add_route(blueprint, route, _guarded(_HANDLERS[route.name], desk, route.need, limits))

    @blueprint.listener("after_server_start")
    async def start(_app: Any, _loop: Any) -> None:
        if desk.relay is not None:
            desk.relay.start()
        await desk.advice.warm_up()
        desk.start()

    @blueprint.listener("before_server_stop")
    async def stop(_app: Any, _loop: Any) -> None:
        if desk.relay is not None:
            desk.relay.stop()
        desk.stop()
        desk.live.end()
        desk.passwords.close()

    return blueprint


def _guarded(handler: Any, desk: Desk, need: Need, limits: dict[str, RateLimiter]) -> Any:
    async def run(request: Request, **arguments: str) -> HTTPResponse | None:
        check_request(desk, request)
        if "name" in arguments:
            name = name_in_path(arguments["name"])
            if name is None:
                raise ApiError("not_found")
            arguments["name"] = name
        if need == "nothing":
            key = desk.context.address(request)
            _limit(desk, limits["login" if request.method == "POST" else "desk"], key)
            return await handler(desk, request, **arguments)
        who = await caller(desk, request)
        _limit(desk, limits["desk"], who.session.id)
        if need == "admin" and not who.session.agent.is_admin:
            raise ApiError("not_admin")
        return await handler(desk, request, who, **arguments)

    return run


def _limit(desk: Desk, limiter: RateLimiter, key: str) -> None:
    wait = limiter.wait(key)
    if wait:
        desk.context.metrics.rate_limited.labels("desk").inc()
        raise ApiError("rate_limited", retry_after=wait)


_HANDLERS: dict[str, Any] = {
    "state": login_routes.state,
    "login": login_routes.login,
    "me": login_routes.me,
    "logout": login_routes.logout,
    "logout_everywhere": login_routes.logout_everywhere,
    "password": login_routes.password,
    "lookup": lookup_routes.lookup,
    "tools": lookup_routes.tools,
    "events": event_routes.events,
    "conversations": list_routes.conversations,
    "colleagues": holding_routes.colleagues,
    "conversation": conversation_routes.conversation,
    "suggestions": conversation_routes.suggestions,
    "claim": holding_routes.claim,
    "transfer": holding_routes.transfer,
    "queue": holding_routes.queue,
    "correct": holding_routes.correct,
    "say": conversation_routes.say,
    "hand_back": holding_routes.hand_back,
    "close": conversation_routes.close,
    "read": conversation_routes.read,
    "add_note": conversation_routes.add_note,
    "change_labels": conversation_routes.change_labels,
    "snippets": staff_routes.snippets,
    "away": staff_routes.away,
    "numbers": number_routes.numbers,
    "numbers_csv": number_routes.numbers_csv,
    "behind": number_routes.behind,
    "agents": team_routes.agents,
    "add_agent": team_routes.add_agent,
    "change_agent": team_routes.change_agent,
    "knowledge": team_routes.knowledge,
    "hours": staff_routes.hours,
    "change_hours": staff_routes.change_hours,
    "add_snippet": staff_routes.add_snippet,
    "change_snippet": staff_routes.change_snippet,
    "audit": record_routes.audit,
    "audit_csv": record_routes.audit_csv,
    "export_conversation": record_routes.export_conversation,
    "delete_conversation": record_routes.delete_conversation,
}
"""By the names of the contract's routes."""
