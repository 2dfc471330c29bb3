"""The driver that talks to a server."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import requests

from beian_suite.refused import sentence_of_error
from beian_suite.remote import HttpDriver
from beian_suite.turn import TroubleError

from .fakes import answer
from .served import AnswerServer, listening

KEY = "a-key-for-this-test"


@pytest.fixture
def server() -> Iterator[AnswerServer]:
    with listening() as server:
        yield server


def _driver(server: AnswerServer, **given: Any) -> HttpDriver:
    return HttpDriver(f"http://127.0.0.1:{server.server_port}/", KEY, **given)


def _said(**understood: str) -> tuple[int, dict[str, str], str]:
    told = {"intent": "timeline/review", "confidence": 0.9, **understood}
    return 200, {}, json.dumps([answer("timeline.review", "3-20个工作日", understood=told)])


def test_a_conversation(server: AnswerServer) -> None:
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


def test_waits_when_the_server_says_so(server: AnswerServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it waits counts for nothing: only the try that is answered is timed."""
    clock = [0.0]
    monkeypatch.setattr("beian_suite.remote.time.sleep", lambda seconds: clock.append(clock[-1] + seconds))
    monkeypatch.setattr("beian_suite.remote.time.perf_counter", lambda: clock[-1])
    driver = _driver(server)
    server.answers += [(429, {"Retry-After": "7"}, "{}"), (429, {"Retry-After": "soon"}, "{}"), _said()]
    driver.begin({}, None)
    turn = driver.send("多久", {})
    assert turn.statuses == ("answered",)
    assert (turn.ms, clock) == (0, [0.0, 7.0, 8.0])


HTML = (200, {"Content-Type": "text/html; charset=utf-8"}, "<html>hello</html>")


@pytest.mark.parametrize(
    ("reply", "words", "hopeless"),
    [
        ((401, {}, '{"error": {"message": "key 不对"}}'), "API key（HTTP 401：key 不对）", True),
        ((404, {}, "<html>"), "/webhooks/rest/webhook 不存在（HTTP 404）", True),
        ((302, {"Location": "https://else.where/"}, ""), "转到了 https://else.where/", True),
        (HTML, "不是 JSON（text/html）", True),
        ((200, {}, "{}"), "不是消息的列表", True),
        ((200, {}, "[1]"), "不是消息的列表", True),
        ((200, {}, '[{"text": {}}]'), "不是 Rasa 的样子", True),
        ((500, {}, "<html>" + "x" * 5000), "服务出错（HTTP 500）", False),
        ((413, {}, '{"error": "太长"}'), "不接受这条消息（HTTP 413：太长）", False),
    ],
)
def test_what_cannot_be_judged_is_one_sentence(
    server: AnswerServer, reply: tuple[int, dict[str, str], str], words: str, hopeless: bool
) -> None:
    driver = _driver(server)
    server.answers.append(reply)
    driver.begin({}, None)
    with pytest.raises(TroubleError) as trouble:
        driver.send("多久", {})
    assert words in str(trouble.value)
    assert trouble.value.hopeless is hopeless
    assert len(str(trouble.value)) < 300
    assert "\n" not in str(trouble.value)


def test_too_many_requests_for_too_long(server: AnswerServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("beian_suite.remote.time.sleep", lambda _: None)
    driver = _driver(server)
    server.answers += [(429, {}, "{}")] * 5
    driver.begin({}, None)
    with pytest.raises(TroubleError, match="HTTP 429"):
        driver.send("多久", {})


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:1", r"连不上 http://127\.0\.0\.1:1：没有服务"),
        ("http://no-such-host.invalid:5005", "找不到 .* 的主机"),
    ],
)
def test_no_server(url: str, words: str) -> None:
    driver = HttpDriver(url)
    driver.begin({}, None)
    with pytest.raises(TroubleError, match=words) as trouble:
        driver.send("多久", {})
    assert trouble.value.hopeless


@pytest.mark.parametrize(
    ("error", "words", "hopeless"),
    [
        (requests.ReadTimeout(), "2 秒没有回答（--assistant-timeout", False),
        (requests.ConnectTimeout(), "2 秒没有接通", True),
        (requests.exceptions.SSLError(), "证书", True),
        (requests.ConnectionError("reset by peer"), "中途断开", False),
    ],
)
def test_no_response(error: Exception, words: str, hopeless: bool) -> None:
    trouble = sentence_of_error(error, "http://there", 2)
    assert words in str(trouble)
    assert trouble.hopeless is hopeless


def test_a_key_of_other_signs_reaches_the_server(server: AnswerServer) -> None:
    driver = HttpDriver(f"http://127.0.0.1:{server.server_port}", "密钥")
    server.answers.append(_said())
    driver.begin({}, None)
    driver.send("多久", {})
    assert server.requests[0]["auth"].encode("latin-1").decode() == "Bearer 密钥"


def test_what_there_is_to_cover_is_asked_of_the_server(server: AnswerServer) -> None:
    driver = _driver(server)
    server.known = {"questions": [{"text": "多久", "fact": "a.b"}, {"text": "几天", "fact": "a.b"}]}
    assert driver.universe() == {"facts": ["a.b"], "buttons": ["多久", "几天"]}
    server.known = {"other": 1}
    assert driver.universe() == {}
