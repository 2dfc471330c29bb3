"""The desk's interface under /api/desk. What each route needs stands in ROUTES and is checked before it."""

from __future__ import annotations

import asyncio
import json as jsonlib
import time
from datetime import date, timedelta
from typing import Any, Literal

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from beian.calendar.today import today_in_china
from beian.desk import numbers, tools
from beian.desk.accounts import ROLES, AccountError, Agent
from beian.desk.audit import PAGE as AUDIT_PAGE
from beian.desk.guard import (
    Caller,
    caller,
    check_request,
    csrf_of,
    drop_cookie,
    know_device,
    place_of,
    set_cookie,
)
from beian.desk.live import Watcher
from beian.desk.lockout import LockedError, Place
from beian.desk.records import ORDER
from beian.desk.search import search
from beian.desk.service import Desk
from beian.server.bodies import client_id_of, json_object, number_of, text_of
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.server.limits import RateLimiter
from beian.server.settings import TITLE
from beian.server.store import Message
from beian.server.text import RejectedError, acceptable, readable

Need = Literal["open", "agent", "admin"]

KEEP_ALIVE_SECONDS = 15.0
DEFAULT_DAYS = 14
_PAGE = 500
_SHOWN = 150
"""How many messages of a conversation are shown at once; earlier ones are asked for."""
_MOST_ROWS = 300
_MOST_STREAMS = 200
_MOST_QUERY_CHARACTERS = 200
_LOG_INS = (20, 0.2)
_REQUESTS = (400, 60.0)

ROUTES: list[tuple[str, str, str, Need]] = [
    ("state", "GET", "/state", "open"),
    ("login", "POST", "/login", "open"),
    ("me", "GET", "/me", "agent"),
    ("logout", "POST", "/logout", "agent"),
    ("logout_everywhere", "POST", "/logout-everywhere", "agent"),
    ("password", "POST", "/password", "agent"),
    ("lookup", "GET", "/lookup", "agent"),
    ("tools", "GET", "/tools", "agent"),
    ("events", "GET", "/events", "agent"),
    ("conversations", "GET", "/conversations", "agent"),
    ("conversation", "GET", "/conversations/<name>", "agent"),
    ("suggestions", "GET", "/conversations/<name>/suggestions", "agent"),
    ("claim", "POST", "/conversations/<name>/claim", "agent"),
    ("say", "POST", "/conversations/<name>/messages", "agent"),
    ("hand_back", "POST", "/conversations/<name>/hand-back", "agent"),
    ("close", "POST", "/conversations/<name>/close", "agent"),
    ("read", "POST", "/conversations/<name>/read", "agent"),
    ("add_note", "POST", "/conversations/<name>/notes", "agent"),
    ("set_labels", "POST", "/conversations/<name>/labels", "agent"),
    ("numbers", "GET", "/numbers", "agent"),
    ("numbers_csv", "GET", "/numbers.csv", "agent"),
    ("behind", "GET", "/numbers/conversations", "agent"),
    ("agents", "GET", "/agents", "admin"),
    ("add_agent", "POST", "/agents", "admin"),
    ("change_agent", "POST", "/agents/<name>", "admin"),
    ("audit", "GET", "/audit", "admin"),
]


def desk_routes(context: Context) -> Blueprint:
    """The blueprint; makes the desk of this server. Raises StoreError or SettingsError."""
    blueprint = Blueprint("desk", url_prefix="/api/desk")
    desk = Desk(context)
    blueprint.ctx.desk = desk
    limits = {"login": RateLimiter(*_LOG_INS), "desk": RateLimiter(*_REQUESTS)}
    blueprint.ctx.limits = limits
    for name, method, path, need in ROUTES:
        run = _guarded(globals()[f"_{name}"], desk, need, limits)
        blueprint.add_route(run, path, methods=[method], name=name)

    @blueprint.listener("after_server_start")
    async def start(_app: Any, _loop: Any) -> None:
        if desk.relay is not None:
            desk.relay.start()
        await desk.warm_up()

    @blueprint.listener("before_server_stop")
    async def stop(_app: Any, _loop: Any) -> None:
        if desk.relay is not None:
            desk.relay.stop()
        desk.live.end()
        desk.passwords.close()

    return blueprint


