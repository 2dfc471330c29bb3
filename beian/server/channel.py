"""The widget's interface, as docs/api.md describes it."""

from __future__ import annotations

import asyncio
import json as jsonlib
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from beian.answers.render import fact_text
from beian.contract import customer as contract
from beian.contract.customer import MOST_TICKS
from beian.contract.routes import CUSTOMER
from beian.hearing.noted import vocabulary
from beian.server import downloads
from beian.server import own_conversation as whole
from beian.server.bodies import client_id_of, json_object, number_of, text_of
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.server.routing import add_route
from beian.server.watching import Event, Stream
from beian.settings import TITLE
from beian.store.records import Conversation, Draft, Message
from beian.text.acceptable import RejectedError, acceptable, readable

KEEP_ALIVE_SECONDS = 15.0
SHARED_SECONDS = 3.0
_STREAMS_A_SESSION = 5
_MOST_REASON_CHARACTERS = 500
_PAGE = 500
_CACHED = {"Cache-Control": "public, max-age=300"}


def channel(context: Context) -> Blueprint:
    """All routes under /api that a customer's browser uses."""
    blueprint = Blueprint("widget", url_prefix="/api")
    for route in CUSTOMER:
        add_route(blueprint, route, _bound(_HANDLERS[route.name], context))
    return blueprint


def _bound(handler: Any, context: Context) -> Any:
    async def run(request: Request, **arguments: str) -> HTTPResponse | None:
        context.guard(request)
        return await handler(context, request, **arguments)

    return run


# --- without a session ---------------------------------------------------------------------------


async def _sessions(context: Context, request: Request) -> HTTPResponse:
    context.limit("new_sessions", context.address(request))
    json_object(request)
    _, token = context.signer.new_session()
    return json(contract.NewSession(session=token), status=201)


async def _config(context: Context, request: Request) -> HTTPResponse:
    kb = context.assistant.kb
    config: contract.Config = {
        "title": TITLE,
        "greeting": kb.phrase("smalltalk", "greet"),
        "starters": [{"title": kb.title_of(fact), "payload": kb.question_of(fact)} for fact in kb.starters],
        "limits": {"text": context.settings.max_text},
        "phone": kb.phone,
        "kb_version": kb.version,
        "vocabulary": vocabulary(kb),
        "titles": {fact.id: fact.title for fact in kb.facts.values()},
    }
    return json(config, headers=_CACHED, ensure_ascii=False)


async def _questions(context: Context, request: Request) -> HTTPResponse:
    questions = context.assistant.kb.questions
    known = [contract.KnownQuestion(text=text, fact=fact) for text, fact in questions.items()]
    return json(contract.KnownQuestions(questions=known), headers=_CACHED, ensure_ascii=False)


async def _fact(context: Context, request: Request, fact: str) -> HTTPResponse:
    found = context.assistant.kb.facts.get(fact)
    if found is None:
        raise ApiError("not_found")
    shown: contract.FactText = {
        "fact": found.id,
        "title": found.title,
        "section": found.section_path,
        "layer": found.layer,
        "text": fact_text(found),
        "original": context.originals.lines_of(fact),
    }
    return json(shown, headers=_CACHED, ensure_ascii=False)


# --- talking ---------------------------------------------------------------------------------------


async def _send(context: Context, request: Request) -> HTTPResponse:
    conversation = context.session(request)
    body = json_object(request)
    client_id = client_id_of(body)
    try:
        text = acceptable(text_of(body, "text", "bad_text"), context.settings.max_text)
    except RejectedError as rejected:
        raise ApiError("bad_text", context.assistant.rejection(rejected)["text"]) from rejected
    return await _accept(context, conversation, Draft("user", text, client_id=client_id))


async def _accept(context: Context, conversation: str, draft: Draft) -> HTTPResponse:
    if context.hub.stopping or context.in_flight >= context.settings.max_queue:
        raise ApiError("busy", retry_after=2)
    context.limit("session", conversation)
    # Shielded: a client that hangs up does not stop half-way what is stored.
    message = await asyncio.shield(context.track(context.hub.accept(conversation, draft)))
    return json(contract.Accepted(id=message.id), status=202)


