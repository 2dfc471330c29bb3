"""The desk's interface under /api/desk. What each route needs, as the contract says, is checked before it."""

from __future__ import annotations

import asyncio
import json as jsonlib
import math
import time
from datetime import date, timedelta
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from beian.calendar.today import today_in_china
from beian.contract import desk as contract
from beian.contract.customer import Ok
from beian.contract.desk import MOST_LABELS
from beian.contract.desk_routes import DESK, PREFIX
from beian.contract.route import Need
from beian.desk import calculators as tools
from beian.desk import holding_routes, numbers, staff_routes, team_routes
from beian.desk.accounts import AccountError, Agent
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
from beian.desk.numbers_csv import as_csv
from beian.desk.outcome import outcome
from beian.desk.paths import name_in_path
from beian.desk.records import ORDER, Row
from beian.desk.requests import answer, argument, note, row_found, row_shown
from beian.desk.service import Desk
from beian.desk.snippets import unfilled, values_of
from beian.masking import mask
from beian.server.bodies import client_id_of, json_object, number_of, text_of
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.server.limits import RateLimiter
from beian.server.routing import add_route
from beian.settings import TITLE
from beian.store.period import Rows, read_both
from beian.store.records import Message
from beian.store.search import SEARCHED, search
from beian.text.acceptable import RejectedError, acceptable, readable

KEEP_ALIVE_SECONDS = 15.0
DEFAULT_DAYS = 14
_PAGE = 500
_SHOWN = 150
"""How many messages of a conversation are shown at once; earlier ones are asked for."""
_MOST_ROWS = 300
_LISTENED_SECONDS = 3.0
_MOST_STREAMS = 200
_MOST_QUERY_CHARACTERS = 200
_LOG_INS = (20, 0.2)
_REQUESTS = (400, 60.0)


def desk_routes(context: Context) -> Blueprint:
    """The blueprint; makes the desk of this server. Raises StoreError or SettingsError."""
    blueprint = Blueprint("desk", url_prefix=PREFIX)
    desk = Desk(context)
    blueprint.ctx.desk = desk
    limits = {"login": RateLimiter(*_LOG_INS), "desk": RateLimiter(*_REQUESTS)}
    blueprint.ctx.limits = limits
    for route in DESK:
        add_route(blueprint, route, _guarded(_HANDLERS[route.name], desk, route.need, limits))

    @blueprint.listener("after_server_start")
    async def start(_app: Any, _loop: Any) -> None:
        if desk.relay is not None:
            desk.relay.start()
        await desk.advice.warm_up()
        desk.start()

    @blueprint.listener("before_server_stop")
    async def stop(_app: Any, _loop: Any) -> None:
        if desk.relay is not None:
            desk.relay.stop()
        desk.stop()
        desk.live.end()
        desk.passwords.close()

    return blueprint


def _guarded(handler: Any, desk: Desk, need: Need, limits: dict[str, RateLimiter]) -> Any:
    async def run(request: Request, **arguments: str) -> HTTPResponse | None:
        check_request(desk, request)
        if "name" in arguments:
            name = name_in_path(arguments["name"])
            if name is None:
                raise ApiError("not_found")
            arguments["name"] = name
        if need == "nothing":
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


# --- log-in ----------------------------------------------------------------------------------------


async def _state(desk: Desk, request: Request) -> HTTPResponse:
    return answer(contract.DeskState(title=TITLE, accounts=await desk.threads.read(desk.accounts.exist)))


async def _login(desk: Desk, request: Request) -> HTTPResponse:
    body = json_object(request)
    name, password = text_of(body, "name", "bad_value"), text_of(body, "password", "bad_value")
    try:
        found = await desk.passwords.run(desk.accounts.log_in, name, password, place_of(desk, request, name))
    except LockedError as error:
        await note(desk, name, "login_locked")
        raise ApiError("locked", retry_after=error.seconds) from error
    if found is None:
        await note(desk, name, "login_failed")
        raise ApiError("bad_login")
    agent, secret = found
    await note(desk, agent.name, "login")
    response = answer(await _profile(desk, agent, csrf_of(desk, secret)))
    set_cookie(desk, response, secret)
    know_device(desk, request, response, agent.name)
    return response


