"""A server that gives the answers it is told to give, one after another."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


class AnswerServer(HTTPServer):
    """`answers` has (status, headers, text) for each POST to come, `known` what GET tells."""

    answers: list[tuple[int, dict[str, str], str]]
    requests: list[dict[str, Any]]
    known: dict[str, Any]


class _Handler(BaseHTTPRequestHandler):
    server: AnswerServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append({"path": self.path, "auth": self.headers.get("Authorization"), **body})
        self._answer(*self.server.answers.pop(0))

    def do_GET(self) -> None:
        self._answer(200, {}, json.dumps(self.server.known))

    def _answer(self, status: int, headers: dict[str, str], text: str) -> None:
        data = text.encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@contextmanager
def listening() -> Iterator[AnswerServer]:
    """A server at a free port of this machine."""
    server = AnswerServer(("127.0.0.1", 0), _Handler)
    server.answers, server.requests, server.known = [], [], {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
