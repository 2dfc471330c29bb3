"""The pages and files of the built web client, from beian/server/static."""

from __future__ import annotations

from html import escape
from pathlib import Path

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html

from beian.server.errors import ApiError
from beian.server.files import ASK_AGAIN, FOR_A_WHILE, Files
from beian.settings import Settings

PAGES = {
    "/": "index.html",
    "/chat": "chat.html",
    "/frame": "frame.html",
    "/desk": "desk.html",
    "/embed.js": "embed.js",
}
_EMBEDDED = ("/frame", "/embed.js")
_METHODS = ["GET", "HEAD"]
_FOR_PROGRAMS = ("/api/", "/webhooks/", "/static/", "/metrics", "/healthz", "/readyz")


def pages(settings: Settings) -> Blueprint:
    """Routes of the pages and of /static/…"""
    blueprint = Blueprint("pages")
    root = settings.static.resolve()
    files = Files()

    def find(name: str) -> Path:
        try:
            path = (root / name).resolve()
            if path.is_relative_to(root) and path.is_file() and not name.endswith("/"):
                return path
        except (OSError, ValueError):
            # Names that no file can have, such as ones that are too long.
            pass
        raise ApiError("not_found")

    def page(route: str, name: str) -> object:
        async def show(request: Request) -> HTTPResponse:
            return files.response(request, find(name), FOR_A_WHILE if route in _EMBEDDED else ASK_AGAIN)

        return show

    for route, name in PAGES.items():
        handler = page(route, name)
        blueprint.add_route(handler, route, methods=_METHODS, name=f"page_{name.partition('.')[0]}")

    @blueprint.route("/static/<name:path>", methods=_METHODS)
    async def static(request: Request, name: str) -> HTTPResponse:
        path = find(name)
        # A page has one address: the headers it needs are those of its route.
        if path.suffix in (".html", ".br"):
            raise ApiError("not_found")
        return files.response(request, path)

    @blueprint.route("/favicon.ico", methods=_METHODS)
    async def icon(request: Request) -> HTTPResponse:
        return files.response(request, find("favicon.ico"))

    return blueprint


def error_page(request: Request | None, error: ApiError, settings: Settings) -> HTTPResponse | None:
    """The error as a page, for a person who came to a wrong address; None where a program asks."""
    if request is None or request.method not in _METHODS:
        return None
    if "text/html" not in request.headers.get("accept", "") or request.path.startswith(_FOR_PROGRAMS):
        return None
    try:
        page = (settings.static / "error.html").read_text(encoding="utf-8")
    except OSError:
        return None
    # Relative, as all addresses are: the service may stand behind a path prefix.
    up = "../" * (request.path.count("/") - 1) or "./"
    for name, value in (("up", up), ("message", error.text), ("status", str(error.status_code))):
        page = page.replace(f"[[{name}]]", escape(value))
    return html(page, status=error.status_code)