def _guarded(handler: Any, desk: Desk, need: Need, limits: dict[str, RateLimiter]) -> Any:
    async def run(request: Request, **arguments: str) -> HTTPResponse | None:
        check_request(desk, request)
        if need == "open":
            key = desk.context.address(request)
            _limit(desk, limits["login" if request.method == "POST" else "desk"], key)
            return await handler(desk, request, **arguments)
        who = await caller(desk, request)
        _limit(desk, limits["desk"], who.session.id)
        if need == "admin" and not who.session.agent.is_admin:
            raise ApiError("not_admin")
        return await handler(desk, request, who, **arguments)

    return run


def _limit(desk: Desk, limiter: RateLimiter, key: str) -> None:
    wait = limiter.wait(key)
    if wait:
        desk.context.metrics.rate_limited.labels("desk").inc()
        raise ApiError("rate_limited", retry_after=wait)


def _answer(body: Any) -> HTTPResponse:
    return json(body, ensure_ascii=False)


# --- log-in ----------------------------------------------------------------------------------------


async def _state(desk: Desk, request: Request) -> HTTPResponse:
    return _answer({"title": TITLE, "accounts": await desk.threads.read(desk.accounts.exist)})


async def _login(desk: Desk, request: Request) -> HTTPResponse:
    body = json_object(request)
    name, password = text_of(body, "name", "bad_value"), text_of(body, "password", "bad_value")
    try:
        found = await desk.passwords.run(desk.accounts.log_in, name, password, place_of(desk, request, name))
    except LockedError as error:
        await _note(desk, name, "login_locked")
        raise ApiError("locked", retry_after=error.seconds) from error
    if found is None:
        await _note(desk, name, "login_failed")
        raise ApiError("bad_login")
    agent, secret = found
    await _note(desk, agent.name, "login")
    response = _answer(_profile(desk, agent, csrf_of(desk, secret)))
    set_cookie(desk, response, secret)
    know_device(desk, request, response, agent.name)
    return response


async def _note(desk: Desk, agent: str, action: str, detail: str | None = None) -> None:
    await desk.threads.write(desk.audit.note, agent, action, None, detail)


def _profile(desk: Desk, agent: Agent, csrf: str) -> dict[str, Any]:
    kb = desk.context.assistant.kb

    def terms(group: str) -> list[dict[str, str]]:
        return [{"id": term.id, "name": term.name} for term in kb.terms if term.group == group]

    return {
        "name": agent.name,
        "role": agent.role,
        "csrf": csrf,
        "hours": desk.hours.text,
        "open": desk.hours.open(),
        "change_types": terms("change_type"),
        "subject_kinds": terms("subject_kind"),
        "facts": {fact.id: fact.title for fact in kb.facts.values()},
        "limits": {"text": desk.context.settings.max_text},
    }


