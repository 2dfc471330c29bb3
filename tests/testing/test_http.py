"""The driver that talks to a server."""

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from beian.testing.http import HttpDriver, HttpError

from .fakes import answer

KEY = "a-key-for-this-test"


class _Server(HTTPServer):
    answers: list[tuple[int, dict[str, str], str]]
    requests: list[dict[str, Any]]


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append({"path": self.path, "auth": self.headers.get("Authorization"), **body})
        status, headers, text = self.server.answers.pop(0)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        data = text.encode()
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[_Server]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.answers, server.requests = [], []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _driver(server: _Server, **given: Any) -> HttpDriver:
    return HttpDriver(f"http://127.0.0.1:{server.server_port}/", KEY, **given)


def _said(**understood: str) -> tuple[int, dict[str, str], str]:
    told = {"intent": "timeline/review", "confidence": 0.9, **understood}
    return 200, {}, json.dumps([answer("timeline.review", "3-20个工作日", understood=told)])


def test_a_conversation(server: _Server) -> None:
    driver = _driver(server)
    server.answers += [_said(item="server"), _said(item="server"), _said()]
    assert driver.begin({}, None) is None
    first = driver.send("多久", {"device": "phone"})
    second = driver.send("多久", {})
    third = driver.send("多久", {})
    assert first.facts == ("timeline.review",)
    assert first.ranking == (("timeline/review", 0.9),)
    assert first.slots == {"item": "server"}
    assert [str(event) for event in first.happenings] == ["slot item = 'server'", "bot “3-20个工作日”"]
    assert [event.kind for event in second.happenings] == ["bot"]
    assert str(third.happenings[0]) == "slot item = None"
    assert first.ms > 0
    sent = server.requests[0]
    assert sent["path"] == "/webhooks/rest/webhook"
    assert sent["auth"] == f"Bearer {KEY}"
    assert (sent["message"], sent["metadata"]) == ("多久", {"device": "phone"})
    assert sent["sender"] == server.requests[1]["sender"]
    driver.begin({}, None)
    server.answers.append(_said())
    driver.send("多久", {})
    assert server.requests[-1]["sender"] != sent["sender"]
    driver.close()


def test_what_it_cannot_do() -> None:
    driver = HttpDriver("http://127.0.0.1:1", today=date(2026, 3, 2))
    assert "fixtures" in (driver.begin({"item": "server"}, None) or "")
    assert "2026-03-03" in (driver.begin({}, date(2026, 3, 3)) or "")
    assert driver.begin({}, date(2026, 3, 2)) is None


def test_waits_when_the_server_says_so(server: _Server) -> None:
    driver = _driver(server)
    server.answers += [(429, {"Retry-After": "0"}, "{}"), _said()]
    driver.begin({}, None)
    assert driver.send("多久", {}).statuses == ("answered",)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ((401, {}, '{"error": {}}'), "HTTP 401"),
        ((200, {}, "hello"), "not JSON"),
        ((200, {}, "{}"), "not a list"),
    ],
)
def test_faults(server: _Server, reply: tuple[int, dict[str, str], str], words: str) -> None:
    driver = _driver(server)
    server.answers.append(reply)
    driver.begin({}, None)
    with pytest.raises(HttpError, match=words):
        driver.send("多久", {})


def test_no_server() -> None:
    driver = HttpDriver("http://127.0.0.1:1")
    driver.begin({}, None)
    with pytest.raises(HttpError, match=r"127\.0\.0\.1:1"):
        driver.send("多久", {})
