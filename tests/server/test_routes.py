"""Who may call which route. A route that is missing here fails the test."""

import re

import pytest

from tests.server.conftest import KEY

# Route: what it needs on a server that the whole internet can reach and that has both keys configured.
OPEN, SESSION, API_KEY, METRICS_TOKEN, AGENT = "open", "session", "api key", "metrics token", "agent"
TABLE = {
    ("GET", "/"): OPEN,
    ("GET", "/chat"): OPEN,
    ("GET", "/frame"): OPEN,
    ("GET", "/embed.js"): OPEN,
    ("GET", "/favicon.ico"): OPEN,
    ("GET", "/static/<name:path>"): OPEN,
    ("GET", "/healthz"): OPEN,
    ("GET", "/readyz"): OPEN,
    ("GET", "/metrics"): METRICS_TOKEN,
    ("POST", "/api/sessions"): OPEN,
    ("GET", "/api/config"): OPEN,
    ("GET", "/api/questions"): OPEN,
    ("GET", "/api/facts/<fact:str>"): OPEN,
    ("POST", "/api/messages"): SESSION,
    ("GET", "/api/events"): SESSION,
    ("GET", "/api/history"): SESSION,
    ("POST", "/api/feedback"): SESSION,
    ("POST", "/api/ticks"): SESSION,
    ("GET", r"/api/messages/<number:\d{1,9}>/checklist.md"): SESSION,
    ("GET", r"/api/messages/<number:\d{1,9}>/checklist.ics"): SESSION,
    ("GET", r"/api/messages/<number:\d{1,9}>/checklist.txt"): SESSION,
    ("POST", "/api/restart"): SESSION,
    ("POST", "/api/context"): SESSION,
    ("POST", "/api/leave"): SESSION,
    ("POST", "/api/forget"): SESSION,
    ("POST", "/api/satisfaction"): SESSION,
    ("GET", "/api/satisfaction"): SESSION,
    ("GET", "/api/staffing"): SESSION,
    ("POST", "/webhooks/rest/webhook"): API_KEY,
}
TOKEN = "metrics-token-of-the-test"


@pytest.fixture(scope="module")
def public(make_server):
    return make_server(host="0.0.0.0", api_key=KEY, metrics_token=TOKEN)


def _is_desk(path: str) -> bool:
    """The agents' desk has a table of its own beside its tests."""
    return path == "/desk" or path.startswith(("/desk/", "/api/desk"))


def test_the_table_is_complete(public):
    routes = {
        (method, f"/{route.path}")
        for route in public.app.router.routes
        for method in route.methods
        if method not in ("HEAD", "OPTIONS") and not _is_desk(f"/{route.path}")
    }
    assert routes == set(TABLE)


def _call(public, method, path, **headers):
    path = (
        path.replace("<name:path>", "x")
        .replace("<fact:str>", "overview.types")
        .replace(r"<number:\d{1,9}>", "1")
    )
    if path == "/api/events":
        with public.client.stream(method, path, headers=headers) as response:
            return response.status_code
    body = {"content": b"{}"} if method == "POST" else {}
    if method == "POST":
        headers["Content-Type"] = "application/json"
    return public.client.request(method, path, headers=headers, **body).status_code


@pytest.mark.parametrize(("method", "path"), TABLE, ids=lambda value: value)
def test_who_may_call_it(public, method, path):
    need = TABLE[method, path]
    alone = _call(public, method, path)
    if need == OPEN:
        assert alone not in (401, 403)
        return
    assert alone == 401
    credentials = {
        SESSION: {"X-Session": public.session()["X-Session"]},
        API_KEY: {"Authorization": f"Bearer {KEY}"},
        METRICS_TOKEN: {"Authorization": f"Bearer {TOKEN}"},
    }
    for kind, headers in credentials.items():
        status = _call(public, method, path, **headers)
        assert (status not in (401, 403)) == (kind == need), kind


def test_rasas_own_interface_is_off(public):
    for path in (
        "/status",
        "/version",
        "/model",
        "/model/parse",
        "/conversations/a/tracker",
        "/domain",
        "/webhooks/rest",
    ):
        assert public.client.get(path).status_code == 404
        assert public.client.post(path, json={}).status_code == 404


