import json
import threading

import pytest

from tests.server.conftest import KEY, until
from tests.server.project.tiny_actions import ODD

URL = "/webhooks/rest/webhook"


def test_answers_in_rasas_shape_with_one_message_for_each_utterance(server):
    [reply] = server.ask("shape", "你好")
    assert reply["recipient_id"] == "shape"
    assert reply["text"] == "第一段：你好\n\n第二段"
    assert reply["buttons"] == [{"title": "审核要多久", "payload": "审核要多久"}]
    assert reply["custom"]["card"]["items"] == ["营业执照", "身份证"]


def test_several_utterances_stay_apart(server):
    assert [("text" in m, "custom" in m) for m in server.ask("two", "two:")] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "bad_json"),
        (b"{", "bad_json"),
        (b"\xff\xfe", "bad_json"),
        (b'{"sender": "a", "message": NaN}', "bad_json"),
        (b"[" * 5000, "bad_json"),
        (b"[]", "not_object"),
        (b'"text"', "not_object"),
        (b"null", "not_object"),
        (b'{"message": "x"}', "bad_sender"),
        (b'{"sender": "", "message": "x"}', "bad_sender"),
        (b'{"sender": " \\t ", "message": "x"}', "bad_sender"),
        (b'{"sender": "\\u0000", "message": "x"}', "bad_json"),
        (b'{"sender": "\\u0001", "message": "x"}', "bad_sender"),
        (b'{"sender": 7, "message": "x"}', "bad_sender"),
        (b'{"sender": null, "message": "x"}', "bad_sender"),
        (json.dumps({"sender": "s" * 256, "message": "x"}).encode(), "bad_sender"),
        (b'{"sender": "a"}', "bad_message"),
        (b'{"sender": "a", "message": 5}', "bad_message"),
        (b'{"sender": "a", "message": {"text": "x"}}', "bad_message"),
        (b'{"sender": "a", "message": null}', "bad_message"),
        (b'{"sender": "a", "message": "x", "metadata": []}', "bad_value"),
    ],
)
def test_bad_bodies_are_explained(server, body, code):
    response = server.client.post(URL, content=body)
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["code"] == code
    assert any("\u4e00" <= char <= "\u9fff" for char in error["message"])


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u200b", "\u3000"])
def test_blank_text_gets_a_kind_answer(server, text):
    [reply] = server.ask("blank", text)
    assert reply["text"] == server.context.assistant.kb.phrase("errors", "empty")
    assert reply["custom"]["status"] == "error"


def test_too_long_text_gets_a_kind_answer(server):
    assert server.ask("long", "变" * 2000)[0]["custom"]["status"] == "answered"
    [reply] = server.ask("long", "变" * 2001)
    assert "2000" in reply["text"]


def test_too_large_body_is_refused(server):
    response = server.client.post(URL, json={"sender": "a", "message": "x" * 17_000})
    assert response.status_code == 413
    assert server.client.post(URL, content=b"x" * 5_000_000).status_code == 413


@pytest.mark.parametrize("text", ["a\x01b", "\ud83d\ude00 emoji", "‮rtl", "<script>alert(1)</script>"])
def test_odd_characters_do_no_harm(server, text):
    body = json.dumps({"sender": "odd", "message": text})
    response = server.client.post(URL, content=body)
    assert response.status_code == 200
    said = response.json()[0]["text"]
    assert "\x01" not in said


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "\udfff"])
def test_what_is_no_text_is_refused_in_words(server, text):
    response = server.client.post(URL, content=json.dumps({"sender": "odd", "message": text}))
    assert response.status_code == 400
    assert "字符" in response.json()["error"]["message"]


@pytest.mark.parametrize("text", ["/raise", '/raise{"note": "x"}', "/restart", "  /raise", "/", "//"])
def test_a_leading_slash_is_text(server, text):
    [reply] = server.ask("slash", text)
    assert reply["text"].startswith("第一段：／")


