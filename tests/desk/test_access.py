"""Who may call which route of the desk. A route that is missing in the table fails the test."""

import json

import httpx
import pytest

from beian.contract.desk_routes import DESK
from tests.desk.conftest import PASSWORD, Customer, desk_of, prepare
from tests.patience import PATIENCE
from tests.server import raw
from tests.server.test_bodies import BAD

OPEN, AGENT, ADMIN = "open", "agent", "admin"
TABLE = {
    ("GET", "/desk"): OPEN,
    ("GET", "/api/desk/state"): OPEN,
    ("POST", "/api/desk/login"): OPEN,
    ("GET", "/api/desk/me"): AGENT,
    ("POST", "/api/desk/logout"): AGENT,
    ("POST", "/api/desk/logout-everywhere"): AGENT,
    ("POST", "/api/desk/password"): AGENT,
    ("GET", "/api/desk/lookup"): AGENT,
    ("GET", "/api/desk/tools"): AGENT,
    ("GET", "/api/desk/events"): AGENT,
    ("GET", "/api/desk/conversations"): AGENT,
    ("GET", "/api/desk/conversations/<name:str>"): AGENT,
    ("GET", "/api/desk/conversations/<name:str>/suggestions"): AGENT,
    ("GET", "/api/desk/colleagues"): AGENT,
    ("POST", "/api/desk/conversations/<name:str>/claim"): AGENT,
    ("POST", "/api/desk/conversations/<name:str>/transfer"): AGENT,
    ("POST", "/api/desk/conversations/<name:str>/queue"): AGENT,
    ("POST", "/api/desk/conversations/<name:str>/case"): AGENT,
    ("POST", "/api/desk/conversations/<name:str>/messages"): AGENT,
    ("POST", "/api/desk/conversations/<name:str>/hand-back"): AGENT,
    ("POST", "/api/desk/conversations/<name:str>/close"): AGENT,
    ("POST", "/api/desk/conversations/<name:str>/read"): AGENT,
    ("POST", "/api/desk/conversations/<name:str>/notes"): AGENT,
    ("POST", "/api/desk/conversations/<name:str>/labels"): AGENT,
    ("GET", "/api/desk/snippets"): AGENT,
    ("POST", "/api/desk/away"): AGENT,
    ("GET", "/api/desk/numbers"): AGENT,
    ("GET", "/api/desk/numbers.csv"): AGENT,
    ("GET", "/api/desk/numbers/conversations"): AGENT,
    ("GET", "/api/desk/agents"): ADMIN,
    ("POST", "/api/desk/agents"): ADMIN,
    ("POST", "/api/desk/agents/<name:str>"): ADMIN,
    ("GET", "/api/desk/knowledge"): ADMIN,
    ("GET", "/api/desk/hours"): ADMIN,
    ("POST", "/api/desk/hours"): ADMIN,
    ("POST", "/api/desk/snippets"): ADMIN,
    ("POST", r"/api/desk/snippets/<number:\d{1,9}>"): ADMIN,
    ("GET", "/api/desk/audit"): ADMIN,
    ("GET", "/api/desk/audit.csv"): ADMIN,
    ("GET", "/api/desk/conversations/<name:str>/export"): ADMIN,
    ("POST", "/api/desk/conversations/<name:str>/delete"): ADMIN,
}
GUARDED = [key for key, need in TABLE.items() if need != OPEN]
CHANGING = [key for key in GUARDED if key[0] == "POST"]


def test_the_table_is_complete(desk_server):
    routes = {
        (method, f"/{route.path}")
        for route in desk_server.app.router.routes
        for method in route.methods
        if "desk" in route.path and method not in ("HEAD", "OPTIONS") and "static" not in route.path
    }
    assert routes == set(TABLE)
    assert len(DESK) == len(TABLE) - 1


@pytest.fixture(scope="module")
def conversation(desk_server):
    customer = Customer(desk_server)
    customer.ask("变更")
    return customer.id


