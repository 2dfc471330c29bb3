"""Routes for when the team is there and what it says: hours, absences, canned replies."""

from __future__ import annotations

from datetime import date
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from beian.contract.customer import Ok
from beian.contract.desk import HoursShown, Snippets
from beian.desk.guard import Caller
from beian.desk.hours import Closure, HoursError
from beian.desk.requests import answer, note
from beian.desk.service import Desk
from beian.server.bodies import json_object, number_of, text_of
from beian.server.errors import ApiError
from beian.store.desk.absences import AbsenceError
from beian.store.desk.snippets import VARIABLES, SnippetError

# --- hours -------------------------------------------------------------------------------------------


async def hours(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """The hours that hold, as they are written, and the days closed besides."""
    return answer(await desk.threads.read(_hours, desk))


def _hours(desk: Desk) -> HoursShown:
    hours, is_written = desk.opening.hours(), desk.opening.is_written()
    staffing = desk.staffing()
    return {
        "hours": hours.written,
        "setting": desk.opening.setting.text,
        "is_written": is_written,
        "text": hours.text,
        "open": staffing["open"],
        "next": staffing["next"],
        "closed": [
            {"first": one.first.isoformat(), "last": one.last.isoformat(), "why": one.why}
            for one in hours.closures
        ],
    }


async def change_hours(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """Other hours, or (null) those of the setting; and the days closed."""
    body, me = json_object(request), who.session.agent.name
    written = None if body.get("hours") is None else text_of(body, "hours", "bad_value")
    closures = _closures(body.get("closed"))
    try:
        kept = await desk.threads.write(desk.opening.write, written, closures, me)
    except HoursError as error:
        raise ApiError("bad_value", str(error)) from error
    days = "、".join(f"{one.first} - {one.last}" for one in kept.closures)
    await note(desk, me, "hours", f"{kept.text}；放假：{days}" if days else kept.text)
    await desk.tell_hours()
    return answer(await desk.threads.read(_hours, desk))


def _closures(given: Any) -> list[Closure]:
    if not isinstance(given, list):
        raise ApiError("bad_value")
    found = []
    for one in given:
        if not isinstance(one, dict):
            raise ApiError("bad_value")
        first, last = (_day(text_of(one, key, "bad_value")) for key in ("first", "last"))
        found.append(Closure(first, last, text_of(one, "why", "bad_value")))
    return found


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise ApiError("bad_value", "放假的日子要填完整。") from error
    if not 2000 <= day.year <= 9000:
        raise ApiError("bad_value")
    return day


# --- absences ----------------------------------------------------------------------------------------


async def away(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """One's own absence, or (null) the end of it."""
    me, body = who.session.agent.name, json_object(request)
    absent = await change_absence(desk, me, body)
    await note(desk, me, "away" if absent else "back", absent)
    return answer(Ok(ok=True))


async def change_absence(desk: Desk, name: str, body: dict[str, Any]) -> str | None:
    """Have an agent be away, until a time; when that is, None for being back. Raises ApiError.

    What is held goes back to the queue as soon as the absence begins.
    """
    absences = desk.presence.absences
    if body.get("until") is None:
        await desk.threads.write(absences.end, name)
        desk.live.tell_agent(name, "away", None)
        return None
    begin, until = _moment(body.get("begin")), _moment(body["until"])
    assert until is not None
    try:
        absence = await desk.threads.write(absences.note, name, begin, until)
    except AbsenceError as error:
        raise ApiError("bad_value", str(error)) from error
    await desk.gone([name])
    has_begun = name in await desk.threads.read(absences.now)
    desk.live.tell_agent(name, "away", absence.until if has_begun else None)
    return f"到 {absence.until_text}"


def _moment(given: Any) -> float | None:
    """Seconds since 1970, None for none; raises ApiError."""
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise ApiError("bad_value")
    return float(given)


# --- canned replies ----------------------------------------------------------------------------------


async def snippets(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """All of them, and the variables there are."""
    found = await desk.threads.read(desk.snippets.all)
    return answer(Snippets(snippets=found, variables=list(VARIABLES)))


async def add_snippet(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """Another one."""
    return await _write(desk, who, None, json_object(request))


async def change_snippet(desk: Desk, request: Request, who: Caller, number: str) -> HTTPResponse:
    """Write one anew, or take it away."""
    body, wanted = json_object(request), number_of(number)
    if body.get("remove") is not True:
        return await _write(desk, who, wanted, body)
    if not await desk.threads.write(desk.snippets.remove, wanted):
        raise ApiError("not_found")
    return await _written(desk, who, f"删去 #{wanted}")


async def _write(desk: Desk, who: Caller, number: int | None, body: dict[str, Any]) -> HTTPResponse:
    name, text = text_of(body, "name", "bad_value"), text_of(body, "text", "bad_value")
    me = who.session.agent.name
    try:
        if number is None:
            await desk.threads.write(desk.snippets.add, name, text, me)
        elif not await desk.threads.write(desk.snippets.change, number, name, text, me):
            raise ApiError("not_found")
    except SnippetError as error:
        raise ApiError("bad_value", str(error)) from error
    return await _written(desk, who, name)


async def _written(desk: Desk, who: Caller, detail: str) -> HTTPResponse:
    await note(desk, who.session.agent.name, "snippets", detail)
    found = await desk.threads.read(desk.snippets.all)
    desk.live.tell_all("snippets", found)
    return answer(Snippets(snippets=found, variables=list(VARIABLES)))
