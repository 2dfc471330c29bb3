"""A built file as a response: compressed as the client can read it, kept by it as long as it may be."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse, raw

_TYPES = {
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".ts": "text/plain",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
_SMALLEST = 512
"""In bytes: compressing less than a packet saves nothing."""
ASK_AGAIN = "no-cache"
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300, stale-while-revalidate=604800"
"""For what other sites embed: their visitors wait for no answer, and a new build is there a page later."""


@dataclass(frozen=True)
class Built:
    """A file's content by coding ("" is as it is), the digest of it, and its media type."""

    bodies: dict[str, bytes]
    digest: str
    kind: str


class Files:
    """The files of the built client, each read and compressed once; anew when it was changed."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, int], Built]] = {}

    def read(self, path: Path) -> Built:
        """The file. Raises OSError."""
        state = path.stat()
        stamp = (state.st_mtime_ns, state.st_size)
        known = self._known.get(path)
        if known is None or known[0] != stamp:
            known = self._known[path] = (stamp, _built(path))
        return known[1]

    def response(self, request: Request, path: Path, keep: str = ASK_AGAIN) -> HTTPResponse:
        """The file as an answer; one that is asked for by its digest (`?v=…`) may be kept for ever."""
        built = self.read(path)
        coding = _coding(request.headers.get("accept-encoding", ""), built.bodies)
        if request.args.get("v") == built.digest[:12]:
            keep = FOR_EVER
        tag = f'"{built.digest[:24]}{"-" if coding else ""}{coding}"'
        headers = {"ETag": tag, "Cache-Control": keep, "Vary": "Accept-Encoding"}
        if tag in request.headers.get("if-none-match", ""):
            return HTTPResponse(status=304, headers=headers)
        if coding:
            headers["Content-Encoding"] = coding
        return raw(built.bodies[coding], headers=headers, content_type=built.kind)


def _built(path: Path) -> Built:
    body = path.read_bytes()
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("json", "svg+xml", "javascript"))
    bodies = {"": body}
    if is_text and len(body) >= _SMALLEST:
        bodies["gzip"] = gzip.compress(body, 9, mtime=0)
        # The build makes it: no compressor for it is needed here.
        brotli = path.with_name(f"{path.name}.br")
        if brotli.is_file():
            bodies["br"] = brotli.read_bytes()
    return Built(bodies, hashlib.sha256(body).hexdigest(), f"{kind}; charset=utf-8" if is_text else kind)


def _coding(accepted: str, bodies: dict[str, bytes]) -> str:
    """The best coding that the client names and does not refuse; "" for none."""
    named = {}
    for entry in accepted.lower().split(","):
        name, _, weight = entry.partition(";")
        named[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((coding for coding in ("br", "gzip") if named.get(coding) and coding in bodies), "")
