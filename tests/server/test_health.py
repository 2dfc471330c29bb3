import threading
from collections import Counter

import httpx
import pytest

from beian.server.metrics import Metrics
from beian.settings import Rates
from beian.store.database import StoreError
from tests.patience import PATIENCE


def test_alive_and_ready(server):
    assert server.client.get("/healthz").json() == {"ok": True}
    ready = server.client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "faults": []})


def test_asking_often_writes_once(make_server, monkeypatch):
    running = make_server()
    monkeypatch.setattr("beian.server.health.CHECK_SECONDS", 1000.0)
    looked = Counter()
    for name, store in (
        ("store", running.context.store),
        ("trackers", running.context.assistant.tracker_store),
    ):
        check = store.check
        monkeypatch.setattr(store, "check", lambda name=name, check=check: (looked.update([name]), check()))
    assert [running.client.get("/readyz").status_code for _ in range(20)] == [200] * 20
    assert looked == {"store": 1, "trackers": 1}
    running.call(running.context.hub.stop())
    stopped = running.client.get("/readyz")
    assert (stopped.status_code, stopped.json()) == (503, {"ready": False, "faults": ["stopping"]})


def test_metrics_count_what_happens(make_server):
    running = make_server()
    running.ask("a", "你好")
    running.ask("a", "raise:")
    running.client.get("/no/such/path")
    text = running.client.get("/metrics").text
    for line in (
        'beian_replies_total{channel="rest",status="answered"} 1.0',
        'beian_replies_total{channel="rest",status="error"} 1.0',
        'beian_facts_total{fact="overview.types"} 1.0',
        "beian_fallbacks_total 1.0",
        'beian_action_failures_total{action="action_raise",reason="RuntimeError"} 1.0',
        'beian_requests_total{method="POST",route="/webhooks/rest/webhook",status="200"} 2.0',
        'beian_requests_total{method="-",route="unknown",status="404"} 1.0',
        "beian_turn_seconds_count 2.0",
        "beian_queue 0.0",
    ):
        assert line in text, line
    assert f'kb_version="{running.context.assistant.kb.version}"' in text
    assert "/no/such/path" not in text


def test_a_request_id_is_taken_over_when_it_is_harmless(server):
    assert (
        server.client.get("/healthz", headers={"X-Request-ID": "abc-12345"}).headers["X-Request-ID"]
        == "abc-12345"
    )
    given = server.client.get("/healthz", headers={"X-Request-ID": "<b>" * 9}).headers["X-Request-ID"]
    assert "<" not in given


def value_of(running, line):
    """The value of a metric with its labels, 0 when it is not there."""
    for written in running.client.get("/metrics").text.splitlines():
        name, _, value = written.rpartition(" ")
        if name == line:
            return float(value)
    return 0.0


def test_failures_of_the_stores_are_counted(make_server, monkeypatch):
    running = make_server()
    headers = running.session()
    assert value_of(running, "beian_store_errors_total") == 0

    def broken(*_arguments, **_options):
        raise StoreError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(running.context.store, "messages", broken)
        assert running.client.get("/api/history", headers=headers).status_code == 503
    assert value_of(running, "beian_store_errors_total") == 1


def test_open_streams_are_counted(make_server):
    running = make_server()
    headers = running.session()
    assert value_of(running, "beian_streams") == 0
    with httpx.stream("GET", running.url + "/api/events", headers=headers) as response:
        # Kept: with the last reference the connection would go.
        lines = response.iter_lines()
        next(lines)
        assert value_of(running, "beian_streams") == 1
    for place in range(int(20 * PATIENCE)):
        if value_of(running, "beian_streams") == 0:
            return
        # The server hears of a stream that is gone when it writes the next line.
        running.send(headers, "你好", f"c{place}")
        threading.Event().wait(0.05)
    raise AssertionError("the stream is still counted")


def test_requests_are_timed_by_route(make_server):
    running = make_server()
    count = 'beian_request_seconds_count{route="/api/facts/<fact:str>"}'
    for _ in range(3):
        running.client.get("/api/facts/overview.types")
    assert value_of(running, count) == 3
    assert value_of(running, 'beian_request_seconds_bucket{le="+Inf",route="/api/facts/<fact:str>"}') == 3
    assert 0 < value_of(running, 'beian_request_seconds_sum{route="/api/facts/<fact:str>"}') < 30


def test_the_versions_are_told(server):
    text = server.client.get("/metrics").text
    [info] = [line for line in text.splitlines() if line.startswith("beian_build_info{")]
    assert f'model="{server.model.name}"' in info
    assert f'kb_version="{server.context.assistant.kb.version}"' in info


@pytest.mark.parametrize(
    ("status", "counts"),
    [("uncovered", 1), ("clarify", 1), ("error", 1), ("answered", 0), ("handoff", 0), ("out_of_scope", 0)],
)
def test_what_was_not_answered_straight_is_a_fallback(status, counts):
    metrics = Metrics()
    metrics.count_reply("web", status, [], 0.01)
    assert f"beian_fallbacks_total {float(counts)}" in metrics.text().decode()
    assert f'beian_replies_total{{channel="web",status="{status}"}} 1.0' in metrics.text().decode()


def test_refused_requests_are_counted_by_limit(make_server):
    slow = 0.001
    rates = Rates(session=(1, slow), address=(8, slow), new_sessions=(2, slow), api_key=(1, slow))
    running = make_server(rates=rates)
    headers = running.session()
    call = running.client.post
    codes = [running.send(headers, "x", f"c{place}").status_code for place in range(2)]
    codes += [call("/api/sessions", json={}).status_code for _ in range(2)]
    codes += [
        call("/webhooks/rest/webhook", json={"sender": "a", "message": "x"}).status_code for _ in range(2)
    ]
    codes += [running.client.get("/api/config").status_code for _ in range(5)]
    assert codes == [202, 429, 201, 429, 200, 429, 200, 200, 200, 429, 429]
    for limit, refused in (("session", 1), ("new_sessions", 1), ("api_key", 1), ("address", 2)):
        assert value_of(running, f'beian_rate_limited_total{{limit="{limit}"}}') == refused, limit