def _call(client, method, path, conversation, **headers):
    path = path.replace("/agents/<name:str>", "/agents/nobody").replace("<name:str>", conversation)
    path = path.replace(r"<number:\d{1,9}>", "7")
    if method == "POST":
        return client.request(
            method, path, content=b"{}", headers={"Content-Type": "application/json", **headers}
        )
    if path.endswith("/events"):
        with client.stream(method, path, headers=headers) as response:
            if response.status_code != 200:
                response.read()
            return response
    return client.request(method, path, headers=headers)


@pytest.fixture
def stranger(desk_server):
    with httpx.Client(base_url=desk_server.url, verify=False, timeout=PATIENCE) as client:
        yield client


def _browser(desk_server, name):
    """(client with an agent's cookie, the CSRF token)."""
    client = httpx.Client(base_url=desk_server.url, verify=False, timeout=PATIENCE)
    response = client.post("/api/desk/login", json={"name": name, "password": PASSWORD})
    return client, response.json()["csrf"]


@pytest.mark.parametrize(("method", "path"), GUARDED, ids=lambda value: value)
def test_nothing_without_a_log_in(stranger, conversation, method, path):
    assert _call(stranger, method, path, conversation).status_code == 401
    for cookie in ("x", "a.b", f"{'a' * 43}.{'b' * 24}", "Ã©"):
        headers = {"Cookie": f"beian_desk={cookie}".encode("latin-1")}
        assert _call(stranger, method, path, conversation, **headers).status_code == 401


@pytest.mark.parametrize(("method", "path"), CHANGING, ids=lambda value: value)
def test_nothing_changes_without_the_csrf_token(desk_server, conversation, method, path):
    client, csrf = _browser(desk_server, "主管")
    _, other = _browser(desk_server, "主管")
    for headers in ({}, {"X-CSRF": ""}, {"X-CSRF": other}, {"X-CSRF": csrf + "x"}):
        response = _call(client, method, path, conversation, **headers)
        assert (response.status_code, response.json()["error"]["code"]) == (403, "bad_csrf")
    assert client.get("/api/desk/me").status_code == 200


@pytest.mark.parametrize(("method", "path"), GUARDED, ids=lambda value: value)
def test_roles(desk_server, conversation, method, path):
    for name, allowed in (("李敏", TABLE[method, path] == AGENT), ("主管", True)):
        client, csrf = _browser(desk_server, name)
        response = _call(client, method, path, conversation, **{"X-CSRF": csrf})
        refused = response.status_code == 403
        assert refused != allowed, (name, response.status_code)
        assert response.status_code not in (401, 500)
        client.close()


@pytest.mark.parametrize(("method", "path"), list(TABLE)[1:], ids=lambda value: value)
def test_other_sites_pages_are_refused(desk_server, conversation, method, path):
    client, csrf = _browser(desk_server, "主管")
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "same-site"}):
        response = _call(client, method, path, conversation, **headers, **{"X-CSRF": csrf})
        assert (response.status_code, response.json()["error"]["code"]) == (403, "bad_origin")
    client.close()


@pytest.mark.parametrize(("method", "path"), CHANGING, ids=lambda value: value)
def test_forms_are_refused(desk_server, conversation, method, path):
    client, csrf = _browser(desk_server, "主管")
    kind = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRF": csrf}
    assert _call(client, method, path, conversation, **kind).status_code == 415
    client.close()


@pytest.mark.parametrize(
    ("method", "path"),
    [key for key in TABLE if key[0] == "POST" and "logout" not in key[1]],
    ids=lambda value: value,
)
def test_json_is_as_strict_as_for_customers(desk_server, conversation, method, path):
    client, csrf = _browser(desk_server, "主管")
    path = path.replace("/agents/<name:str>", "/agents/nobody").replace("<name:str>", conversation)
    path = path.replace(r"<number:\d{1,9}>", "7")
    headers = {"Content-Type": "application/json", "X-CSRF": csrf}
    fields = {
        "name": "a",
        "password": "b",
        "old": "c",
        "new": "d",
        "text": "e",
        "client_id": "f",
        "last_id": 1,
    }
    fields |= {"add": ["g"], "job": "enable", "to": "a.b", "item": "server"}
    wrong = []
    for kind, body in BAD.items():
        if body.startswith(b"{"):
            body = json.dumps(fields).encode()[:-1] + b", " + body[1:]
        response = client.request(method, path, content=body, headers=headers)
        if (response.status_code, response.json()["error"]["code"]) != (400, "bad_json"):
            wrong.append((kind, response.status_code, response.text))
    assert wrong == []
    client.close()