def test_what_needs_a_key_is_closed_without_one(make_server):
    running = make_server(host="0.0.0.0")
    assert _call(running, "GET", "/metrics") == 403
    assert _call(running, "POST", "/webhooks/rest/webhook") == 403


@pytest.mark.parametrize(
    "path", ["/", "/chat", "/frame", "/embed.js", "/api/config", "/healthz", "/nowhere", "/metrics"]
)
def test_every_response_has_the_security_headers(public, path):
    headers = public.client.get(path).headers
    policy = headers["Content-Security-Policy"].split("; ")
    assert policy == [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
    ]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "camera=()" in headers["Permissions-Policy"]
    embedded = path in ("/embed.js", "/frame")
    assert headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if embedded else "same-origin")
    assert headers.get("Access-Control-Allow-Origin") == ("*" if path == "/embed.js" else None)
    assert headers.get("Cross-Origin-Embedder-Policy") == ("require-corp" if path == "/frame" else None)
    assert "server" not in headers
    assert headers["X-Request-ID"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(public, method):
    response = public.client.request(method, "/api/messages")
    assert response.status_code == 405
    assert response.json()["error"]["code"] == "bad_method"


def test_origins(make_server):
    running = make_server(host="0.0.0.0", origins=frozenset({"https://www.example.com"}), api_key=KEY)

    def status(**headers):
        return running.client.post("/api/sessions", json={}, headers=headers).status_code

    assert status() == 201
    assert status(Origin="https://www.example.com") == 201
    for origin in (
        "https://evil.example",
        "null",
        "https://www.example.com.evil.example",
        running.url,
        "http://www.example.com",
    ):
        assert status(Origin=origin) == 403
    assert status(**{"Sec-Fetch-Site": "cross-site"}) == 403
    response = running.client.post(
        "/webhooks/rest/webhook",
        json={},
        headers={"Origin": "https://evil.example", "Authorization": f"Bearer {KEY}"},
    )
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers


def test_own_origin_on_loopback(server):
    def status(origin):
        return server.client.post("/api/sessions", json={}, headers={"Origin": origin}).status_code

    assert status(f"http://127.0.0.1:{server.port}") == 201
    assert status(f"http://localhost:{server.port}") == 201
    # A foreign name that resolves to this machine is still foreign.
    assert status(f"http://rebound.example:{server.port}") == 403


def _paths(running):
    """Every route's path, the desk's as well, with something in the place of each parameter."""
    return sorted(
        {
            (
                method,
                "/"
                + re.sub(
                    r"<(\w+):[^>]+>", lambda match: {"name": "widget.js"}.get(match[1], "1"), route.path
                ),
            )
            for route in running.app.router.routes
            for method in route.methods
            if method in ("GET", "POST")
        }
    )


def test_a_trailing_slash_is_another_address(public):
    paths = _paths(public)
    assert len(paths) > len(TABLE)
    for method, path in paths:
        for other in (f"{path}/", f"{path}//", f"/{path}"):
            if other.strip("/"):
                body = {"json": {}} if method == "POST" else {}
                response = public.client.request(method, public.url + other, **body)
                # One that takes a name as its last part hears of an empty one, and needs a log-in for it.
                refused = (404, 405, 401) if path.startswith("/api/desk/") else (404, 405)
                assert response.status_code in refused, (method, other)
                assert "frame-ancestors" in response.headers["Content-Security-Policy"]


def test_the_desk_is_framed_by_nobody_and_has_one_address(make_server, tmp_path):
    (tmp_path / "desk.html").write_text("<!doctype html>desk", encoding="utf-8")
    running = make_server(host="0.0.0.0", frame_ancestors="'self' https://www.example.com", static=tmp_path)
    framed = []
    for path in (
        "/desk",
        "/desk/",
        "//desk",
        "/desk?x=/",
        "/static/desk.html",
        "/static//desk.html",
        "/%64esk",
    ):
        response = running.client.get(running.url + path)
        if "desk" in response.text:
            framed.append(path)
            assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"], path
    assert framed == ["/desk", "/desk?x=/"]
