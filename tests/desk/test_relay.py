"""Two servers on one PostgreSQL database: customers at one, agents at the other."""

import json
import queue
import threading

import httpx
import pytest
import sqlalchemy as sa

from beian.store.desk_tables import labels
from beian.store.records import Draft
from tests.desk.conftest import AgentClient, Customer, desk_of, prepare
from tests.patience import PATIENCE


class Followed:
    """An event stream read in the background; `until` gives the next event that fits."""

    def __init__(self, url, headers=None, cookies=None, **params):
        self.events = queue.Queue()
        self._begun = threading.Event()
        arguments = (url, headers, cookies, params)
        threading.Thread(target=self._read, args=arguments, daemon=True).start()
        assert self._begun.wait(PATIENCE)

    def _read(self, url, headers, cookies, params):
        with httpx.stream(
            "GET", url, headers=headers, cookies=cookies, params=params, timeout=PATIENCE
        ) as response:
            assert response.status_code == 200
            kind = ""
            for line in response.iter_lines():
                self._begun.set()
                if line.startswith("event: "):
                    kind = line[7:]
                elif line.startswith("data: "):
                    self.events.put((kind, json.loads(line[6:])))
        self.events.put(("end", {}))

    def until(self, kind, fits=lambda value: True):
        """The value of the next event of this kind that fits; queue.Empty when none comes."""
        while True:
            found, data = self.events.get(timeout=PATIENCE)
            value = data.get("value", data)
            if found == kind and fits(value):
                return value


@pytest.fixture(scope="module")
def servers(make_server, postgres):
    url = f"postgresql://beian@127.0.0.1:{postgres}/postgres"
    pair = [make_server(database=url, secret="one-secret-of-both-servers") for _ in range(2)]
    prepare(pair[0])
    yield pair
    for server in pair:
        server.close()


@pytest.fixture
def customer(servers):
    customer = Customer(servers[0])
    customer.ask("变更")
    return customer


@pytest.fixture
def li(servers):
    agent = AgentClient(servers[1], "李敏")
    yield agent
    agent.close()


def follow(agent, conversation):
    return Followed(
        f"{agent.server.url}/api/desk/events", cookies=dict(agent.http.cookies), open=conversation
    )


def test_customer_and_agent_at_different_servers(servers, customer, li):
    widget = Followed(f"{servers[0].url}/api/events", headers=customer.headers)
    desk = follow(li, customer.id)
    customer.send("变更二")
    assert desk.until("message", lambda said: said["text"] == "变更二")["author"] == "user"
    assert desk.until("message", lambda said: said["author"] == "bot")
    assert li.post(f"/conversations/{customer.id}/claim").status_code == 200
    assert widget.until("mode", lambda value: value["mode"] == "human")
    li.post(f"/conversations/{customer.id}/messages", {"client_id": "a1", "text": "您好，请讲"})
    assert widget.until("message", lambda said: said["author"] == "agent")["text"] == "您好，请讲"
    customer.send("谢谢")
    assert desk.until("rows", lambda rows: rows[0]["preview"] == "谢谢")
    li.post(f"/conversations/{customer.id}/close")
    assert widget.until("mode", lambda value: value["mode"] == "closed")
    servers[0].client.post("/api/satisfaction", json={"value": 1}, headers=customer.headers)
    assert desk.until("satisfaction") == 1


def test_agents_at_different_servers(servers, customer, li):
    wang = AgentClient(servers[0], "a.b")
    desk = follow(li, customer.id)
    wang.post(f"/conversations/{customer.id}/notes", {"text": "老客户 13800138000"})
    assert "13800138000" not in desk.until("note")["text"]
    wang.post(f"/conversations/{customer.id}/labels", {"add": ["加急"]})
    assert desk.until("labels") == ["加急"]
    # What another program writes is told as well, whatever it calls itself.
    with servers[0].context.store.engine.begin() as connection:
        connection.execute(sa.text("SET LOCAL application_name = 'some other program'"))
        connection.execute(labels.insert().values(conversation=customer.id, label="急"))
    assert desk.until("labels") == ["加急", "急"]
    wang.post(f"/conversations/{customer.id}/claim")
    assert desk.until("rows", lambda rows: rows[0]["agent"] == "a.b")
    assert li.post(f"/conversations/{customer.id}/claim").status_code == 409
    # A log-in ended at one server ends what is open at the other.
    elsewhere = AgentClient(servers[0], "李敏")
    elsewhere.post("/logout-everywhere")
    desk.until("end")
    for agent in (wang, elsewhere):
        agent.close()


def test_own_changes_are_told_once(servers, customer, li):
    desk = follow(li, customer.id)
    li.post(f"/conversations/{customer.id}/notes", {"text": "一"})
    li.post(f"/conversations/{customer.id}/notes", {"text": "二"})
    assert [desk.until("note")["text"] for _ in range(2)] == ["一", "二"]
    # Whatever the first server says about them comes before this.
    wang = AgentClient(servers[0], "a.b")
    wang.post(f"/conversations/{customer.id}/notes", {"text": "三"})
    assert desk.until("note")["text"] == "三"
    wang.close()


def test_a_lost_connection_is_made_again(servers, customer, li):
    desk = follow(li, customer.id)
    cut = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    with servers[0].context.store.engine.begin() as connection:
        assert connection.execute(cut).rowcount >= 2
    # The desk is sent away, and finds what it missed when it comes back.
    desk.until("end")
    desk = follow(li, customer.id)
    customer.send("还在吗")
    assert desk.until("message", lambda said: said["text"] == "还在吗")


def test_a_message_told_late_is_not_lost(servers, customer):
    """Another server's message comes before one of this server's own, and is announced after it."""
    first = servers[0]
    desk_of(first).relay.stop()
    widget = Followed(f"{first.url}/api/events", headers=customer.headers)
    servers[1].do(servers[1].context.hub.say, customer.id, Draft("agent", "先说的", agent="李敏"))
    customer.send("后说的")
    said = []
    while "后说的" not in said:
        said.append(widget.until("message")["text"])
    assert said[-2:] == ["先说的", "后说的"]
    first.do(desk_of(first).relay.start)
