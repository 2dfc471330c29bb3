"""Routes for looking up an answer and for working something out."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

from beian.calendar.today import today_in_china
from beian.contract import desk as contract
from beian.desk.calculators import KINDS, work_out
from beian.desk.guard import Caller
from beian.desk.requests import answer, argument, query_in
from beian.desk.service import Desk
from beian.server.errors import ApiError


async def lookup(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """What the assistant would answer, and the facts that fit."""
    found = await desk.advice.look_up(
        query_in(request, "q"),
        _term(desk, request, "change_type"),
        _term(desk, request, "subject_kind"),
    )
    return answer(found.as_dict())


def _term(desk: Desk, request: Request, group: str) -> str | None:
    value = argument(request, group)
    if value and desk.context.assistant.kb.term(group, value) is None:
        raise ApiError("bad_value")
    return value or None


async def tools(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """Dates, names and ages, worked out."""
    kind, given = argument(request, "kind"), query_in(request, "given")
    if kind not in KINDS:
        raise ApiError("bad_value")
    found = work_out(kind, given, today_in_china(), desk.context.assistant.kb)
    return answer(contract.ToolAnswer(result=found))
