"""Claim, talk both ways, hand back, close; the assistant is silent meanwhile whatever happens."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import httpx
import pytest

from beian.calendar.today import CHINA
from beian.desk.hours import Hours
from beian.settings import SettingsError
from beian.store.conversations import ConversationStore
from beian.store.records import Draft, Message
from tests.desk.conftest import AgentClient, Customer, desk_of, prepare
from tests.desk.test_conversations import Follower
from tests.server.conftest import until


@pytest.fixture
def opened(desk_server, monkeypatch):
    """The desk with someone there, at any time of the day."""
    monkeypatch.setattr(desk_of(desk_server).opening, "setting", Hours(None))
    monkeypatch.setattr(desk_of(desk_server).presence, "is_anybody_here", lambda: True)


@pytest.fixture
def closed(desk_server, monkeypatch):
    sunday = datetime(2026, 11, 22, 12, 0, tzinfo=CHINA)
    hours = Hours(Hours.parse("09:00-18:00").spans, clock=lambda: sunday)
    monkeypatch.setattr(desk_of(desk_server).opening, "setting", hours)


def ask_for_person(server, customer):
    """The customer says 转人工: the tiny model has no such answer, so its reply is told by hand."""
    reply = Message(99, time.time(), "bot", "", custom={"status": "handoff"})
    server.do(desk_of(server)._after_reply, customer.id, [reply])


def authors(messages):
    return [message["author"] for message in messages]


def test_asking_for_a_person_waits_and_is_still_answered(desk_server, customer, li, opened):
    customer.ask("变更")
    ask_for_person(desk_server, customer)
    assert customer.mode == "waiting"
    assert li.row(customer.id)["mode"] == "waiting"
    assert authors(customer.history()) == ["user", "bot", "system"]
    customer.send("变更二")
    assert authors(customer.history(5)) == ["user", "bot", "system", "user", "bot"]
    assert customer.mode == "waiting"
    ask_for_person(desk_server, customer)
    assert len(customer.history()) == 5


def test_without_accounts_nobody_is_waited_for(make_server):
    bare = make_server()
    customer = Customer(bare)
    customer.ask("变更")
    ask_for_person(bare, customer)
    assert customer.mode == "bot"


def test_takeover_both_ways_and_back_with_the_case(desk_server, customer, li, opened):
    customer.ask("remember:海风")
    assert li.post(f"/conversations/{customer.id}/claim").status_code == 200
    assert customer.mode == "human"
    customer.send("有人吗")
    body = {"client_id": "a1", "text": "您好，我是客服"}
    said = li.post(f"/conversations/{customer.id}/messages", body).json()["message"]
    again = li.post(f"/conversations/{customer.id}/messages", body).json()["message"]
    assert said["id"] == again["id"]
    threading.Event().wait(0.3)
    assert authors(customer.history()) == ["user", "bot", "system", "user", "agent"]
    seen = customer.history()[-1]
    assert seen["text"] == "您好，我是客服"
    # Customers do not learn the agents' names.
    assert "agent" not in set(seen)
    assert "李敏" not in seen.values()
    assert li.post(f"/conversations/{customer.id}/hand-back").status_code == 200
    number = customer.send("recall:")
    assert customer.history(number + 1)[-1]["text"].startswith("海风|")


def test_two_agents_claim_at_once(desk_server, li, wang, opened):
    for _ in range(5):
        customer = Customer(desk_server)
        customer.ask("变更")
        gate = threading.Barrier(2)

        def claim(agent, gate=gate, customer=customer):
            gate.wait()
            return agent, agent.post(f"/conversations/{customer.id}/claim")

        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(claim, (li, wang)))
        won = [agent.name for agent, response in results if response.status_code == 200]
        lost = [response for _, response in results if response.status_code == 409]
        assert len(won) == len(lost) == 1
        assert lost[0].json()["error"]["code"] == "taken"
        assert won[0] in lost[0].json()["error"]["message"]
        assert li.row(customer.id)["agent"] == won[0]


def test_only_the_holder_acts_and_an_admin_may_take_over(customer, li, wang, chief, opened):
    customer.ask("变更")
    path = f"/conversations/{customer.id}"
    body = {"client_id": "b1", "text": "您好"}
    assert wang.post(f"{path}/messages", body).status_code == 409
    li.post(f"{path}/claim")
    for action in ("messages", "hand-back", "close"):
        response = wang.post(f"{path}/{action}", body)
        assert (response.status_code, "李敏" in response.json()["error"]["message"]) == (409, True)
    assert wang.post(f"{path}/claim", {"force": True}).status_code == 409
    assert chief.post(f"{path}/claim").status_code == 409
    assert chief.post(f"{path}/claim", {"force": True}).status_code == 200
    assert li.post(f"{path}/messages", {"client_id": "b2", "text": "x"}).status_code == 409


def test_restart_changes_nothing_while_a_person_answers(desk_server, customer, li, opened):
    customer.ask("remember:灯塔")
    li.post(f"/conversations/{customer.id}/claim")
    desk_server.client.post("/api/restart", json={"client_id": "r1"}, headers=customer.headers)
    customer.send("/restart")
    threading.Event().wait(0.3)
    assert authors(customer.history()) == ["user", "bot", "system", "system", "user"]
    assert customer.mode == "human"
    li.post(f"/conversations/{customer.id}/hand-back")
    number = customer.send("recall:")
    assert customer.history(number + 1)[-1]["text"].startswith("灯塔|")


def test_silence_outlives_the_server_and_the_session(make_server, tmp_path, monkeypatch):
    first = prepare(make_server(var=tmp_path))
    customer = Customer(first)
    customer.ask("remember:石桥")
    agent = AgentClient(first, "李敏")
    agent.post(f"/conversations/{customer.id}/claim")
    customer.send("在吗")
    cookie, csrf = dict(agent.http.cookies), agent.profile["csrf"]
    agent.close()
    first.close()
    second = make_server(var=tmp_path)
    # As long after the last message as one likes: the session expires, the takeover does not.
    domain = second.context.assistant.agent.domain
    expired = domain.session_config._replace(session_expiration_time=1e-9)
    monkeypatch.setattr(domain, "session_config", expired)
    customer.server = second
    customer.send("还在吗")
    threading.Event().wait(0.4)
    assert authors(customer.history()) == ["user", "bot", "system", "user", "user"]
    assert customer.mode == "human"
    # The agent is still logged in, and still has it.
    client = httpx.Client(base_url=second.url, verify=False, cookies=cookie, headers={"X-CSRF": csrf})
    response = client.post(
        f"/api/desk/conversations/{customer.id}/messages", json={"client_id": "z", "text": "在的"}
    )
    assert response.status_code == 200, response.text
    assert customer.history()[-1]["text"] == "在的"
    assert client.post(f"/api/desk/conversations/{customer.id}/hand-back", json={}).status_code == 200
    number = customer.send("recall:")
    assert customer.history(number + 1)[-1]["text"].startswith("石桥|")
    client.close()


def test_a_claim_in_mid_answer_silences_it(desk_server, customer, li, opened):
    customer.ask("变更")
    follower = Follower(li, open=customer.id)
    customer.send("slow:")
    follower.wait_for(lambda kind, value: (kind, value) == ("typing", True))
    li.post(f"/conversations/{customer.id}/claim")
    follower.wait_for(lambda kind, value: (kind, value) == ("typing", False))
    assert authors(customer.history()) == ["user", "bot", "user", "system"]


@pytest.mark.parametrize("mode", ["human", "closed"])
def test_an_answer_that_comes_too_late_is_not_kept(mode):
    """Between the last look at the mode and the answer another server may have handed over to a person."""
    store = ConversationStore()
    message, _, _ = store.accept("w-1", Draft("user", "变更"))
    assert store.set_mode("w-1", mode, agent="李敏")
    assert store.answer("w-1", message.id, [Draft("bot", "答")]) == []
    assert [said.author for said in store.messages("w-1")] == ["user"]
    assert store.unanswered() == []
    assert store.mode("w-1") == mode


def test_whether_it_helped_is_asked_once_a_person_has_served(desk_server, customer, li, wang, opened):
    def asks():
        found = desk_server.client.get("/api/satisfaction", headers=customer.headers)
        assert found.status_code == 200
        return found.json()["ask"]

    def say(client, number):
        body = {"client_id": f"s{number}", "text": "您好"}
        assert client.post(f"/conversations/{customer.id}/messages", body).status_code == 200

    customer.ask("变更")
    assert not asks()
    path = f"/conversations/{customer.id}"
    li.post(f"{path}/claim")
    li.post(f"{path}/hand-back")
    # Nobody has said anything to the customer.
    assert not asks()
    li.post(f"{path}/claim")
    say(li, 1)
    assert not asks()
    li.post(f"{path}/hand-back")
    assert asks()
    wang.post(f"{path}/claim")
    say(wang, 2)
    assert not asks()
    wang.post(f"{path}/close")
    assert asks()
    desk_server.client.post("/api/satisfaction", json={"value": 0}, headers=customer.headers)
    assert not asks()
    # What is gone is asked about no more.
    assert desk_server.client.post("/api/forget", json={}, headers=customer.headers).status_code == 200
    assert not asks()


def test_close_asks_and_the_answer_is_kept(desk_server, customer, li, opened):
    customer.ask("变更")
    li.post(f"/conversations/{customer.id}/claim")
    assert li.post(f"/conversations/{customer.id}/close").json()["row"]["mode"] == "closed"
    assert customer.mode == "closed"
    follower = Follower(li, open=customer.id)
    desk_server.client.post("/api/satisfaction", json={"value": 1}, headers=customer.headers)
    follower.wait_for(lambda kind, value: (kind, value) == ("satisfaction", 1))
    assert li.get(f"/conversations/{customer.id}").json()["satisfaction"] == 1
    customer.ask("变更")
    assert customer.mode == "bot"


def test_messages_left_out_of_hours_wait_for_agents(desk_server, customer, li, closed):
    customer.ask("变更")
    ask_for_person(desk_server, customer)
    assert "工作日 09:00-18:00" in customer.history()[-1]["text"]
    customer.send("留言：请明天告诉我进度")
    customer.history(5)
    threading.Event().wait(0.2)
    assert authors(customer.history()) == ["user", "bot", "system", "user", "system"]
    row = li.row(customer.id)
    assert (row["mode"], row["unread"]) == ("waiting", 2)
    customer.ask("变更")
    assert authors(customer.history())[-1] == "bot"


@pytest.mark.parametrize(
    ("text", "moment", "is_open"),
    [
        (None, "2026-11-24T10:00", True),
        (None, "2026-11-24T18:00", False),
        (None, "2026-11-22T10:00", False),
        (None, "2026-10-01T10:00", False),
        ("daily 08:00-22:00", "2026-11-22T21:59", True),
        ("09:00-12:00,13:30-18:00", "2026-11-24T12:30", False),
        ("always", "2026-11-22T03:00", True),
    ],
)
def test_hours(text, moment, is_open):
    at = datetime.fromisoformat(moment).replace(tzinfo=CHINA)
    hours = Hours.of_setting(text)
    assert Hours(hours.spans, hours.every_day, lambda: at).open() == is_open


@pytest.mark.parametrize("text", ["9-18", "18:00-09:00", "25:00-26:00", "daily"])
def test_hours_that_make_no_sense_stop_the_start(text):
    with pytest.raises(SettingsError):
        Hours.of_setting(text)


def test_numbers_left_for_a_person_are_told_of_at_once(desk_server, customer, li, opened):
    customer.ask("变更")
    customer.ask("我的手机 13800138000")
    # The assistant answers all the same: nobody would have called.
    assert not any("隐藏" in message["text"] for message in customer.history())
    li.post(f"/conversations/{customer.id}/claim")
    customer.send("请打 13800138000 给我")
    until(lambda: "号码已经隐藏" in customer.history()[-1]["text"])
    customer.send("或者 13900139000")
    until(lambda: not desk_of(desk_server)._telling)
    assert sum("号码已经隐藏" in message["text"] for message in customer.history()) == 1


def test_who_waits_behind_others_is_told(desk_server, customer, li, opened):
    other = Customer(desk_server)
    for one in (other, customer):
        one.ask("变更")
        ask_for_person(desk_server, one)
    assert "位在等" in customer.history()[-1]["text"]
    assert "不等了" in customer.history()[-1]["text"]


def test_whether_the_customer_is_still_there(desk_server, customer, li, opened):
    customer.ask("变更")
    path = f"/conversations/{customer.id}/suggestions"
    assert li.get(path).json()["present"] is False
    hub = desk_server.context.hub

    async def watch():
        return hub.watch(customer.id)

    async def leave(stream):
        hub.leave(customer.id, stream)

    stream = desk_server.call(watch())
    assert li.get(path).json()["present"] is True
    desk_server.call(leave(stream))
    assert li.get(path).json()["present"] is False
