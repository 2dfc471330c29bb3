"""The pages and files of the built web client, from beian/server/static."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from beian.server.errors import ApiError
from beian.server.settings import Settings

PAGES = {
    "/": "index.html",
    "/chat": "chat.html",
    "/frame": "frame.html",
    "/desk": "desk.html",
    "/embed.js": "embed.js",
}
_TYPES = {
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}


def _file_response(request: Request, path: Path) -> HTTPResponse:
    """A file with a validator; clients ask again each time, so a new build is seen at once."""
    state = path.stat()
    etag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == etag:
        return HTTPResponse(status=304, headers=headers)
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind.endswith(("json", "svg+xml")):
        kind += "; charset=utf-8"
    return raw(path.read_bytes(), headers=headers, content_type=kind)


def pages(settings: Settings) -> Blueprint:
    """Routes of the pages and of /static/…"""
    blueprint = Blueprint("pages")
    root = settings.static.resolve()

    def find(name: str) -> Path:
        try:
            path = (root / name).resolve()
            if path.is_relative_to(root) and path.is_file() and not name.endswith("/"):
                return path
        except (OSError, ValueError):
            # Names that no file can have, such as ones that are too long.
            pass
        raise ApiError("not_found")

    def page(name: str) -> object:
        async def show(request: Request) -> HTTPResponse:
            return _file_response(request, find(name))

        return show

    for route, name in PAGES.items():
        blueprint.add_route(page(name), route, name=f"page_{name.partition('.')[0]}")

    @blueprint.get("/static/<name:path>")
    async def static(request: Request, name: str) -> HTTPResponse:
        path = find(name)
        # A page has one address: the headers it needs are those of its route.
        if path.suffix == ".html":
            raise ApiError("not_found")
        return _file_response(request, path)

    @blueprint.get("/favicon.ico")
    async def icon(request: Request) -> HTTPResponse:
        return _file_response(request, find("favicon.ico"))

    return blueprint
