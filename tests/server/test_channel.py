import json
import threading
import uuid
from contextlib import ExitStack

import httpx
import icalendar
import pytest

from beian.settings import Rates
from tests.patience import PATIENCE
from tests.server.conftest import until
from tests.server.openapi import check_event
from tests.server.project.tiny_actions import ODD


def _events(server, headers, until, **arguments):
    """SSE events as (event, id, data) until `until(events)` or ten seconds."""
    events = []
    with httpx.stream(
        "GET", server.url + "/api/events", headers=headers, timeout=PATIENCE, **arguments
    ) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        fields = {}
        for line in response.iter_lines():
            if line.startswith(":"):
                continue
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            else:
                check_event("/api/events", fields["event"], fields["data"])
                events.append((fields["event"], int(fields.get("id", 0)), json.loads(fields["data"])))
                fields = {}
                if until(events):
                    return events
    return events


def test_a_message_is_answered_and_kept(server):
    headers = server.session()
    response = server.send(headers, "你好")
    assert (response.status_code, response.json()) == (202, {"id": 1})
    asked, said = server.history(headers, 2)
    assert (asked["author"], asked["text"], asked["client_id"]) == ("user", "你好", "c1")
    assert (said["author"], said["id"], said["custom"]["status"]) == ("bot", 2, "answered")
    assert said["buttons"] == [{"title": "审核要多久", "payload": "审核要多久"}]
    assert said["at"].endswith("Z")


def test_a_place_beyond_the_end_is_the_end(server):
    """Who asked on from a number that was never given out would miss what is said next."""
    headers = server.session()
    server.send(headers, "你好")
    server.history(headers, 2)
    answer = server.client.get("/api/history", params={"after": 999}, headers=headers).json()
    assert (answer["messages"], answer["last_id"]) == ([], 2)


def test_the_same_client_id_is_the_same_message(server):
    headers = server.session()
    numbers = {server.send(headers, "你好", "same").json()["id"] for _ in range(5)}
    assert numbers == {1}
    assert len(server.history(headers, 2)) == 2
    assert server.send(server.session(), "你好", "same").json()["id"] == 1


