"""Routes for who has a conversation and what is known of it: claim, pass on, hand back, correct."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

from beian.contract.desk import CaseNow, Colleague, Colleagues, RowNow
from beian.desk.correction import correction_of
from beian.desk.guard import Caller
from beian.desk.requests import answer, row_found, row_shown
from beian.desk.service import Desk
from beian.server.bodies import json_object, text_of
from beian.server.errors import ApiError


async def colleagues(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """Whom a conversation could be handed to, and who of them is there."""
    found = await desk.threads.read(desk.presence.colleagues)
    shown = [
        Colleague(name=one.name, here=one.here, away_until=one.absence.until if one.absence else None)
        for one in found
    ]
    return answer(Colleagues(colleagues=shown))


async def claim(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """Take over."""
    force = json_object(request).get("force") is True
    await desk.threads.write(desk.claim, name, who.session.agent, force)
    return await _row(desk, who, name)


async def transfer(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """To a colleague by name."""
    to = text_of(json_object(request), "to", "bad_value")
    await desk.threads.write(desk.holding.transfer, name, who.session.agent, to)
    return await _row(desk, who, name)


async def queue(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """Into the waiting list again."""
    json_object(request)
    await desk.threads.write(desk.holding.back_to_queue, name, who.session.agent)
    return await _row(desk, who, name)


async def hand_back(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """To the assistant, which answers what is open where the agent says so."""
    wants_answer = json_object(request).get("answer") is True
    left = await desk.advice.open_questions(name) if wants_answer else []
    await desk.threads.write(desk.hand_back, name, who.session.agent)
    await desk.context.hub.answer_again(name, [message.id for message in left])
    return await _row(desk, who, name)


async def correct(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """The case as the agent knows it."""
    await desk.threads.read(row_found, desk, who, name)
    try:
        change = correction_of(json_object(request), desk.context.assistant.kb)
    except ValueError as error:
        raise ApiError("bad_value") from error
    await desk.context.assistant.correct(name, change)
    case = await desk.advice.case(name)
    await desk.threads.write(desk.audit.note, who.session.agent.name, "case", name, case["text"])
    desk.live.tell(name, "case", case)
    return answer(CaseNow(case=case))


async def _row(desk: Desk, who: Caller, name: str) -> HTTPResponse:
    return answer(RowNow(row=await row_shown(desk, who, name)))
