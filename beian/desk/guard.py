"""Who is asking: the signed cookie of a log-in, and the header that other sites' pages cannot send."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from sanic.request import Request
from sanic.response import HTTPResponse

from beian.desk.accounts import LONGEST_SECONDS, Session
from beian.desk.service import Desk
from beian.server.errors import ApiError
from beian.server.security import check_body, check_json_type, check_origin

COOKIE = "beian_desk"
CSRF_HEADER = "x-csrf"
_PURPOSE, _CSRF_PURPOSE = "desk", "desk-csrf"
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


def caller(desk: Desk, request: Request) -> Caller:
    """The logged-in agent; a changing request must carry the CSRF token as well. Raises ApiError."""
    secret = _secret_in(desk, request.cookies.get(COOKIE))
    session = desk.accounts.session(secret) if secret else None
    if secret is None or session is None:
        raise ApiError("logged_out")
    found = Caller(session, desk.context.signer.sign(_CSRF_PURPOSE, secret))
    if request.method != "GET":
        given = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), found.csrf.encode()):
            raise ApiError("bad_csrf")
    return found


def csrf_of(desk: Desk, secret: str) -> str:
    """The CSRF token that belongs to a session's secret."""
    return desk.context.signer.sign(_CSRF_PURPOSE, secret)


def _secret_in(desk: Desk, cookie: str | None) -> str | None:
    if not cookie or len(cookie) > _MOST_COOKIE_CHARACTERS or not cookie.isascii():
        return None
    secret, _, signature = cookie.partition(".")
    genuine = hmac.compare_digest(signature, desk.context.signer.sign(_PURPOSE, secret))
    return secret if genuine else None


def set_cookie(desk: Desk, response: HTTPResponse, secret: str) -> None:
    """Hand the session to the browser: signed, out of scripts' reach, never sent from another site."""
    response.cookies[COOKIE] = f"{secret}.{desk.context.signer.sign(_PURPOSE, secret)}"
    cookie = response.cookies[COOKIE]
    cookie["path"] = "/api/desk"
    cookie["httponly"] = True
    cookie["samesite"] = "Strict"
    cookie["max-age"] = int(LONGEST_SECONDS)
    # Beyond this machine a log-in goes over TLS or not at all.
    if not desk.context.settings.on_loopback:
        cookie["secure"] = True


def drop_cookie(response: HTTPResponse) -> None:
    """Have the browser forget the session."""
    response.cookies[COOKIE] = ""
    response.cookies[COOKIE]["path"] = "/api/desk"
    response.cookies[COOKIE]["max-age"] = 0