async def _restart(context: Context, request: Request) -> HTTPResponse:
    conversation = context.session(request)
    client_id = client_id_of(json_object(request))
    context.limit("session", conversation)
    # What was asked before the restart must not fill the case again after it.
    if not await context.hub.answered_so_far(conversation):
        raise ApiError("busy", retry_after=5)
    async with context.assistant.locks.lock(conversation):
        threads, store = context.store.threads, context.store
        known = await threads.read(store.by_client_id, conversation, client_id)
        if known is None:
            # A person is in charge: the assistant's case stays as it is, and it says nothing.
            if await threads.read(store.mode, conversation) == "human":
                text = context.assistant.kb.phrase("desk", "held")
            else:
                await context.assistant.restart(conversation)
                text = context.assistant.kb.phrase("dialogue", "restart")
            draft = Draft("system", text, client_id=client_id)
            known = await threads.write(context.hub.say, conversation, draft)
    return json(contract.Accepted(id=known.id), status=202)


async def _history(context: Context, request: Request) -> HTTPResponse:
    conversation = context.session(request)
    after = number_of(request.args.get("after", 0))
    store = context.store

    def read() -> tuple[Conversation | None, list[Message]]:
        return store.conversation(conversation), store.messages(conversation, after, limit=_PAGE)

    state, shown = await store.threads.read(read)
    last = shown[-1].id if shown else after if state is None else min(after, state.last_id)
    history: contract.History = {
        "messages": [message.as_dict() for message in shown],
        "last_id": last,
        "mode": state.mode if state else "bot",
    }
    return json(history, ensure_ascii=False)


async def _events(context: Context, request: Request) -> None:
    conversation = context.session(request)
    after = number_of(request.headers.get("last-event-id") or request.args.get("after", 0))
    if context.hub.stopping or context.hub.stream_count >= context.settings.max_streams:
        raise ApiError("busy", retry_after=5)
    if context.hub.watchers(conversation) >= _STREAMS_A_SESSION:
        raise ApiError("rate_limited", retry_after=5)
    with context.stream(request):
        await _stream(context, request, conversation, after)


async def _stream(context: Context, request: Request, conversation: str, after: int) -> None:
    # Watching begins before anything is read: nothing can fall between the two.
    stream = context.hub.watch(conversation)
    try:
        mode = await context.store.threads.read(context.store.mode, conversation)
        response = await request.respond(
            content_type="text/event-stream; charset=utf-8", headers={"X-Accel-Buffering": "no"}
        )
        await response.send(_line("mode", contract.ModeNow(mode=mode)))
        while True:
            past = await _messages(context, conversation, after)
            for message in past:
                await response.send(_message_line(message))
                after = message.id
            if len(past) < _PAGE:
                break
        await _follow(context, conversation, response, stream, after)
        await response.eof()
    finally:
        context.hub.leave(conversation, stream)


async def _follow(context: Context, conversation: str, response: Any, stream: Stream, after: int) -> None:
    """Send what happens until the stream ends; messages that were already sent are left out."""
    # Where several servers share the database, another one may have added messages.
    seconds = SHARED_SECONDS if context.settings.shared_database else KEEP_ALIVE_SECONDS
    while True:
        try:
            event = await asyncio.wait_for(stream.events.get(), seconds)
        except asyncio.TimeoutError:
            await response.send(": keep\n\n")
            for message in await _messages(context, conversation, after) if seconds == SHARED_SECONDS else ():
                await response.send(_message_line(message))
                after = message.id
            continue
        if event is None:
            return
        if event.kind == "message":
            if event.value.id <= after:
                continue
            # Another server's message before this one may not have been told here yet.
            between = event.value.id - after - 1
            for message in await _messages(context, conversation, after, between) if between else ():
                await response.send(_message_line(message))
            after = event.value.id
        await response.send(_event_line(event))


async def _messages(context: Context, conversation: str, after: int, limit: int = _PAGE) -> list[Message]:
    return await context.store.threads.read(context.store.messages, conversation, after, limit)