def test_concurrent_repeats_are_one_message(server):
    headers = server.session()
    got = []
    threads = [
        threading.Thread(target=lambda: got.append(server.send(headers, "你好", "race").json()["id"]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(got) == {1}
    assert len(server.history(headers, 2)) == 2


def test_messages_are_answered_in_order(server):
    headers = server.session()
    for number in range(5):
        server.send(headers, f"问{number}", f"c{number}")
    said = [m["text"] for m in server.history(headers, 10) if m["author"] == "bot"]
    assert said == [f"第一段：问{number}\n\n第二段" for number in range(5)]


def test_events_show_what_happens_and_resume(server):
    headers = server.session()
    found = []
    watcher = threading.Thread(
        target=lambda: found.extend(_events(server, headers, lambda e: [x for x in e if x[1] == 2]))
    )
    watcher.start()
    conversation = server.conversation(headers)
    while not server.context.hub.watchers(conversation):
        threading.Event().wait(0.01)
    server.send(headers, "你好")
    watcher.join(PATIENCE)
    assert [(kind, number) for kind, number, _ in found if kind == "message"] == [
        ("message", 1),
        ("message", 2),
    ]
    assert [data for kind, _, data in found if kind == "typing"] == [{"on": True}, {"on": False}]
    assert found[0] == ("mode", 0, {"mode": "bot"})
    resumed = _events(server, {**headers, "Last-Event-ID": "1"}, lambda e: len(e) == 2)
    assert [number for kind, number, _ in resumed if kind == "message"] == [2]
    by_query = _events(server, headers, lambda e: len(e) == 3, params={"after": "0"})
    assert [number for kind, number, _ in by_query if kind == "message"] == [1, 2]


def test_a_stream_is_one_sessions_only(server):
    mine, other = server.session(), server.session()
    server.send(other, "别人的话")
    server.history(other, 2)
    server.send(mine, "我的话")
    events = _events(server, mine, lambda e: len([x for x in e if x[0] == "message"]) == 2)
    assert "别人" not in json.dumps(events, ensure_ascii=False)


def test_streams_of_a_session_are_few(server):
    headers = server.session()
    conversation = server.conversation(headers)
    streams = [server.do(server.context.hub.watch, conversation) for _ in range(5)]
    response = server.client.get("/api/events", headers=headers)
    assert response.status_code == 429
    for stream in streams:
        server.do(server.context.hub.leave, conversation, stream)


@pytest.mark.parametrize("mode", ["human"])
def test_while_a_person_answers_the_assistant_is_silent(server, mode):
    headers = server.session()
    server.send(headers, "remember:x", "a")
    server.history(headers, 2)
    conversation = server.conversation(headers)
    # No name: the desk gives back what is held by a name that has no account.
    assert server.do(lambda: server.context.hub.set_mode(conversation, mode, expect=["bot"]))
    server.send(headers, "在吗", "b")
    threading.Event().wait(0.3)
    history = server.client.get("/api/history", headers=headers).json()
    assert history["mode"] == mode
    assert [m["author"] for m in history["messages"]] == ["user", "bot", "user"]
    events = server.context.assistant.tracker_store.events
    asked = [e["text"] for e in server.do(events, conversation) if e["event"] == "user"]
    assert asked == ["remember:x"]
    assert server.do(lambda: server.context.hub.set_mode(conversation, "bot", expect=[mode]))
    server.send(headers, "recall:", "c")
    assert server.history(headers, 5)[-1]["text"] == "x|2"


def test_a_takeover_reaches_messages_that_are_still_queued(server, monkeypatch):
    # long enough that the first is still at work when a person takes over, on any machine
    monkeypatch.setattr(server.context.assistant.actions, "_seconds", 5.0)
    headers = server.session()
    server.send(headers, "hang:", "slow")
    server.send(headers, "后来的话", "late")
    conversation = server.conversation(headers)
    server.do(lambda: server.context.hub.set_mode(conversation, "human"))
    until(lambda: not server.do(server.context.store.unanswered, conversation))
    assert [m["author"] for m in server.history(headers, 2)] == ["user", "user"]


def test_a_message_opens_a_closed_conversation_again(server):
    headers = server.session()
    server.send(headers, "你好", "a")
    server.history(headers, 2)
    server.do(lambda: server.context.hub.set_mode(server.conversation(headers), "closed"))
    server.send(headers, "还有", "b")
    assert server.history(headers, 4)[-1]["author"] == "bot"
    assert server.client.get("/api/history", headers=headers).json()["mode"] == "bot"


def test_a_restart_comes_after_what_was_asked_before_it(server):
    headers = server.session()
    server.send(headers, "slow:", "a")
    server.send(headers, "remember:旧", "b")
    assert server.client.post("/api/restart", json={"client_id": "r"}, headers=headers).status_code == 202
    server.send(headers, "recall:", "c")
    shown = server.history(headers, 7)
    assert [message["author"] for message in shown] == ["user", "user", "bot", "bot", "system", "user", "bot"]
    assert shown[-1]["text"].startswith("None|")


def test_a_restart_does_not_wait_for_ever(server, monkeypatch):
    async def still_busy(_conversation):
        return False

    headers = server.session()
    monkeypatch.setattr(server.context.hub, "answered_so_far", still_busy)
    answer = server.client.post("/api/restart", json={"client_id": "r"}, headers=headers)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_restart_forgets_the_case_and_keeps_the_history(server):
    headers = server.session()
    server.send(headers, "remember:x", "a")
    server.history(headers, 2)
    numbers = {
        server.client.post("/api/restart", json={"client_id": "r"}, headers=headers).json()["id"]
        for _ in range(3)
    }
    assert numbers == {3}
    server.send(headers, "recall:", "b")
    history = server.history(headers, 5)
    assert [m["author"] for m in history] == ["user", "bot", "system", "user", "bot"]
    assert history[-1]["text"].startswith("None|")


def test_feedback_is_kept_changed_and_withdrawn(server):
    headers = server.session()
    server.send(headers, "你好")
    server.history(headers, 2)

    def give(**body):
        return server.client.post("/api/feedback", json={"message_id": 2, **body}, headers=headers)

    assert give(value="down", reason="打我电话13800138000").json() == {"ok": True}
    assert server.history(headers)[1]["feedback"] == {"value": "down", "reason": "打我电话〔手机号〕"}
    give(value="up")
    assert server.history(headers)[1]["feedback"] == {"value": "up"}
    give(value=None)
    assert server.history(headers)[1]["feedback"] is None
    assert give(value="sideways").status_code == 400
    assert give(value="up", message_id=1).status_code == 404
    assert give(value="up", message_id=99).status_code == 404


def test_ticks_are_kept(server):
    headers = server.session()
    server.send(headers, "你好")
    server.history(headers, 2)

    def tick(ticked, number=2):
        return server.client.post(
            "/api/ticks", json={"message_id": number, "ticked": ticked}, headers=headers
        )

    assert tick([1, 0, 1]).json() == {"ok": True}
    assert server.history(headers)[1]["ticked"] == [0, 1]
    assert tick(["a"]).status_code == 400
    assert tick([-1]).status_code == 400
    assert tick(None).status_code == 400
    assert tick([0], 1).status_code == 404


def test_the_checklist_as_files(server):
    headers = server.session()
    server.send(headers, "你好")
    server.history(headers, 2)
    server.client.post("/api/ticks", json={"message_id": 2, "ticked": [1]}, headers=headers)
    markdown = server.client.get("/api/messages/2/checklist.md", headers=headers)
    assert markdown.headers["content-type"].startswith("text/markdown")
    assert "attachment" in markdown.headers["content-disposition"]
    assert "- [ ] 营业执照\n- [x] 身份证\n" in markdown.text
    assert "备案变更的常见类型" in markdown.text
    plain = server.client.get("/api/messages/2/checklist.txt", headers=headers)
    assert plain.headers["content-type"].startswith("text/plain")
    assert "☐ 营业执照\r\n☑ 身份证\r\n" in plain.text
    dates = server.client.get("/api/messages/2/checklist.ics", headers=headers)
    [event] = icalendar.Calendar.from_ical(dates.content).walk("VEVENT")
    assert (str(event["summary"]), event.decoded("dtstart").isoformat()) == ("提交变更", "2026-03-01")
    for path in (
        "/api/messages/1/checklist.md",
        "/api/messages/1/checklist.ics",
        "/api/messages/9/checklist.md",
        "/api/messages/1/checklist.txt",
    ):
        assert server.client.get(path, headers=headers).status_code == 404
    assert server.client.get("/api/messages/2/checklist.md", headers=server.session()).status_code == 404


def test_satisfaction(server):
    headers = server.session()

    def send(value):
        return server.client.post("/api/satisfaction", json={"value": value}, headers=headers)

    assert send(1).status_code == 404
    server.send(headers, "你好")
    assert send(1).json() == {"ok": True}
    assert send(2).status_code == 400
    assert send(True).status_code == 400


def test_config_questions_and_facts_need_no_session(server):
    kb = server.context.assistant.kb
    config = server.client.get("/api/config").json()
    assert config["limits"] == {"text": 2000}
    assert (config["phone"], config["kb_version"]) == (kb.phone, kb.version)
    assert [set(starter) for starter in config["starters"]] == [{"title", "payload"}] * len(kb.starters)
    questions = server.client.get("/api/questions").json()["questions"]
    assert {q["fact"] for q in questions} == set(kb.questions.values())
    fact = server.client.get("/api/facts/overview.types").json()
    assert fact["title"] == kb.facts["overview.types"].title
    assert fact["section"] == kb.facts["overview.types"].section_path
    assert server.client.get("/api/facts/no.such").status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": "x"}, "bad_client_id"),
        ({"client_id": "", "text": "x"}, "bad_client_id"),
        ({"client_id": "a" * 65, "text": "x"}, "bad_client_id"),
        ({"client_id": "a b", "text": "x"}, "bad_client_id"),
        ({"client_id": 5, "text": "x"}, "bad_client_id"),
        ({"client_id": "a"}, "bad_text"),
        ({"client_id": "a", "text": 5}, "bad_text"),
        ({"client_id": "a", "text": "  "}, "bad_text"),
        ({"client_id": "a", "text": "变" * 2001}, "bad_text"),
        ([], "not_object"),
    ],
)
def test_bad_messages_are_explained(server, body, code):
    response = server.client.post("/api/messages", json=body, headers=server.session())
    assert response.status_code == 400
    assert response.json()["error"]["code"] == code


def test_too_long_a_text_is_refused_kindly(server):
    response = server.send(server.session(), "变" * 2001)
    assert response.json()["error"]["message"] == server.context.assistant.kb.phrase(
        "errors", "too_long", limit="2000"
    )


def test_only_json_of_a_moderate_size(server):
    headers = server.session()
    body = json.dumps({"client_id": "a", "text": "x"})
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        response = server.client.post(
            "/api/messages", content=body, headers={**headers, "Content-Type": kind}
        )
        assert response.status_code == 415
    large = json.dumps({"client_id": "a", "text": "x", "pad": "y" * 17_000})
    response = server.client.post(
        "/api/messages", content=large, headers={**headers, "Content-Type": "application/json"}
    )
    assert response.status_code == 413


def test_a_session_cannot_be_chosen_or_forged(server):
    token = server.session()["X-Session"]
    conversation, _, signature = token.partition(".")
    for forged in (
        "",
        "default",
        conversation,
        f"{conversation}.",
        f"{conversation}.{signature[:-1]}",
        f"{conversation}x.{signature}",
        f"w-{uuid.uuid4().hex}.{signature}",
        "." + signature,
        "x" * 5000,
    ):
        response = server.client.get("/api/history", headers={"X-Session": forged})
        assert response.status_code == 401, forged
    assert server.client.get("/api/history").status_code == 401
    assert server.client.get("/api/history", params={"session": token}).status_code == 401
    assert server.client.get("/api/history", headers={"Cookie": f"session={token}"}).status_code == 401


def test_rates_of_a_session_an_address_and_new_sessions(make_server):
    running = make_server(rates=Rates(session=(2, 0.5), address=(12, 0.5), new_sessions=(2, 0.5)))
    headers = running.session()
    codes = [running.send(headers, "x", f"c{n}").status_code for n in range(3)]
    assert codes == [202, 202, 429]
    refused = running.send(headers, "x", "c9")
    assert refused.json()["error"]["code"] == "rate_limited"
    assert 1 <= int(refused.headers["Retry-After"]) <= 3
    created = [running.client.post("/api/sessions", json={}).status_code for _ in range(2)]
    assert created == [201, 429]
    codes = [running.client.get("/api/config").status_code for _ in range(12)]
    assert codes[0] == 200
    assert codes[-1] == 429
    assert b'beian_rate_limited_total{limit="address"}' in running.context.metrics.text()


def test_a_full_queue_is_said(make_server):
    running = make_server(max_queue=0)
    response = running.send(running.session(), "你好")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")


def test_streams_of_all_customers_are_limited(make_server):
    running = make_server(max_streams=1)
    with httpx.stream(
        "GET", running.url + "/api/events", headers=running.session(), timeout=PATIENCE
    ) as first:
        assert first.status_code == 200
        lines = first.iter_lines()
        assert next(lines) == "event: mode"
        refused = running.client.get("/api/events", headers=running.session(), timeout=PATIENCE)
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "busy")
        assert refused.headers["Retry-After"] == "5"
    headers = running.session()
    # That the first has left shows when something is sent to it.
    for stream in [one for streams in running.context.hub._streams.values() for one in streams]:
        running.do(stream.put, None)
    until(lambda: not running.context.hub.stream_count)
    assert _events(running, headers, lambda events: len(events) == 1)


