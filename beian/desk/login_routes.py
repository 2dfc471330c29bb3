"""Routes for logging in and out, and for who one is."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

from beian.contract import desk as contract
from beian.contract.customer import Ok
from beian.desk.guard import Caller, csrf_of, drop_cookie, know_device, place_of, set_cookie
from beian.desk.requests import answer, note
from beian.desk.service import Desk
from beian.server.bodies import json_object, text_of
from beian.server.errors import ApiError
from beian.settings import TITLE
from beian.store.desk.agents import AccountError, Agent
from beian.store.desk.lockout import LockedError, Place


async def state(desk: Desk, request: Request) -> HTTPResponse:
    """What the page shows before anybody has logged in."""
    return answer(contract.DeskState(title=TITLE, accounts=await desk.threads.read(desk.accounts.exist)))


async def login(desk: Desk, request: Request) -> HTTPResponse:
    """A new session, for the right name and password."""
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


async def me(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """Who is logged in, and what the page has to know."""
    return answer(await _profile(desk, who.session.agent, who.csrf))


async def logout(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """End this session."""
    await desk.threads.write(desk.accounts.log_out, who.session)
    await desk.gone([who.session.agent.name])
    await note(desk, who.session.agent.name, "logout")
    response = answer(Ok(ok=True))
    drop_cookie(response)
    return response


async def logout_everywhere(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """End every session of the agent."""
    name = who.session.agent.name
    ended = await desk.threads.write(desk.accounts.log_out_everywhere, name)
    desk.live.end(name)
    await desk.gone([name])
    await note(desk, name, "logout_everywhere", str(ended))
    response = answer(contract.Ended(ended=ended))
    drop_cookie(response)
    return response


async def password(desk: Desk, request: Request, who: Caller) -> HTTPResponse:
    """Another password of one's own; every session ends."""
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
