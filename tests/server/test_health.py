from collections import Counter


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
    running.context.hub.stopping = True
    try:
        assert running.client.get("/readyz").json() == {"ready": False, "faults": ["stopping"]}
    finally:
        running.context.hub.stopping = False


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
