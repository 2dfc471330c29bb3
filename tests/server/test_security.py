from types import SimpleNamespace

import pytest
from sanic.compat import Header

from beian.server.security import client_address
from beian.settings import Rates, Settings
from tests.server.conftest import KEY

WEBHOOK = "/webhooks/rest/webhook"


def address_of(proxies, *lines, ip="9.9.9.9"):
    headers = Header([("X-Forwarded-For", line) for line in lines])
    return client_address(SimpleNamespace(headers=headers, ip=ip), Settings(proxies=proxies))


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "1.2.3.4", "9.9.9.9"),
        (1, "", "9.9.9.9"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "9.9.9.9"),
    ],
)
def test_only_what_the_own_proxies_say_is_believed(proxies, header, address):
    assert address_of(proxies, header) == address


def test_a_proxy_may_add_a_line_of_its_own():
    assert address_of(1, "6.6.6.6", "1.2.3.4") == "1.2.3.4"
    assert address_of(1, "6.6.6.6, 7.7.7.7", "8.8.8.8", "1.2.3.4") == "1.2.3.4"
    assert address_of(2, "6.6.6.6, 1.2.3.4", "10.0.0.1") == "1.2.3.4"
    assert address_of(2, "6.6.6.6", "1.2.3.4", "10.0.0.1") == "1.2.3.4"


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        ("1.2.3.4:50123", "1.2.3.4"),
        ('"1.2.3.4:50123"', "1.2.3.4"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
        ("[::ffff:1.2.3.4]:443", "1.2.3.4"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("[2001:DB8:1:2::9]", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        # What is no address says nothing of the client: all such are the proxy's.
        ("unknown", "9.9.9.9"),
        ("_hidden", "9.9.9.9"),
        ("1.2.3", "9.9.9.9"),
        ("1.2.3.4.5", "9.9.9.9"),
        ("01.2.3.4", "9.9.9.9"),
        ("x" * 5000, "9.9.9.9"),
    ],
)
def test_entries_are_read_as_addresses(entry, address):
    assert address_of(1, f"6.6.6.6, {entry}") == address


@pytest.mark.parametrize(
    ("ip", "address"),
    [("2001:db8::1", "2001:db8::/64"), ("::ffff:9.9.9.9", "9.9.9.9"), ("::1", "::/64"), ("", "")],
)
def test_the_connections_own_address_is_read_the_same_way(ip, address):
    assert address_of(0, ip=ip) == address


def test_a_network_of_one_client_is_one_client(make_server):
    running = make_server(rates=Rates(address=(1000, 1000.0), new_sessions=(5, 0.001)), proxies=1)

    def codes(addresses):
        found = []
        for address in addresses:
            headers = {"X-Forwarded-For": address}
            found.append(running.client.post("/api/sessions", json={}, headers=headers).status_code)
        return found

    assert codes(f"2001:db8:1:2::{place:x}" for place in range(8)) == [201] * 5 + [429] * 3
    assert codes(f"203.0.113.9:{50000 + place}" for place in range(8)) == [201] * 5 + [429] * 3
    assert codes(f"2001:db8:1:{place:x}::1" for place in range(3, 8)) == [201] * 5
    forged = [("X-Forwarded-For", "198.51.100.1"), ("X-Forwarded-For", "203.0.113.9")]
    assert running.client.post("/api/sessions", json={}, headers=forged).status_code == 429


def test_behind_a_proxy_on_the_same_host_nothing_is_open_without_its_key(make_server):
    running = make_server(proxies=1, origins=frozenset({"https://help.example.com"}))
    through = {"X-Forwarded-For": "203.0.113.9", "Host": "help.example.com"}
    body = {"sender": "a", "message": "你好"}
    for headers in (through, {}):
        assert running.client.get("/metrics", headers=headers).status_code == 403
        response = running.client.post(WEBHOOK, json=body, headers=headers)
        assert (response.status_code, response.json()["error"]["code"]) == (403, "closed_here")

    def status(origin):
        headers = {**through, "Origin": origin}
        return running.client.post("/api/sessions", json={}, headers=headers).status_code

    assert status("https://help.example.com") == 201
    for name in ("localhost", "127.0.0.1"):
        assert status(f"http://{name}:{running.port}") == 403


PAGES = [
    "/",
    "/api/config",
    "/api/questions",
    "/metrics",
    "/healthz",
    "/desk",
    "/static/widget.js",
    "/nowhere",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "host", ["rebound.example", "rebound.example:5005", "127.0.0.1.rebound.example", "10.0.0.5"]
)
def test_on_loopback_other_names_are_refused(server, path, host):
    response = server.client.get(path, headers={"Host": host})
    assert response.status_code in (403, 404)
    assert response.json()["error"]["code"] in ("bad_host", "not_found")
    assert server.client.post(WEBHOOK, json={}, headers={"Host": host}).json()["error"]["code"] == "bad_host"


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:1",
        "localhost.",
        "127.0.0.1",
        "127.0.0.1:8080",
        "127.1.2.3",
        "[::1]",
        "[::1]:80",
    ],
)
def test_on_loopback_the_names_of_this_machine_are_taken(server, host):
    assert server.client.get("/api/config", headers={"Host": host}).status_code == 200
    assert server.client.get("/metrics", headers={"Host": host}).status_code == 200


def test_a_server_for_others_is_called_by_any_name(make_server):
    running = make_server(host="0.0.0.0")
    assert running.client.get("/api/config", headers={"Host": "help.example.com"}).status_code == 200


@pytest.mark.parametrize(("method", "path"), [("POST", WEBHOOK), ("GET", "/metrics")])
def test_guessing_keys_is_limited_by_address(make_server, method, path):
    rates = Rates(address=(3, 0.01), api_key=(1000, 1000.0), new_sessions=(1000, 1000.0))
    running = make_server(rates=rates, api_key=KEY, metrics_token=KEY, proxies=1)

    def call(key, address="203.0.113.9"):
        headers = {"Authorization": f"Bearer {key}", "X-Forwarded-For": address}
        body = {"json": {"sender": "a", "message": "你好"}} if method == "POST" else {}
        return running.client.request(method, path, headers=headers, **body)

    assert [call(KEY).status_code for _ in range(5)] == [200] * 5
    assert [call(f"guess-{place}").status_code for place in range(5)] == [401, 401, 401, 429, 429]
    refused = call("guess")
    assert refused.json()["error"]["code"] == "rate_limited"
    assert int(refused.headers["Retry-After"]) >= 1
    # The next guess might be right: it is not even looked at.
    assert call(KEY).status_code == 429
    assert call(KEY, "203.0.113.10").status_code == 200
    config = running.client.get("/api/config", headers={"X-Forwarded-For": "203.0.113.9"})
    assert config.status_code == 200