@pytest.mark.parametrize("command", ["raise:", "rubbish:", "unknown_event:", "silent:"])
def test_a_failing_action_is_an_apology(server, command):
    [reply] = server.ask("failing", command)
    assert reply["text"] == server.context.assistant.kb.phrase("errors", "action_failed")
    assert reply["custom"]["status"] == "error"
    assert server.ask("failing", "你好")[0]["custom"]["status"] == "answered"


def test_senders_have_conversations_of_their_own_and_apart_from_the_widget(server):
    server.ask("one", "remember:alpha")
    server.ask("two", "remember:beta")
    assert server.ask("one", "recall:")[0]["text"].startswith("alpha|")
    headers = server.session()
    widget = server.conversation(headers)
    server.send(headers, "remember:gamma")
    server.history(headers, 2)
    assert server.ask(widget, "recall:")[0]["text"].startswith("None|")


def test_sender_names_reach_no_store(server):
    server.ask("secret-sender-name", "你好")
    assert not [key for key in server.call(server.context.assistant.tracker_store.keys()) if "secret" in key]


def test_key_is_demanded_when_there_is_one(make_server):
    running = make_server(api_key=KEY)
    body = {"sender": "a", "message": "你好"}
    assert running.client.post(URL, json=body).status_code == 401
    for header in ("Bearer wrong", f"Basic {KEY}", KEY, "Bearer", "Bearer \xff"):
        assert (
            running.client.post(
                URL, json=body, headers={"Authorization": header.encode("latin-1")}
            ).status_code
            == 401
        )
    assert running.client.post(URL, json=body, headers={"Authorization": f"Bearer {KEY}"}).status_code == 200


def test_without_a_key_it_is_open_on_loopback_only(make_server):
    running = make_server(host="0.0.0.0")
    response = running.client.post(URL, json={"sender": "a", "message": "你好"})
    assert (response.status_code, response.json()["error"]["code"]) == (403, "closed_here")


def test_its_rate_limit_is_its_own(make_server):
    from beian.settings import Rates

    running = make_server(rates=Rates(session=(1, 0.01), address=(100, 1.0), api_key=(3, 0.5)))
    codes = [running.client.post(URL, json={"sender": "a", "message": "x"}).status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    refused = running.client.post(URL, json={"sender": "a", "message": "x"})
    assert int(refused.headers["Retry-After"]) >= 1


def test_every_turn_is_a_row_for_analysis(server):
    server.ask("rows", "我的手机是13800138000")
    conversation = server.context.signer.conversation_of_sender("rows")
    [row] = server.do(server.context.store.export, conversation)["turns"]
    assert row["text"] == "我的手机是〔手机号〕"
    assert (row["channel"], row["status"], json.loads(row["facts"])) == (
        "rest",
        "answered",
        ["overview.types"],
    )


@pytest.mark.parametrize("number", range(len(ODD)))
def test_an_utterance_that_is_no_message_is_an_apology(server, number):
    [reply] = server.ask("odd", f"odd:{number}")
    assert reply["text"] == server.context.assistant.kb.phrase("errors", "action_failed")
    assert reply["custom"]["status"] == "error"
    assert server.ask("odd", "你好")[0]["custom"]["status"] == "answered"


def test_a_full_queue_is_said(make_server):
    running = make_server(max_queue=1)
    slow = threading.Thread(target=running.ask, args=("slow", "slow:"))
    slow.start()
    until(lambda: running.context.in_flight)
    response = running.client.post(URL, json={"sender": "b", "message": "你好"})
    assert (response.status_code, response.json()["error"]["code"]) == (503, "busy")
    assert response.headers["Retry-After"] == "1"
    slow.join()
    until(lambda: not running.context.in_flight)
    assert running.ask("b", "你好")


def test_while_stopping_nothing_new_is_begun(make_server):
    running = make_server()
    assert running.ask("a", "你好")
    running.call(running.context.hub.stop())
    response = running.client.post(URL, json={"sender": "a", "message": "还有"})
    assert (response.status_code, response.json()["error"]["code"]) == (503, "busy")
    assert response.headers["Retry-After"] == "1"
    conversation = running.context.signer.conversation_of_sender("a")
    events = running.do(running.context.assistant.tracker_store.events, conversation)
    assert [event["text"] for event in events if event["event"] == "user"] == ["你好"]
