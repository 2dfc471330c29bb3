"""The route of the list of conversations, and of the search in them."""

from __future__ import annotations

import math
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from beian.desk.guard import Caller
from beian.desk.requests import answer, argument, note, query_in
from beian.desk.service import Desk
from beian.server.errors import ApiError
from beian.store.desk.rows import ORDER, Row
from beian.store.search import SEARCHED, excerpt, search


async def conversations(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """The list by modes, or what a search finds, with the labels there are."""
    agent = who.session.agent.name
    modes = [mode for mode in argument(request, "modes").split(",") if mode] or list(ORDER)
    if not set(modes) <= set(ORDER):
        raise ApiError("bad_value")
    query = query_in(request, "q")
    label, after = argument(request, "label") or None, _key(request)
    if after is not None and len(modes) != 1:
        raise ApiError("bad_value")
    if query:
        before = _number(argument(request, "before"))
        hits = await desk.threads.long(search, desk.context.store, query, SEARCHED, before)
        matched = {hit.conversation: hit for hit in hits}
        await note(desk, agent, "search", query)

    def read() -> tuple[list[Row], list[str], dict[str, int]]:
        body["open"] = desk.opening.hours().open()
        if query:
            found = [row for row in desk.records.rows(agent, list(matched)) if row.mode in modes]
            return found, desk.records.known_labels(), {}
        found = desk.records.sections(agent, modes, label, after)
        return found, desk.records.known_labels(), desk.records.counts(label)

    body: dict[str, Any] = {}
    found, labels, counts = await desk.threads.long(read)
    rows = await desk.shown(found)
    body |= {"rows": rows, "labels": labels, "counts": counts, "before": None}
    if query:
        for row in rows:
            hit = matched[row["id"]]
            row["matched"] = {"message": hit.message, "text": excerpt(hit.text, query)}
        if len(hits) == SEARCHED:
            body["before"] = hits[-1].at
    return answer(body)


def _number(written: str) -> float | None:
    """A time in an address, None without one; raises ApiError."""
    if not written:
        return None
    try:
        value = float(written)
    except ValueError as error:
        raise ApiError("bad_value") from error
    if not math.isfinite(value):
        raise ApiError("bad_value")
    return value


def _key(request: Request) -> tuple[float, str] | None:
    """The key of the last row known: its time and its id, with a comma between."""
    written, comma, name = argument(request, "after").partition(",")
    at = _number(written)
    if at is None:
        return None
    if not comma or not name:
        raise ApiError("bad_value")
    return at, name
