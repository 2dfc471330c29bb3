"""Raw bytes against the real command in a process of its own."""

import json
import select
import threading

import httpx
import pytest

from tests.patience import PATIENCE
from tests.server import raw
from tests.server.process import Process

SHAPES = [(kind, number) for kind, shapes in raw.KINDS.items() for number in range(len(shapes))]


@pytest.fixture(scope="module")
def process(tiny_model, tmp_path_factory):
    process = Process(tmp_path_factory.mktemp("raw") / "var", tiny_model)
    try:
        yield process.wait_until_it_answers()
    finally:
        process.kill()


def test_the_shapes_are_many_and_all_different():
    shapes = [shape for shapes in raw.KINDS.values() for shape in shapes]
    assert len(set(shapes)) == len(shapes) >= 152


@pytest.mark.parametrize("kind", raw.KINDS)
def test_what_cannot_be_read_is_a_clean_400_and_leaves_nothing_in_the_log(process, kind):
    before = len(process.log.read_bytes())
    wrong = []
    for shape in raw.KINDS[kind]:
        response = raw.exchange(process.port, shape)
        head, _, body = response.partition(b"\r\n\r\n")
        is_clean = (
            raw.status_of(response) == 400
            and b"connection: close" in head.lower()
            and json.loads(body)["error"]["code"] == "bad_request"
            and response.count(b"HTTP/1.1") == 1
        )
        if not is_clean:
            wrong.append((shape, response[:200]))
    assert wrong == []
    assert httpx.get(f"{process.url}/healthz", timeout=PATIENCE).json() == {"ok": True}
    log = process.log.read_bytes()[before:].decode()
    assert raw.MARK not in log
    assert "Traceback" not in log
    lines = [json.loads(line) for line in log.splitlines()]
    # One line each, of the same few words, whatever was sent.
    assert {line["message"] for line in lines} == {"request"}
    assert {line["method"] for line in lines} <= {"-", "GET", "POST"}
    assert len(lines) == len(raw.KINDS[kind]) + 1


def test_what_is_right_passes(process):
    def status(data):
        return raw.status_of(raw.exchange(process.port, data))

    close, kind = "Connection: close", "Content-Type: application/json"
    ok = [
        raw.request("GET /healthz HTTP/1.1", close),
        raw.request("GET /healthz HTTP/1.0", host=None),
        raw.request("GET /healthz?a=%E5%A4%87+b&c HTTP/1.1", close, "X-Word: caf\xe9", "X-Empty:"),
        raw.request("GET /healthz HTTP/1.1", close, "Content-Length: 0"),
        raw.request("GET /healthz HTTP/1.1", close, "Upgrade: websocket", host="[::1]:5005"),
    ]
    assert [status(data) for data in ok] == [200] * len(ok)
    chunked = b"1\r\n{\r\n00001;name=value\r\n}\r\n0\r\n\r\n"
    made = [
        raw.request("POST /api/sessions HTTP/1.1", close, kind, "Content-Length: 2", body=b"{}"),
        raw.request("POST /api/sessions HTTP/1.1", close, kind, "content-length:0000000002", body=b"{}"),
        raw.request("POST /api/sessions HTTP/1.1", close, kind, "Transfer-Encoding: chunked", body=chunked),
    ]
    assert [status(data) for data in made] == [201] * len(made)
    two = raw.request("GET /healthz HTTP/1.1") + raw.request("GET /healthz HTTP/1.1", close)
    assert raw.exchange(process.port, two).count(b"HTTP/1.1 200") == 2
    after = (
        raw.request("POST /api/sessions HTTP/1.1", kind, "Transfer-Encoding: chunked", body=chunked) + ok[0]
    )
    response = raw.exchange(process.port, after)
    assert (response.count(b"HTTP/1.1 201"), response.count(b"HTTP/1.1 200")) == (1, 1)


def test_a_body_is_asked_for_when_the_client_waits_to_be(process):
    connection = raw.connect(
        process.port,
        raw.request(
            "POST /api/sessions HTTP/1.1",
            "Content-Type: application/json",
            "Transfer-Encoding: chunked",
            "Expect: 100-continue",
            "Connection: close",
        ),
    )
    assert connection.recv(100).startswith(b"HTTP/1.1 100")
    connection.sendall(b"2\r\n{}\r\n0\r\n\r\n")
    assert raw.status_of(raw.everything(connection)) == 201