@pytest.mark.parametrize("value", ["%00", "a%00b", "%ED%A0%80", "%ff", "%C0%80"])
@pytest.mark.parametrize(
    "path",
    [
        "/audit?agent={}",
        "/events?open={}",
        "/conversations?q={}",
        "/conversations?modes={}",
        "/conversations/{}",
        "/conversations/{}/suggestions",
        "/lookup?q={}&change_type={}",
        "/numbers?first={}",
    ],
)
def test_queries_and_paths_are_text(desk_server, path, value):
    client, _ = _browser(desk_server, "主管")
    target = f"/api/desk{path.replace('{}', value)}"
    cookies = "; ".join(f"{name}={held}" for name, held in client.cookies.items())
    response = raw.exchange(desk_server.port, raw.request(f"GET {target} HTTP/1.1", f"Cookie: {cookies}"))
    assert raw.status_of(response) == 400
    client.close()


def test_a_customers_token_opens_nothing(desk_server, conversation):
    customer = Customer(desk_server)
    token = customer.headers["X-Session"]
    headers = {"Cookie": f"beian_desk={token}", "X-Session": token}
    response = desk_server.client.get("/api/desk/conversations", headers=headers)
    assert response.status_code == 401


def test_the_cookie(make_server, desk_server):
    response = desk_server.client.post("/api/desk/login", json={"name": "李敏", "password": PASSWORD})
    cookie = response.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", "path=/api/desk"):
        assert part in cookie
    assert "secure" not in cookie
    for reached_by_others in ({"host": "0.0.0.0"}, {"proxies": 1}):
        public = prepare(make_server(**reached_by_others))
        response = public.client.post("/api/desk/login", json={"name": "李敏", "password": PASSWORD})
        assert "secure" in response.headers["set-cookie"].lower()
        assert response.headers["set-cookie"].lower().count("secure") == 2
    desk_server.client.cookies.clear()


def test_log_ins_outlive_a_change_of_the_secret(make_server, tmp_path):
    first = prepare(make_server(var=tmp_path / "var", secret="s" * 32))
    client, csrf = _browser(first, "李敏")
    cookies, sender = dict(client.cookies), first.context.signer.conversation_of_sender("a")
    token = first.session()
    first.close()
    client.close()
    second = make_server(var=tmp_path / "var", secret="t" * 32, secret_old="s" * 32)
    with httpx.Client(base_url=second.url, verify=False, cookies=cookies, timeout=PATIENCE) as again:
        assert again.get("/api/desk/me").status_code == 200
        assert again.post("/api/desk/logout", json={}, headers={"X-CSRF": csrf}).status_code == 200
    assert second.client.get("/api/history", headers=token).status_code == 200
    assert sender in second.context.signer.conversations_of_sender("a")
    second.close()
    third = make_server(var=tmp_path / "var", secret="t" * 32)
    assert third.client.get("/api/history", headers=token).status_code == 401


def test_the_page_cannot_be_framed(desk_server):
    policy = desk_server.client.get("/desk").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy


def test_a_server_without_accounts_says_so(make_server):
    bare = make_server()
    assert bare.client.get("/api/desk/state").json()["accounts"] is False
    for name in ("admin", "root", ""):
        response = bare.client.post("/api/desk/login", json={"name": name, "password": "admin"})
        assert response.status_code == 401
    assert not desk_of(bare).accounts.exist()