async def _profile(desk: Desk, agent: Agent, csrf: str) -> contract.Profile:
    staffing = await desk.threads.read(desk.staffing)
    away = (await desk.threads.read(desk.presence.absences.now)).get(agent.name)
    kb = desk.context.assistant.kb

    def terms(group: str) -> list[contract.Term]:
        return [{"id": term.id, "name": term.name} for term in kb.terms if term.group == group]

    return {
        "name": agent.name,
        "role": agent.role,
        "csrf": csrf,
        "hours": staffing["hours"],
        "open": staffing["open"],
        "next": staffing["next"],
        "away_until": away.until if away else None,
        "change_types": terms("change_type"),
        "subject_kinds": terms("subject_kind"),
        "items": terms("item"),
        "facts": {fact.id: fact.title for fact in kb.facts.values()},
        "originals": sorted(desk.context.originals.by_fact),
        "limits": {"text": desk.context.settings.max_text},
    }


async def _me(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    return answer(await _profile(desk, who.session.agent, who.csrf))


async def _logout(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    await desk.threads.write(desk.accounts.log_out, who.session)
    await desk.gone([who.session.agent.name])
    await note(desk, who.session.agent.name, "logout")
    response = answer(Ok(ok=True))
    drop_cookie(response)
    return response


async def _logout_everywhere(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    name = who.session.agent.name
    ended = await desk.threads.write(desk.accounts.log_out_everywhere, name)
    desk.live.end(name)
    await desk.gone([name])
    await note(desk, name, "logout_everywhere", str(ended))
    response = answer(contract.Ended(ended=ended))
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
    await note(desk, name, "password")
    response = answer(Ok(ok=True))
    drop_cookie(response)
    return response


# --- look-up ---------------------------------------------------------------------------------------


async def _lookup(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    found = await desk.advice.look_up(
        readable(argument(request, "q"))[:_MOST_QUERY_CHARACTERS],
        _term(desk, request, "change_type"),
        _term(desk, request, "subject_kind"),
    )
    return answer(found.as_dict())


def _term(desk: Desk, request: Request, group: str) -> str | None:
    value = argument(request, group)
    if value and desk.context.assistant.kb.term(group, value) is None:
        raise ApiError("bad_value")
    return value or None


async def _tools(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    kind, given = argument(request, "kind"), readable(argument(request, "given"))[:_MOST_QUERY_CHARACTERS]
    if kind not in tools.KINDS:
        raise ApiError("bad_value")
    found = tools.work_out(kind, given, today_in_china(), desk.context.assistant.kb)
    return answer(contract.ToolAnswer(result=found))


# --- conversations -----------------------------------------------------------------------------------


async def _conversations(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    agent = who.session.agent.name
    modes = [mode for mode in argument(request, "modes").split(",") if mode] or list(ORDER)
    if not set(modes) <= set(ORDER):
        raise ApiError("bad_value")
    query = readable(argument(request, "q"))[:_MOST_QUERY_CHARACTERS]
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
            row["matched"] = {"message": hit.message, "text": hit.text[:200]}
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


def _shown(message: Message) -> contract.DeskMessage:
    return {**message.as_dict(), "agent": message.agent}


async def _conversation(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    before, around = (number_of(request.args.get(key, 0)) for key in ("before", "around"))

    def read() -> dict[str, Any]:
        row = row_found(desk, who, name)
        last = before - 1 if before else row.last_id
        if around:
            last = min(last, around + _SHOWN // 2)
        messages = desk.context.store.messages(name, max(0, last - _SHOWN), limit=_SHOWN)
        if before:
            return {"messages": [_shown(message) for message in messages if message.id < before]}
        return {
            "row": row,
            "messages": [_shown(message) for message in messages],
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


async def _suggestions(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
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


async def _say(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
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
    return answer(contract.Said(message=_shown(message)))


async def _close(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    json_object(request)
    summary = await desk.advice.summary(name)
    await desk.threads.write(desk.close, name, who.session.agent, summary)
    return answer(contract.RowNow(row=await row_shown(desk, who, name)))


async def _read(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
    last = number_of(json_object(request).get("last_id"), 0)

    def write() -> None:
        row = row_found(desk, who, name)
        desk.records.mark_read(name, who.session.agent.name, min(last, row.last_id))

    await desk.threads.write(write)
    desk.live.changed(name)
    return answer(Ok(ok=True))


async def _add_note(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
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


async def _change_labels(desk: Desk, request: Request, who: Caller, name: str) -> HTTPResponse:
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


# --- what happens, as it happens ---------------------------------------------------------------------


async def _events(desk: Desk, request: Request, who: Caller) -> None:
    opened = argument(request, "open") or None
    after = number_of(request.headers.get("last-event-id") or request.args.get("after", 0))
    if desk.context.hub.stopping or desk.live.count >= _MOST_STREAMS:
        raise ApiError("busy", retry_after=5)
    if opened is not None:
        await desk.threads.read(row_found, desk, who, opened)
        await desk.threads.write(desk.saw, who.session, opened)
    with desk.context.stream(request):
        await _stream(desk, request, who, opened, after)


async def _stream(desk: Desk, request: Request, who: Caller, opened: str | None, after: int) -> None:
    watcher = desk.live.watch(who.session, opened)
    try:
        await desk.is_here(who.session.agent.name)
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
            await desk.is_here(who.session.agent.name)
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
        last = date.fromisoformat(argument(request, "to")) if argument(request, "to") else today_in_china()
        first = (
            date.fromisoformat(argument(request, "from"))
            if argument(request, "from")
            else last - timedelta(days=DEFAULT_DAYS - 1)
        )
    except (ValueError, OverflowError) as error:
        raise ApiError("bad_value") from error
    if not 0 <= (last - first).days < numbers.MOST_DAYS or first.year < 2000 or last.year > 9000:
        raise ApiError("bad_value")
    return first, last


async def _counted(desk: Desk, request: Request) -> tuple[Rows, dict[str, Any]]:
    """The rows and numbers of the period."""
    first, last = _period(request)

    def work() -> tuple[Rows, dict[str, Any]]:
        rows, before = read_both(desk.context.store, first, last)
        return rows, numbers.count(rows, desk.context.assistant.kb, before)

    return await desk.threads.long(work)


async def _numbers(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    _, counted = await _counted(desk, request)
    await note(desk, who.session.agent.name, "numbers")
    return answer(numbers.shown(counted))


async def _numbers_csv(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    rows, counted = await _counted(desk, request)
    await note(desk, who.session.agent.name, "export", f"{rows.first} - {rows.last}")
    name = f"numbers-{rows.first}-{rows.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return raw(as_csv(counted).encode(), headers=headers, content_type="text/csv; charset=utf-8")


async def _behind(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    rows, counted = await _counted(desk, request)
    try:
        day = date.fromisoformat(argument(request, "day")) if argument(request, "day") else None
    except ValueError as error:
        raise ApiError("bad_value") from error
    found = numbers.behind(counted, argument(request, "number"), day, rows, desk.context.assistant.kb)
    if found is None:
        raise ApiError("bad_value")
    place = {name: at for at, name in enumerate(found[:_MOST_ROWS])}
    behind = await desk.threads.long(desk.records.rows, who.session.agent.name, list(place))
    behind.sort(key=lambda row: place[row.id])
    await note(desk, who.session.agent.name, "numbers", argument(request, "number"))
    return answer(contract.Rows(rows=await desk.shown(behind)))


_HANDLERS: dict[str, Any] = {
    "state": _state,
    "login": _login,
    "me": _me,
    "logout": _logout,
    "logout_everywhere": _logout_everywhere,
    "password": _password,
    "lookup": _lookup,
    "tools": _tools,
    "events": _events,
    "conversations": _conversations,
    "colleagues": holding_routes.colleagues,
    "conversation": _conversation,
    "suggestions": _suggestions,
    "claim": holding_routes.claim,
    "transfer": holding_routes.transfer,
    "queue": holding_routes.queue,
    "correct": holding_routes.correct,
    "say": _say,
    "hand_back": holding_routes.hand_back,
    "close": _close,
    "read": _read,
    "add_note": _add_note,
    "change_labels": _change_labels,
    "snippets": staff_routes.snippets,
    "away": staff_routes.away,
    "numbers": _numbers,
    "numbers_csv": _numbers_csv,
    "behind": _behind,
    "agents": team_routes.agents,
    "add_agent": team_routes.add_agent,
    "change_agent": team_routes.change_agent,
    "knowledge": team_routes.knowledge,
    "hours": staff_routes.hours,
    "change_hours": staff_routes.change_hours,
    "add_snippet": staff_routes.add_snippet,
    "change_snippet": staff_routes.change_snippet,
    "audit": team_routes.audit,
    "audit_csv": team_routes.audit_csv,
    "export_conversation": team_routes.export_conversation,
    "delete_conversation": team_routes.delete_conversation,
}
"""By the names of the contract's routes."""