def test_a_bad_chunk_behind_an_answer_is_thrown_away(process):
    """Who is refused before the body is read hears that, and the rest is not looked at."""
    body = b"2\r\n{}\r\nzz" + raw.MARK.encode() + b"\r\n"
    data = raw.request("POST /nowhere HTTP/1.1", "Transfer-Encoding: chunked", body=body)
    assert raw.status_of(raw.exchange(process.port, data)) == 404
    assert raw.MARK not in process.log.read_text()


@pytest.mark.parametrize(
    ("size", "sent"), [("9999999999", b"x"), ("300000", b"x" * 300_000)], ids=["told", "sent"]
)
def test_too_large_a_body_is_told_while_it_is_still_coming(process, size, sent):
    head = raw.request("POST /webhooks/rest/webhook HTTP/1.1", f"Content-Length: {size}")
    connection = raw.connect(process.port, head)
    try:
        connection.sendall(sent)
        response = raw.everything(connection)
    except ConnectionError:
        response = b"HTTP/1.1 413 "  # the kernel may drop the answer with the connection
    assert raw.status_of(response) == 413


def test_too_long_a_head_is_told(process):
    data = raw.request("GET /healthz HTTP/1.1", "X-Long: " + "x" * 9000)
    assert raw.status_of(raw.exchange(process.port, data)) == 413
    assert raw.status_of(raw.exchange(process.port, b"GET /" + b"x" * 9000)) == 413


# --- time ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def impatient(make_server):
    return make_server(request_seconds=0.8)


HEAD = raw.request("GET /healthz HTTP/1.1", "X-Long: " + "x" * 200)
BODY = raw.request(
    "POST /webhooks/rest/webhook HTTP/1.1", "Content-Type: application/json", "Content-Length: 200"
)
CHUNKED = raw.request("POST /webhooks/rest/webhook HTTP/1.1", "Transfer-Encoding: chunked")


@pytest.mark.parametrize(
    ("begun", "dripped"),
    [
        (b"", HEAD),
        (HEAD[:40], HEAD[40:]),
        (BODY, b"{" + b" " * 198),
        (CHUNKED, b"0" * 60),
        (CHUNKED + b"1", b";" + b"x" * 50),
    ],
    ids=["head", "half a head", "body", "chunk line", "chunk extension"],
)
def test_what_drips_is_too_slow_however_steadily(impatient, begun, dripped):
    """The time counts from the first byte, not from the last one."""
    connection = raw.connect(impatient.port, begun)
    response, sent = raw.drip(connection, dripped, 0.15)
    assert raw.status_of(response) == 408
    assert b'"timeout"' in response
    assert sent < len(dripped)


def test_what_drips_behind_an_answer_is_not_read_for_ever(impatient):
    data = raw.request("POST /nowhere HTTP/1.1", "Content-Length: 200", body=b"x")
    connection = raw.connect(impatient.port, data)
    assert raw.status_of(connection.recv(65536)) == 404
    _, sent = raw.drip(connection, b"x" * 199, 0.15)
    assert sent < 199


def test_idle_connections_are_closed(impatient):
    kept_alive = raw.connect(impatient.port, raw.request("GET /healthz HTTP/1.1"))
    assert raw.status_of(kept_alive.recv(65536)) == 200
    threading.Event().wait(0.6)
    silent = raw.connect(impatient.port)
    # The later one goes first: who has never asked anything has less time.
    closed, _, _ = select.select([kept_alive, silent], [], [], 30)
    assert silent in closed
    assert raw.everything(silent) == b""
    assert raw.everything(kept_alive) == b""


def test_streams_outlive_these_times(impatient):
    headers = {"X-Session": httpx.post(f"{impatient.url}/api/sessions", json={}).json()["session"]}
    with httpx.stream("GET", f"{impatient.url}/api/events", headers=headers, timeout=PATIENCE) as response:
        lines = response.iter_lines()
        assert next(lines) == "event: mode"
        threading.Event().wait(4)
        body = {"client_id": "a", "text": "你好"}
        httpx.post(f"{impatient.url}/api/messages", json=body, headers=headers)
        assert any(line.startswith("event: message") for line in lines)