def test_streams_of_an_address_are_limited(make_server):
    running = make_server(max_streams_address=2, proxies=1)

    def stream(address):
        headers = {**running.session(), "X-Forwarded-For": address}
        return httpx.stream("GET", running.url + "/api/events", headers=headers, timeout=PATIENCE)

    with ExitStack() as opened:
        lines = [opened.enter_context(stream("203.0.113.9")).iter_lines() for _ in range(2)]
        assert [next(one) for one in lines] == ["event: mode"] * 2
        refused = opened.enter_context(stream("203.0.113.9"))
        assert refused.status_code == 429
        refused.read()
        assert refused.json()["error"]["code"] == "rate_limited"
        other = opened.enter_context(stream("203.0.113.10")).iter_lines()
        assert next(other) == "event: mode"
    until(lambda: len(running.context.streams) == 0)
    with stream("203.0.113.9") as again:
        assert again.status_code == 200


def test_utterances_that_are_no_messages_are_apologies_and_the_queue_goes_on(server):
    headers = server.session()
    for number in range(len(ODD)):
        assert server.send(headers, f"odd:{number}", f"c{number}").status_code == 202
    server.send(headers, "你好", "last")
    history = server.history(headers, 2 * len(ODD) + 2)
    texts = [message["text"] for message in history if message["author"] == "bot"]
    apology = server.context.assistant.kb.phrase("errors", "action_failed")
    assert texts == [apology] * len(ODD) + ["第一段：你好\n\n第二段"]


