"""Routes for admins: accounts, the audit log, and what the law asks for of one conversation."""

from __future__ import annotations

import csv
import io
import json as jsonlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, raw

from beian.calendar.today import CHINA
from beian.contract import desk as contract
from beian.contract.customer import Ok
from beian.contract.desk import ACTIONS, Agents, AgentShown, AuditPage
from beian.desk import audit as audit_log
from beian.desk.absences import Absence
from beian.desk.accounts import ROLES, AccountError, plain_name
from beian.desk.audit import Wanted
from beian.desk.guard import Caller
from beian.desk.requests import answer, argument, note, row_found
from beian.desk.service import Desk
from beian.desk.staff_routes import change_absence
from beian.retention import purge as retention
from beian.server.bodies import json_object, number_of, text_of
from beian.server.errors import ApiError

MOST_EXPORTED = 20_000
_STAY = ("unlock", "enable", "shown", "away", "back")
"""After these the account stays logged in."""
_NOT_ONESELF = {"disable": "不能停用自己的账号。", "role": "不能改自己的角色。"}


async def agents(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """Every account, whether it is at the desk, and where it is logged in."""
    found = await desk.threads.read(desk.accounts.all)
    here = {one.name: one.here for one in await desk.threads.read(desk.presence.colleagues)}
    absences = await desk.threads.read(desk.presence.absences.known)
    sessions = await desk.threads.read(desk.accounts.sessions)
    shown = [
        AgentShown(
            name=agent.name,
            role=agent.role,
            created=agent.created,
            disabled=agent.disabled,
            here=here.get(agent.name, False),
            sessions=sessions.get(agent.name, []),
            absence=_absence(absences.get(agent.name)),
            shown=agent.shown,
        )
        for agent in found
    ]
    return answer(Agents(agents=shown))


def _absence(absence: Absence | None) -> contract.Absence | None:
    return contract.Absence(begin=absence.begin, until=absence.until) if absence else None


async def knowledge(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """Which state of the knowledge base is answered from, and why a later one is not."""
    reloader = desk.context.knowledge
    refused = None
    if reloader.last.result == "refused":
        refused = contract.RefusedKnowledge(at=reloader.last.at, faults=list(reloader.last.faults))
    version = desk.context.assistant.kb.version
    return answer(contract.KnowledgeShown(version=version, since=reloader.since, refused=refused))


async def add_agent(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """A new account."""
    body = json_object(request)
    name, password = text_of(body, "name", "bad_value"), text_of(body, "password", "bad_value")
    role = body.get("role", "agent")
    if role not in ROLES:
        raise ApiError("bad_value")
    try:
        agent = await desk.passwords.run(desk.accounts.add, name, password, role)
    except AccountError as error:
        raise ApiError("bad_value", str(error)) from error
    await note(desk, who.session.agent.name, "add_agent", f"{agent.name} {agent.role}")
    return answer(Ok(ok=True))


async def change_agent(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    """One change of an account; whoever is shut out by it keeps no conversation."""
    name, body = plain_name(name), json_object(request)
    job, me = body.get("job"), who.session.agent.name
    if name == me and job in _NOT_ONESELF:
        raise ApiError("bad_value", _NOT_ONESELF[str(job)])
    try:
        detail = await _change(desk, str(job), name, body)
    except AccountError as error:
        is_missing = not await desk.threads.read(desk.accounts.is_known, name)
        raise ApiError("not_found" if is_missing else "bad_value", str(error)) from error
    if job not in _STAY:
        desk.live.end(name)
        await desk.gone([name])
    await note(desk, me, "set_password" if job == "password" else str(job), detail)
    return answer(Ok(ok=True))


async def _change(desk: Desk, job: str, name: str, body: dict[str, Any]) -> str:
    """Do it, and say what for the log. Raises AccountError or ApiError."""
    accounts = desk.accounts
    if job == "password":
        await desk.threads.write(accounts.check_exists, name)
        await desk.passwords.run(accounts.set_password, name, text_of(body, "password", "bad_value"))
        return name
    if job == "role":
        role = body.get("role")
        if role not in ROLES:
            raise ApiError("bad_value")
        await desk.threads.write(accounts.set_role, name, role)
        return f"{name} {role}"
    if job == "rename":
        to = await desk.threads.write(accounts.rename, name, text_of(body, "to", "bad_value"))
        return f"{name} → {to}"
    if job == "shown":
        shown = text_of(body, "to", "bad_value")
        await desk.threads.write(accounts.set_shown, name, shown)
        return f"{name} → {shown}"
    if job in ("away", "back"):
        await desk.threads.read(accounts.check_exists, name)
        absent = await change_absence(desk, name, body if job == "away" else {})
        return f"{name} {absent}" if absent else name
    jobs: dict[str, Callable[[], Any]] = {
        "log_out": lambda: accounts.log_out_everywhere(name),
        "unlock": lambda: accounts.unlock(name),
        "disable": lambda: accounts.set_disabled(name, True),
        "enable": lambda: accounts.set_disabled(name, False),
    }
    if job not in jobs:
        raise ApiError("bad_value")
    await desk.threads.write(jobs[job])
    return name


# --- the audit log -----------------------------------------------------------------------------------


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
    return answer(AuditPage(entries=entries, more=len(entries) == audit_log.PAGE))


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
        writer.writerow([entry["n"], at, *map(audit_log.plain_cell, cells)])
    return _download(("\ufeff" + text.getvalue()).encode(), "audit.csv", "text/csv; charset=utf-8")


# --- one conversation --------------------------------------------------------------------------------


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
