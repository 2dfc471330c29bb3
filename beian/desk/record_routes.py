"""Routes for admins about what is kept: the audit log, and all there is of one conversation."""

from __future__ import annotations

import csv
import io
import json as jsonlib
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from sanic.request import Request
from sanic.response import HTTPResponse, raw

from beian.calendar.today import CHINA
from beian.contract.customer import Ok
from beian.contract.desk import ACTIONS, AuditPage
from beian.desk.guard import Caller
from beian.desk.requests import answer, argument, note, row_found
from beian.desk.service import Desk
from beian.desk.spreadsheet import plain_cell
from beian.retention import purge as retention
from beian.server.bodies import json_object, number_of, text_of
from beian.server.errors import ApiError
from beian.store.desk.audit import PAGE, Wanted

MOST_EXPORTED = 20_000


def _wanted(request: Request) -> Wanted:
    def day(name: str) -> date | None:
        try:
            return date.fromisoformat(argument(request, name)) if argument(request, name) else None
        except ValueError as error:
            raise ApiError("bad_value") from error

    def start(moment: date | None) -> float | None:
        if moment is None:
            return None
        try:
            return datetime.combine(moment, clock_time(0), CHINA).timestamp()
        except (OverflowError, ValueError) as error:
            raise ApiError("bad_value") from error

    last = day("to")
    try:
        after_last = last + timedelta(days=1) if last else None
    except OverflowError as error:
        raise ApiError("bad_value") from error
    return Wanted(
        argument(request, "agent") or None,
        argument(request, "action") or None,
        start(day("from")),
        start(after_last),
    )


async def audit(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """A page of the log."""
    before = number_of(request.args.get("before", 0)) or None
    entries = await desk.threads.read(desk.audit.entries, _wanted(request), before)
    await note(desk, who.session.agent.name, "audit")
    return answer(AuditPage(entries=entries, more=len(entries) == PAGE))


async def audit_csv(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """What the filters leave, for a spreadsheet."""
    entries = await desk.threads.long(desk.audit.entries, _wanted(request), None, MOST_EXPORTED)
    await note(desk, who.session.agent.name, "export", "审计记录")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["序号", "时间", "谁", "做了什么", "会话", "说明"])
    for entry in entries:
        at = datetime.fromtimestamp(entry["at"], CHINA).strftime("%Y-%m-%d %H:%M:%S")
        action = ACTIONS.get(entry["action"], entry["action"])
        cells = [entry["agent"], action, entry["conversation"] or "", entry["detail"] or ""]
        writer.writerow([entry["n"], at, *map(plain_cell, cells)])
    return _download(("\ufeff" + text.getvalue()).encode(), "audit.csv", "text/csv; charset=utf-8")


async def export_conversation(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """Everything that is stored of it, as a customer may ask for."""
    await desk.threads.read(row_found, desk, who, name)
    trackers = desk.context.assistant.tracker_store
    found = await desk.threads.long(retention.export, desk.context.store, trackers, name)
    await desk.threads.write(desk.audit.note, who.session.agent.name, "export", name)
    body = jsonlib.dumps(found, ensure_ascii=False, indent=1, default=str).encode()
    return _download(body, "conversation.json", "application/json")


async def delete_conversation(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """Remove it from every table, once its whole number is given again."""
    await desk.threads.read(row_found, desk, who, name)
    if text_of(json_object(request), "confirm", "bad_value") != name:
        raise ApiError("bad_value", "会话编号与要删除的不一致。")
    trackers = desk.context.assistant.tracker_store
    async with desk.context.assistant.locks.lock(name):
        await desk.threads.long(retention.delete, desk.context.store, trackers, name)
    await desk.threads.write(desk.audit.note, who.session.agent.name, "delete", name)
    desk.live.tell_all("deleted", name)
    desk.live.changed(name)
    return answer(Ok(ok=True))


def _download(body: bytes, name: str, kind: str) -> HTTPResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return raw(body, headers=headers, content_type=kind)