def test_while_an_action_blocks_other_customers_are_answered(make_server):
    running = make_server()
    running.context.assistant.actions._seconds = 6.0
    blocked, others = running.session(), [running.session() for _ in range(3)]
    running.send(blocked, "block:", "a")
    running.send(blocked, "你好", "b")
    for place, headers in enumerate(others):
        running.send(headers, f"问{place}")
    for place, headers in enumerate(others):
        assert running.history(headers, 2)[-1]["text"] == f"第一段：问{place}\n\n第二段"
    # They did not have to wait until the one that blocks was given up.
    assert [message["author"] for message in running.history(blocked)] == ["user", "user"]
    texts = [message["text"] for message in running.history(blocked, 4) if message["author"] == "bot"]
    assert texts == [
        running.context.assistant.kb.phrase("errors", "action_failed"),
        "第一段：你好\n\n第二段",
    ]


def test_a_listener_that_fails_does_not_keep_a_message_from_its_answer(make_server):
    running = make_server()

    def fail(*_):
        raise RuntimeError

    running.context.hub.listeners.append(fail)
    headers = running.session()
    assert running.send(headers, "你好").status_code == 202
    assert running.history(headers, 2)[-1]["author"] == "bot"
    sent = running.client.post("/api/satisfaction", json={"value": 1}, headers=headers)
    assert sent.json() == {"ok": True}


def test_a_fact_has_its_original_where_the_document_is_given(server, make_server, tmp_path):
    assert server.client.get("/api/facts/notice.authenticity").json()["original"] is None
    document = tmp_path / "procedure.txt"
    document.write_text(
        "备案变更注意事项\n\n  1. 变更时效性:很重要。\n"
        "  2. 材料真实性:材料都必须真实有效,伪造材料会导致备案被注销。\n",
        encoding="utf-8",
    )
    running = make_server(procedure=document)
    original = running.client.get("/api/facts/notice.authenticity").json()["original"]
    assert [[piece["text"] for piece in line if piece["marked"]] for line in original] == [
        ["材料都必须真实有效,伪造材料会导致备案被注销。"]
    ]
    # what is not found there is told to the operator and left out for customers
    assert running.client.get("/api/facts/overview.types").json()["original"] is None
    assert running.client.get("/readyz").json()["notices"] == ["procedure"]
