"""Who is asking: the signed cookie of a log-in, and the header that other sites' pages cannot send."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from sanic.request import Request
from sanic.response import HTTPResponse

from beian.desk.service import Desk
from beian.server.cookies import cookie_of
from beian.server.errors import ApiError
from beian.server.security import check_body, check_json_type, check_origin
from beian.store.desk.agents import plain_name
from beian.store.desk.lockout import Place
from beian.store.desk.sessions import LONGEST_SECONDS, Session

COOKIE = "beian_desk"
DEVICE_COOKIE = "beian_device"
CSRF_HEADER = "x-csrf"
_PURPOSE, _CSRF_PURPOSE, _DEVICE_PURPOSE = "desk", "desk-csrf", "desk-device"
_DEVICE_SECONDS = 180 * 24 * 3600
_MOST_COOKIE_CHARACTERS = 200


@dataclass(frozen=True)
class Caller:
    """A logged-in agent's request."""

    session: Session
    csrf: str


def check_request(desk: Desk, request: Request) -> None:
    """What every request to the desk must be: from this site's own page or a program, and no form."""
    check_origin(request, desk.context.settings)
    if request.headers.get("sec-fetch-site") not in (None, "same-origin", "none"):
        raise ApiError("bad_origin")
    if request.method != "GET":
        check_body(request, desk.context.settings)
        check_json_type(request)


async def caller(desk: Desk, request: Request) -> Caller:
    """The logged-in agent; a changing request must carry the CSRF token as well. Raises ApiError."""
    secret = _secret_in(desk, cookie_of(request, COOKIE))
    session = await desk.threads.read(desk.accounts.session, secret) if secret else None
    if secret is None or session is None:
        raise ApiError("logged_out")
    found = Caller(session, desk.context.signer.sign(_CSRF_PURPOSE, secret))
    if request.method != "GET":
        given = request.headers.get(CSRF_HEADER, "")
        if not desk.context.signer.is_genuine(_CSRF_PURPOSE, secret, given):
            raise ApiError("bad_csrf")
    return found


def csrf_of(desk: Desk, secret: str) -> str:
    """The CSRF token that belongs to a session's secret."""
    return desk.context.signer.sign(_CSRF_PURPOSE, secret)


def _secret_in(desk: Desk, cookie: str | None) -> str | None:
    if not cookie or len(cookie) > _MOST_COOKIE_CHARACTERS or not cookie.isascii():
        return None
    secret, _, signature = cookie.partition(".")
    return secret if desk.context.signer.is_genuine(_PURPOSE, secret, signature) else None


def place_of(desk: Desk, request: Request, name: str) -> Place:
    """Where a log-in under a name comes from: a browser that has logged in under it before, or an address."""
    device = _device_in(desk, request, plain_name(name))
    if device is not None:
        return Place(f"device {device}", is_known=True)
    return Place(f"address {desk.context.address(request)}")


def _device_in(desk: Desk, request: Request, name: str) -> str | None:
    cookie = cookie_of(request, _device_cookie(name))
    if not cookie or len(cookie) > _MOST_COOKIE_CHARACTERS or not cookie.isascii():
        return None
    device, _, signature = cookie.partition(".")
    genuine = desk.context.signer.is_genuine(_DEVICE_PURPOSE, f"{device}:{name}", signature)
    return device if genuine else None


def _device_cookie(name: str) -> str:
    """Several agents may share a browser: each has a cookie of their own."""
    return f"{DEVICE_COOKIE}_{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def know_device(desk: Desk, request: Request, response: HTTPResponse, name: str) -> None:
    """Let the browser show from now on that the agent has logged in with it. It opens nothing by itself."""
    device = _device_in(desk, request, name) or secrets.token_urlsafe(18)
    signature = desk.context.signer.sign(_DEVICE_PURPOSE, f"{device}:{name}")
    _hand_over(desk, response, _device_cookie(name), f"{device}.{signature}", _DEVICE_SECONDS)


def set_cookie(desk: Desk, response: HTTPResponse, secret: str) -> None:
    """Hand the session to the browser."""
    value = f"{secret}.{desk.context.signer.sign(_PURPOSE, secret)}"
    _hand_over(desk, response, COOKIE, value, int(LONGEST_SECONDS))


def _hand_over(desk: Desk, response: HTTPResponse, name: str, value: str, seconds: int) -> None:
    """A cookie that is out of scripts' reach and never sent from another site."""
    response.cookies[name] = value
    cookie = response.cookies[name]
    cookie["path"] = "/api/desk"
    cookie["httponly"] = True
    cookie["samesite"] = "Strict"
    cookie["max-age"] = seconds
    # Beyond this machine a log-in goes over TLS or not at all.
    if not desk.context.settings.on_loopback:
        cookie["secure"] = True


def drop_cookie(response: HTTPResponse) -> None:
    """Have the browser forget the session."""
    response.cookies[COOKIE] = ""
    response.cookies[COOKIE]["path"] = "/api/desk"
    response.cookies[COOKIE]["max-age"] = 0
