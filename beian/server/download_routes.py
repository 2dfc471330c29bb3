"""Routes for taking a checklist or the deadlines along."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse, raw

from beian.server import downloads
from beian.server.bodies import number_of
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.store.records import Message


async def markdown(context: Context, request: Request, number: str) -> HTTPResponse:
    """A checklist for an editor."""
    message = await _stored(context, request, number)
    if not (downloads.has_checklist(message) or downloads.has_deadlines(message)):
        raise ApiError("not_found")
    body = downloads.checklist_markdown(message).encode()
    return raw(body, headers=_attachment("checklist.md"), content_type="text/markdown; charset=utf-8")


async def plain(context: Context, request: Request, number: str) -> HTTPResponse:
    """A checklist as plain text."""
    message = await _stored(context, request, number)
    if not (downloads.has_checklist(message) or downloads.has_deadlines(message)):
        raise ApiError("not_found")
    body = downloads.checklist_text(message, context.assistant.kb.phone)
    return raw(body, headers=_attachment("checklist.txt"), content_type="text/plain; charset=utf-8")


async def calendar(context: Context, request: Request, number: str) -> HTTPResponse:
    """The deadlines for a calendar."""
    message = await _stored(context, request, number)
    if not downloads.has_deadlines(message):
        raise ApiError("not_found")
    body = downloads.deadlines_calendar(message, context.session(request), context.assistant.kb.phone)
    return raw(body, headers=_attachment("checklist.ics"), content_type="text/calendar; charset=utf-8")


async def _stored(context: Context, request: Request, number: str) -> Message:
    conversation = context.session(request)
    message = await context.store.threads.read(context.store.message, conversation, number_of(number, 1))
    if message is None:
        raise ApiError("not_found")
    return message


def _attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