def _event_line(event: Event) -> str:
    if event.kind == "message":
        return _message_line(event.value)
    if event.kind == "typing":
        return _line("typing", contract.Typing(on=event.value))
    return _line("mode", contract.ModeNow(mode=event.value))


def _message_line(message: Message) -> str:
    return f"id: {message.id}\n" + _line("message", message.as_dict())


def _line(kind: str, data: contract.Message | contract.Typing | contract.ModeNow) -> str:
    return f"event: {kind}\ndata: {jsonlib.dumps(data, ensure_ascii=False)}\n\n"


# --- about answers ---------------------------------------------------------------------------------


async def _feedback(context: Context, request: Request) -> HTTPResponse:
    conversation = context.session(request)
    body = json_object(request)
    number = number_of(body.get("message_id"), 1)
    value, reason = body.get("value"), body.get("reason")
    if value not in ("up", "down", None) or not (reason is None or isinstance(reason, str)):
        raise ApiError("bad_value")
    reason = readable(reason)[:_MOST_REASON_CHARACTERS] if reason else None
    store = context.store
    if not await store.threads.write(store.set_feedback, conversation, number, value, reason):
        raise ApiError("not_found")
    return json(contract.Ok(ok=True))


async def _ticks(context: Context, request: Request) -> HTTPResponse:
    conversation = context.session(request)
    body = json_object(request)
    number, ticked = number_of(body.get("message_id"), 1), body.get("ticked")
    if not isinstance(ticked, list) or len(ticked) > MOST_TICKS:
        raise ApiError("bad_value")
    places = [number_of(place, 0, MOST_TICKS) for place in ticked]
    if not await context.store.threads.write(context.store.set_ticks, conversation, number, places):
        raise ApiError("not_found")
    return json(contract.Ok(ok=True))


async def _satisfaction(context: Context, request: Request) -> HTTPResponse:
    conversation = context.session(request)
    value = number_of(json_object(request).get("value"), 0, 1)
    if not await context.store.threads.write(context.store.add_satisfaction, conversation, value):
        raise ApiError("not_found")
    context.hub.tell_listeners(conversation, "satisfaction", value)
    return json(contract.Ok(ok=True))


async def _may_rate(context: Context, request: Request) -> HTTPResponse:
    conversation = context.session(request)
    may = context.may_rate
    return json(
        contract.AskSatisfaction(ask=may is not None and await context.store.threads.read(may, conversation))
    )


async def _staffing(context: Context, request: Request) -> HTTPResponse:
    conversation = context.session(request)
    if context.staffing is None:
        raise ApiError("not_found")
    return json(await context.store.threads.read(context.staffing, conversation), ensure_ascii=False)


async def _markdown(context: Context, request: Request, number: str) -> HTTPResponse:
    message = await _stored(context, request, number)
    if not (downloads.has_checklist(message) or downloads.has_deadlines(message)):
        raise ApiError("not_found")
    body = downloads.checklist_markdown(message).encode()
    return raw(body, headers=_attachment("checklist.md"), content_type="text/markdown; charset=utf-8")


async def _plain(context: Context, request: Request, number: str) -> HTTPResponse:
    message = await _stored(context, request, number)
    if not (downloads.has_checklist(message) or downloads.has_deadlines(message)):
        raise ApiError("not_found")
    body = downloads.checklist_text(message, context.assistant.kb.phone)
    return raw(body, headers=_attachment("checklist.txt"), content_type="text/plain; charset=utf-8")


async def _calendar(context: Context, request: Request, number: str) -> HTTPResponse:
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


_HANDLERS: dict[str, Any] = {
    "sessions": _sessions,
    "config": _config,
    "questions": _questions,
    "fact": _fact,
    "send": _send,
    "events": _events,
    "history": _history,
    "feedback": _feedback,
    "ticks": _ticks,
    "markdown": _markdown,
    "plain": _plain,
    "calendar": _calendar,
    "restart": _restart,
    "satisfaction": _satisfaction,
    "may_rate": _may_rate,
    "staffing": _staffing,
    "context": whole.note_matter,
    "leave": whole.leave_person,
    "forget": whole.forget,
}
"""By the names of the contract's routes."""
