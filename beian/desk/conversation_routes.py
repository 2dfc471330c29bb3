"""Routes for one conversation: seen, answered, closed, with its notes and labels."""

from __future__ import annotations

from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from beian.calendar.today import today_in_china
from beian.contract import desk as contract
from beian.contract.customer import Ok
from beian.contract.desk import MOST_LABELS
from beian.desk.guard import Caller
from beian.desk.outcome import outcome
from beian.desk.requests import answer, message_shown, row_found, row_shown
from beian.desk.service import Desk
from beian.desk.snippets import unfilled, values_of
from beian.masking import mask
from beian.server.bodies import client_id_of, json_object, number_of, text_of
from beian.server.errors import ApiError
from beian.text.acceptable import RejectedError, acceptable

_SHOWN = 150
"""How many messages of a conversation are shown at once; earlier ones are asked for."""

_LISTENED_SECONDS = 3.0


async def conversation(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """A conversation as it is opened, or earlier messages of it."""
    before, around = (number_of(request.args.get(key, 0)) for key in ("before", "around"))

    def read() -> dict[str, Any]:
        row = row_found(desk, who, name)
        last = before - 1 if before else row.last_id
        if around:
            last = min(last, around + _SHOWN // 2)
        messages = desk.context.store.messages(name, max(0, last - _SHOWN), limit=_SHOWN)
        if before:
            return {"messages": [message_shown(message) for message in messages if message.id < before]}
        return {
            "row": row,
            "messages": [message_shown(message) for message in messages],
            "later": last < row.last_id,
            "notes": desk.records.notes(name),
            "labels": desk.records.labels_of(name),
            "satisfaction": desk.records.satisfaction_of(name),
        }

    found = await desk.threads.read(read)
    await desk.threads.write(desk.saw, who.session, name, not before)
    if not before:
        found["case"] = await desk.advice.case(name)
        found["row"] = (await desk.shown([found["row"]]))[0]
    return answer(found)


async def suggestions(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """What could be replied, and what to know for it."""
    await desk.threads.read(row_found, desk, who, name)
    await desk.threads.write(desk.saw, who.session, name)
    # What the customer has just told changes the case first.
    await desk.context.hub.answered_so_far(name, _LISTENED_SECONDS)
    left = await desk.advice.open_questions(name)
    state, kb = await desk.advice.state(name), desk.context.assistant.kb
    return answer(
        contract.Suggestions(
            suggestions=await desk.advice.suggestions(name),
            case=await desk.advice.case(name),
            open=[contract.OpenQuestion(id=message.id, text=message.text) for message in left],
            present=desk.present(name),
            variables=values_of(state, who.session.agent.name, today_in_china(), kb),
        )
    )


async def say(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """An agent's message to the customer."""
    body = json_object(request)
    try:
        text = acceptable(text_of(body, "text", "bad_text"), desk.context.settings.max_text)
    except RejectedError as rejected:
        raise ApiError("bad_text", desk.context.assistant.rejection(rejected)["text"]) from rejected
    left = unfilled(text)
    if left:
        names = "、".join(f"{{{name}}}" for name in left)
        raise ApiError("bad_text", f"还有没填的内容：{names}。换成实际内容再发送。")
    if body.get("warn") is True and mask(text) != text:
        raise ApiError("hidden")
    suggested = body.get("suggestion")
    custom: dict[str, Any] = {}
    if isinstance(suggested, str) and suggested in desk.context.assistant.kb.facts:
        offered = body.get("offered")
        became = outcome(offered, text) if isinstance(offered, str) else "edited"
        custom = {"suggestion": {"fact": suggested, "outcome": became, "edited": became != "kept"}}
    client_id = client_id_of(body)
    message = await desk.threads.write(desk.say, name, who.session.agent, text, client_id, custom)
    return answer(contract.Sent(message=message_shown(message)))


async def close(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """The end of a conversation."""
    json_object(request)
    summary = await desk.advice.summary(name)
    await desk.threads.write(desk.close, name, who.session.agent, summary)
    return answer(contract.RowNow(row=await row_shown(desk, who, name)))


async def read(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """How far the agent has read."""
    last = number_of(json_object(request).get("last_id"), 0)

    def write() -> None:
        row = row_found(desk, who, name)
        desk.records.mark_read(name, who.session.agent.name, min(last, row.last_id))

    await desk.threads.write(write)
    desk.live.changed(name)
    return answer(Ok(ok=True))


async def add_note(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """A note for the other agents."""
    await desk.threads.read(row_found, desk, who, name)
    agent, text = who.session.agent.name, text_of(json_object(request), "text", "bad_text")

    def write() -> contract.Note:
        added = desk.records.add_note(name, agent, text)
        desk.audit.note(agent, "note", name)
        return added

    try:
        added = await desk.threads.write(write)
    except ValueError as error:
        raise ApiError("bad_value") from error
    desk.live.tell(name, "note", added)
    return answer(contract.NoteNow(note=added))


async def change_labels(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """Labels put on and taken off."""
    await desk.threads.read(row_found, desk, who, name)
    body = json_object(request)
    add, remove = (_texts(body.get(key, [])) for key in ("add", "remove"))

    def write() -> list[str]:
        stored = desk.records.change_labels(name, add, remove)
        desk.audit.note(who.session.agent.name, "labels", name, "、".join(stored))
        return stored

    try:
        stored = await desk.threads.write(write)
    except ValueError as error:
        raise ApiError("bad_value", f"一个会话最多 {MOST_LABELS} 个标签。") from error
    desk.live.changed(name)
    desk.live.tell(name, "labels", stored)
    return answer(contract.Labels(labels=stored))


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ApiError("bad_value")
    return value