async def _me(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    return _answer(_profile(desk, who.session.agent, who.csrf))


async def _logout(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    await desk.threads.write(desk.accounts.log_out, who.session)
    await _note(desk, who.session.agent.name, "logout")
    response = _answer({"ok": True})
    drop_cookie(response)
    return response


async def _logout_everywhere(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    name = who.session.agent.name
    ended = await desk.threads.write(desk.accounts.log_out_everywhere, name)
    desk.live.end(name)
    await _note(desk, name, "logout_everywhere", str(ended))
    response = _answer({"ended": ended})
    drop_cookie(response)
    return response


async def _password(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    body = json_object(request)
    name = who.session.agent.name
    here = Place(f"session {who.session.id}", is_known=True)
    try:
        old, new = text_of(body, "old", "bad_value"), text_of(body, "new", "bad_value")
        if await desk.passwords.run(desk.accounts.log_in, name, old, here) is None:
            raise ApiError("bad_login")
        await desk.passwords.run(desk.accounts.set_password, name, new)
    except LockedError as error:
        raise ApiError("locked", retry_after=error.seconds) from error
    except AccountError as error:
        raise ApiError("bad_value", str(error)) from error
    desk.live.end(name)
    await _note(desk, name, "password")
    response = _answer({"ok": True})
    drop_cookie(response)
    return response


# --- look-up ---------------------------------------------------------------------------------------


async def _lookup(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    found = await desk.look_up(
        readable(_argument(request, "q"))[:_MOST_QUERY_CHARACTERS],
        _term(desk, request, "change_type"),
        _term(desk, request, "subject_kind"),
    )
    return _answer(found.as_dict())


def _argument(request: Request, name: str) -> str:
    return str(request.args.get(name) or "")


def _term(desk: Desk, request: Request, group: str) -> str | None:
    value = _argument(request, group)
    if value and desk.context.assistant.kb.term(group, value) is None:
        raise ApiError("bad_value")
    return value or None


async def _tools(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    kind, given = _argument(request, "kind"), readable(_argument(request, "given"))[:_MOST_QUERY_CHARACTERS]
    if kind not in tools.KINDS:
        raise ApiError("bad_value")
    return _answer({"result": tools.work_out(kind, given, today_in_china(), desk.context.assistant.kb)})


# --- conversations -----------------------------------------------------------------------------------


async def _conversations(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    agent = who.session.agent.name
    modes = [mode for mode in _argument(request, "modes").split(",") if mode] or list(ORDER)
    if not set(modes) <= set(ORDER):
        raise ApiError("bad_value")
    query = readable(_argument(request, "q"))[:_MOST_QUERY_CHARACTERS]
    matched: dict[str, dict[str, Any]] = {}
    ids = None
    if query:
        hits = await desk.threads.long(search, desk.context.store, query)
        matched = {name: {"message": number, "text": text[:200]} for name, number, text in hits}
        ids = list(matched)
        await _note(desk, agent, "search", query)

    def read() -> tuple[list[dict[str, Any]], list[str]]:
        found = desk.records.rows(agent, ids, modes, _MOST_ROWS)
        return [row.as_dict() for row in found], desk.records.known_labels()

    rows, labels = await desk.threads.long(read)
    for row in rows:
        row["matched"] = matched.get(row["id"])
    return _answer({"rows": rows, "labels": labels, "open": desk.hours.open()})


def _shown(message: Message) -> dict[str, Any]:
    return {**message.as_dict(), "agent": message.agent}


async def _conversation(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    before = number_of(request.args.get("before", 0))

    def read() -> dict[str, Any]:
        row = _row(desk, who, name)
        last = before - 1 if before else row["last_id"]
        messages = desk.context.store.messages(name, max(0, last - _SHOWN), limit=_SHOWN)
        if before:
            return {"messages": [_shown(message) for message in messages if message.id < before]}
        return {
            "row": row,
            "messages": [_shown(message) for message in messages],
            "notes": desk.records.notes(name),
            "labels": desk.records.labels_of(name),
            "satisfaction": desk.records.satisfaction_of(name),
        }

    found = await desk.threads.read(read)
    await desk.threads.write(desk.saw, who.session, name, not before)
    if not before:
        found["case"] = await desk.case(name)
    return _answer(found)


def _row(desk: Desk, who: Caller, name: str) -> dict[str, Any]:
    rows = desk.records.rows(who.session.agent.name, [name])
    if not rows:
        raise ApiError("not_found")
    return rows[0].as_dict()


async def _suggestions(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    await desk.threads.read(_row, desk, who, name)
    await desk.threads.write(desk.saw, who.session, name)
    return _answer({"suggestions": await desk.suggestions(name), "case": await desk.case(name)})


async def _claim(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    force = json_object(request).get("force") is True
    await desk.threads.write(desk.claim, name, who.session.agent, force)
    return _answer({"row": await desk.threads.read(_row, desk, who, name)})


async def _say(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    body = json_object(request)
    try:
        text = acceptable(text_of(body, "text", "bad_text"), desk.context.settings.max_text)
    except RejectedError as rejected:
        raise ApiError("bad_text", desk.context.assistant.rejection(rejected)["text"]) from rejected
    suggested = body.get("suggestion")
    custom: dict[str, Any] = {}
    if isinstance(suggested, str) and suggested in desk.context.assistant.kb.facts:
        custom = {"suggestion": {"fact": suggested, "edited": body.get("edited") is True}}
    client_id = client_id_of(body)
    message = await desk.threads.write(desk.say, name, who.session.agent, text, client_id, custom)
    return _answer({"message": _shown(message)})


async def _hand_back(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    json_object(request)
    await desk.threads.write(desk.hand_back, name, who.session.agent)
    return _answer({"row": await desk.threads.read(_row, desk, who, name)})


async def _close(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    json_object(request)
    await desk.threads.write(desk.close, name, who.session.agent)
    return _answer({"row": await desk.threads.read(_row, desk, who, name)})


async def _read(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    last = number_of(json_object(request).get("last_id"), 0)

    def write() -> None:
        row = _row(desk, who, name)
        desk.records.mark_read(name, who.session.agent.name, min(last, row["last_id"]))

    await desk.threads.write(write)
    desk.live.changed(name)
    return _answer({"ok": True})


async def _add_note(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    await desk.threads.read(_row, desk, who, name)
    agent, text = who.session.agent.name, text_of(json_object(request), "text", "bad_text")

    def write() -> dict[str, Any]:
        note = desk.records.add_note(name, agent, text)
        desk.audit.note(agent, "note", name)
        return note

    try:
        note = await desk.threads.write(write)
    except ValueError as error:
        raise ApiError("bad_value") from error
    desk.live.tell(name, "note", note)
    return _answer({"note": note})


async def _set_labels(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    await desk.threads.read(_row, desk, who, name)
    wanted = json_object(request).get("labels")
    if not isinstance(wanted, list) or not all(isinstance(label, str) for label in wanted):
        raise ApiError("bad_value")

    def write() -> list[str]:
        stored = desk.records.set_labels(name, wanted)
        desk.audit.note(who.session.agent.name, "labels", name, "、".join(stored))
        return stored

    try:
        stored = await desk.threads.write(write)
    except ValueError as error:
        raise ApiError("bad_value") from error
    desk.live.changed(name)
    desk.live.tell(name, "labels", stored)
    return _answer({"labels": stored})


# --- what happens, as it happens ---------------------------------------------------------------------


async def _events(desk: Desk, request: Request, who: Caller) -> None:
    opened = _argument(request, "open") or None
    after = number_of(request.headers.get("last-event-id") or request.args.get("after", 0))
    if desk.context.hub.stopping or desk.live.count >= _MOST_STREAMS:
        raise ApiError("busy", retry_after=5)
    if opened is not None:
        await desk.threads.read(_row, desk, who, opened)
        await desk.threads.write(desk.saw, who.session, opened)
    with desk.context.stream(request):
        await _stream(desk, request, who, opened, after)


async def _stream(desk: Desk, request: Request, who: Caller, opened: str | None, after: int) -> None:
    watcher = desk.live.watch(who.session, opened)
    try:
        response = await request.respond(
            content_type="text/event-stream; charset=utf-8", headers={"X-Accel-Buffering": "no"}
        )
        await response.send(_line("hello", {}))
        store = desk.context.store
        for message in await store.threads.read(store.messages, opened, after, _PAGE) if opened else ():
            await response.send(_message_line(message))
            after = message.id
        await _follow(desk, who, response, watcher, after)
        await response.eof()
    finally:
        desk.live.leave(watcher)


async def _follow(desk: Desk, who: Caller, response: Any, watcher: Watcher, after: int) -> None:
    """Send what happens until the stream or the log-in ends."""
    checked = time.monotonic()
    while True:
        # Also where something happens all the time: another process may have ended the log-in.
        if time.monotonic() - checked > KEEP_ALIVE_SECONDS:
            checked = time.monotonic()
            if not await desk.threads.read(desk.accounts.is_open, who.session):
                return
        try:
            event = await asyncio.wait_for(watcher.events.get(), KEEP_ALIVE_SECONDS)
        except asyncio.TimeoutError:
            await response.send(": keep\n\n")
            continue
        if event is None:
            return
        kind, value = event
        if kind != "message":
            await response.send(_line(kind, {"value": value}))
        elif value.id > after:
            await response.send(_message_line(value))


def _message_line(message: Message) -> str:
    return f"id: {message.id}\n" + _line("message", {"value": _shown(message)})


def _line(kind: str, data: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {jsonlib.dumps(data, ensure_ascii=False)}\n\n"


# --- numbers -----------------------------------------------------------------------------------------


def _period(request: Request) -> tuple[date, date]:
    try:
        last = date.fromisoformat(_argument(request, "to")) if _argument(request, "to") else today_in_china()
        first = (
            date.fromisoformat(_argument(request, "from"))
            if _argument(request, "from")
            else last - timedelta(days=DEFAULT_DAYS - 1)
        )
    except (ValueError, OverflowError) as error:
        raise ApiError("bad_value") from error
    if not 0 <= (last - first).days < numbers.MOST_DAYS or first.year < 2000 or last.year > 9000:
        raise ApiError("bad_value")
    return first, last


async def _counted(desk: Desk, request: Request) -> tuple[numbers.Rows, dict[str, Any]]:
    """The rows and numbers of the period."""
    first, last = _period(request)

    def work() -> tuple[numbers.Rows, dict[str, Any]]:
        rows = numbers.read(desk.context.store, first, last)
        return rows, numbers.count(rows, desk.context.assistant.kb)

    return await desk.threads.long(work)


async def _numbers(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    _, counted = await _counted(desk, request)
    await _note(desk, who.session.agent.name, "numbers")
    return _answer(numbers.shown(counted))


async def _numbers_csv(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    rows, counted = await _counted(desk, request)
    await _note(desk, who.session.agent.name, "export", f"{rows.first} - {rows.last}")
    name = f"numbers-{rows.first}-{rows.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return raw(numbers.as_csv(counted).encode(), headers=headers, content_type="text/csv; charset=utf-8")


async def _behind(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    rows, counted = await _counted(desk, request)
    try:
        day = date.fromisoformat(_argument(request, "day")) if _argument(request, "day") else None
    except ValueError as error:
        raise ApiError("bad_value") from error
    found = numbers.behind(counted, _argument(request, "number"), day, rows)
    if found is None:
        raise ApiError("bad_value")
    place = {name: at for at, name in enumerate(found[:_MOST_ROWS])}
    shown = await desk.threads.long(desk.records.rows, who.session.agent.name, list(place))
    shown.sort(key=lambda row: place[row.id])
    await _note(desk, who.session.agent.name, "numbers", _argument(request, "number"))
    return _answer({"rows": [row.as_dict() for row in shown]})


# --- for admins --------------------------------------------------------------------------------------


async def _agents(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    found = [
        {"name": agent.name, "role": agent.role, "created": agent.created, "disabled": agent.disabled}
        for agent in await desk.threads.read(desk.accounts.all)
    ]
    return _answer({"agents": found})


async def _add_agent(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    body = json_object(request)
    name, password = text_of(body, "name", "bad_value"), text_of(body, "password", "bad_value")
    role = body.get("role", "agent")
    if role not in ROLES:
        raise ApiError("bad_value")
    try:
        agent = await desk.passwords.run(desk.accounts.add, name, password, role)
    except AccountError as error:
        raise ApiError("bad_value", str(error)) from error
    await _note(desk, who.session.agent.name, "add_agent", f"{agent.name} {agent.role}")
    return _answer({"ok": True})


async def _change_agent(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    job = json_object(request).get("job")
    jobs = {
        "log_out": lambda: desk.accounts.log_out_everywhere(name),
        "unlock": lambda: desk.accounts.unlock(name),
        "disable": lambda: desk.accounts.set_disabled(name, True),
        "enable": lambda: desk.accounts.set_disabled(name, False),
    }
    if not isinstance(job, str) or job not in jobs:
        raise ApiError("bad_value")
    if job == "disable" and name == who.session.agent.name:
        raise ApiError("bad_value", "不能停用自己的账号。")
    try:
        await desk.threads.write(jobs[job])
    except AccountError as error:
        raise ApiError("not_found", str(error)) from error
    if job in ("log_out", "disable"):
        desk.live.end(name)
    await _note(desk, who.session.agent.name, job, name)
    return _answer({"ok": True})


async def _audit(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    before = number_of(request.args.get("before", 0)) or None
    agent = _argument(request, "agent") or None
    entries = await desk.threads.read(lambda: desk.audit.entries(agent=agent, before=before))
    await _note(desk, who.session.agent.name, "audit")
    return _answer({"entries": entries, "more": len(entries) == AUDIT_PAGE})
