"""Routes for the numbers of a period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, raw

from beian.calendar.today import today_in_china
from beian.contract import desk as contract
from beian.desk.guard import Caller
from beian.desk.numbers import MOST_DAYS, count, shown
from beian.desk.numbers import behind as conversations_behind
from beian.desk.numbers_csv import as_csv
from beian.desk.requests import answer, argument, note
from beian.desk.service import Desk
from beian.server.errors import ApiError
from beian.store.period import PeriodRows, read_both

DEFAULT_DAYS = 14
_MOST_ROWS = 300


def _period(request: Request) -> tuple[date, date]:
    try:
        last = date.fromisoformat(argument(request, "to")) if argument(request, "to") else today_in_china()
        first = (
            date.fromisoformat(argument(request, "from"))
            if argument(request, "from")
            else last - timedelta(days=DEFAULT_DAYS - 1)
        )
    except (ValueError, OverflowError) as error:
        raise ApiError("bad_value") from error
    if not 0 <= (last - first).days < MOST_DAYS or first.year < 2000 or last.year > 9000:
        raise ApiError("bad_value")
    return first, last


async def _counted(desk: Desk, request: Request) -> tuple[PeriodRows, dict[str, Any]]:
    """The rows and numbers of the period."""
    first, last = _period(request)

    def work() -> tuple[PeriodRows, dict[str, Any]]:
        rows, before = read_both(desk.context.store, first, last)
        return rows, count(rows, desk.context.assistant.kb, before)

    return await desk.threads.long(work)


async def numbers(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """The numbers of a period."""
    _, counted = await _counted(desk, request)
    await note(desk, who.session.agent.name, "numbers")
    return answer(shown(counted))


async def numbers_csv(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """The same as a file."""
    rows, counted = await _counted(desk, request)
    await note(desk, who.session.agent.name, "export", f"{rows.first} - {rows.last}")
    name = f"numbers-{rows.first}-{rows.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return raw(as_csv(counted).encode(), headers=headers, content_type="text/csv; charset=utf-8")


async def behind(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """The conversations behind one of the numbers."""
    rows, counted = await _counted(desk, request)
    try:
        day = date.fromisoformat(argument(request, "day")) if argument(request, "day") else None
    except ValueError as error:
        raise ApiError("bad_value") from error
    found = conversations_behind(counted, argument(request, "number"), day, rows, desk.context.assistant.kb)
    if found is None:
        raise ApiError("bad_value")
    place = {name: at for at, name in enumerate(found[:_MOST_ROWS])}
    behind = await desk.threads.long(desk.records.rows, who.session.agent.name, list(place))
    behind.sort(key=lambda row: place[row.id])
    await note(desk, who.session.agent.name, "numbers", argument(request, "number"))
    return answer(contract.Rows(rows=await desk.shown(behind)))
