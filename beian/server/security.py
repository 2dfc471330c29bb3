"""What every request must show and every response must say, before and after any route."""

from __future__ import annotations

import hmac
import ipaddress

from sanic.request import Request
from sanic.response import BaseHTTPResponse

from beian.server.errors import ApiError
from beian.settings import Settings
from beian.text import patterns

_PORT = patterns.compile(r":[0-9]*$")


def content_security_policy(frame_ancestors: str) -> str:
    """The policy of every page: only this server's own files, no inline code, framed by known sites."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "font-src 'self'",
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {frame_ancestors}",
            "require-trusted-types-for 'script'",
        ]
    )


def embedding_headers(route: str) -> dict[str, str]:
    """Who may load what is at a route: other sites the embed script and the frame alone.

    The script with CORS, so that a page may load it as a module and with an integrity digest; the frame
    under an embedder policy of its own, without which a page that has one may not embed it.
    """
    headers = {"Cross-Origin-Resource-Policy": "same-origin"}
    if route in ("/embed.js", "/frame"):
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if route == "/embed.js":
        headers["Access-Control-Allow-Origin"] = "*"
    if route == "/frame":
        headers["Cross-Origin-Embedder-Policy"] = "require-corp"
    return headers


def add_headers(request: Request, response: BaseHTTPResponse, settings: Settings) -> None:
    """Security headers of every response, errors included."""
    headers = response.headers
    # The agents' desk is a page of its own: inside another one, its buttons could be clicked unseen.
    route = f"/{request.route.path}" if request.route else ""
    framed_by = "'none'" if route == "/desk" else settings.frame_ancestors
    headers["Content-Security-Policy"] = content_security_policy(framed_by)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers.update(embedding_headers(route))
    headers.setdefault("Cache-Control", "no-store")


def check_host(request: Request, settings: Settings) -> None:
    """On loopback, refuse requests to any other name than this machine's: a page may have rebound its own.

    Such a page's requests count as same-origin for the browser and carry no Origin. Programs that send no
    Host pass: every browser sends one.
    """
    if settings.on_loopback and not _is_this_machine(request.headers.get("host", "")):
        raise ApiError("bad_host")


def _is_this_machine(host: str) -> bool:
    name = _PORT.sub("", host).rstrip(".").lower()
    if name in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(name.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


def check_origin(request: Request, settings: Settings) -> None:
    """Refuse calls from pages of sites that are not allowed. Programs send no Origin and pass."""
    origin = request.headers.get("origin")
    if origin is not None and origin not in settings.allowed_origins:
        raise ApiError("bad_origin")
    if origin is None and request.headers.get("sec-fetch-site") == "cross-site":
        raise ApiError("bad_origin")


def check_body(request: Request, settings: Settings) -> None:
    """Refuse bodies that are too large."""
    if len(request.body or b"") > settings.max_body:
        raise ApiError("too_large")


def check_json_type(request: Request) -> None:
    """Refuse bodies that are not declared as JSON: no plain form can send that type."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise ApiError("bad_type")


def check_bearer(request: Request, expected: str | None, settings: Settings) -> None:
    """Demand the key as a bearer token; without a configured key only a server on loopback is open.

    Routes go through Context.check_key, which limits how often an address may guess.
    """
    if expected is None:
        if settings.on_loopback:
            return
        raise ApiError("closed_here")
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    same = hmac.compare_digest(given.strip().encode("utf-8", "surrogateescape"), expected.encode())
    if kind.lower() != "bearer" or not same:
        raise ApiError("bad_key")


def client_address(request: Request, settings: Settings) -> str:
    """Whose request it is, for limits: an IPv4 address, or the /64 of an IPv6 one, which is one client's.

    Of the connection, or behind `proxies` own proxies from X-Forwarded-For: a proxy may add a line of its
    own or join its entry to the one it finds, so all lines count, in their order.
    """
    own = _one_client(str(request.ip)) or str(request.ip)
    if not settings.proxies:
        return own
    lines = ",".join(request.headers.getall("x-forwarded-for", []))
    chain = [entry.strip() for entry in lines.split(",") if entry.strip()]
    if len(chain) < settings.proxies:
        return own
    return _one_client(chain[-settings.proxies]) or own


def _one_client(entry: str) -> str | None:
    """The address or network of an entry as proxies write it, with or without a port; None for others."""
    entry = entry.strip('"')
    if entry.startswith("["):
        entry = entry[1:].partition("]")[0]
    elif entry.count(":") == 1:
        entry = entry.partition(":")[0]
    try:
        address = ipaddress.ip_address(entry.partition("%")[0])
    except ValueError:
        return None
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(address) >> 64 << 64, 64)))
