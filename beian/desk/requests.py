"""What the handlers of the desk's routes share."""

from __future__ import annotations

from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, json

from beian.contract.desk import DeskMessage
from beian.contract.desk import Row as RowShown
from beian.desk.guard import Caller
from beian.desk.service import Desk
from beian.server.errors import ApiError
from beian.store.desk.rows import Row
from beian.store.records import Message
from beian.text.acceptable import readable

_MOST_QUERY_CHARACTERS = 200


def answer(body: Any) -> HTTPResponse:
    """A response of JSON."""
    return json(body, ensure_ascii=False)


def argument(request: Request, name: str) -> str:
    """A part of the query, "" without it."""
    return str(request.args.get(name) or "")


def query_in(request: Request, name: str) -> str:
    """The same as text to look for: readable, and no longer than anybody types."""
    return readable(argument(request, name))[:_MOST_QUERY_CHARACTERS]


def message_shown(message: Message) -> DeskMessage:
    """A message as the page gets it."""
    return {**message.as_dict(), "agent": message.agent}


def row_found(desk: Desk, who: Caller, name: str) -> Row:
    """The row of one conversation; waits for the store. Raises ApiError."""
    rows = desk.records.rows(who.session.agent.name, [name])
    if not rows:
        raise ApiError("not_found")
    return rows[0]


async def row_shown(desk: Desk, who: Caller, name: str) -> RowShown:
    """The same as the page gets it."""
    return (await desk.shown([await desk.threads.read(row_found, desk, who, name)]))[0]


async def note(desk: Desk, agent: str, action: str, detail: str | None = None) -> None:
    """A line of the audit log that is about no conversation."""
    await desk.threads.write(desk.audit.note, agent, action, None, detail)
