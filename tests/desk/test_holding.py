"""A conversation never stays with an agent who is gone; agents pass conversations on."""

import itertools
import time

import pytest

from beian.desk.hours import Hours
from beian.settings import SettingsError
from beian.settings.desk import gone_seconds
from beian.store.desk.presence import Presence
from beian.store.desk_tables import handoffs
from tests.desk.conftest import PASSWORD, AgentClient, Customer, desk_of, prepare
from tests.desk.test_takeover import ask_for_person
from tests.server.conftest import until


@pytest.fixture
def server(desk_server, monkeypatch):
    monkeypatch.setattr(desk_of(desk_server).opening, "setting", Hours(None))
    return desk_server


@pytest.fixture
def leaver(server):
    """An agent who will be gone."""
    accounts = desk_of(server).accounts
    if "离" not in {agent.name for agent in server.do(accounts.all)}:
        server.do(accounts.add, "离", PASSWORD)
    server.do(accounts.set_disabled, "离", False)
    client = AgentClient(server, "离")
    yield client
    client.close()


@pytest.fixture
def held(server, customer, leaver):
    """A customer who asked for a person, was served by the leaver, and asked again."""
    customer.ask("变更")
    ask_for_person(server, customer)
    leaver.post(f"/conversations/{customer.id}/claim")
    return customer


def sweep(server):
    return server.do(desk_of(server).holding.sweep)


def handoff_rows(server, conversation):
    with server.context.store.reading() as connection:
        query = handoffs.select().where(handoffs.c.conversation == conversation).order_by(handoffs.c.n)
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("job", ["disable", "log_out"])
def test_who_is_shut_out_or_logged_out_gives_back(server, held, leaver, chief, li, job):
    asked = handoff_rows(server, held.id)[0].at
    held.send("在吗")
    assert chief.post("/agents/离", {"job": job}).status_code == 200
    row = li.row(held.id)
    assert (row["mode"], row["agent"]) == ("waiting", None)
    # The customer has waited since the beginning: nobody had replied.
    assert row["since"] == pytest.approx(asked)
    assert len(handoff_rows(server, held.id)) == 1
    notes = li.get(f"/conversations/{held.id}").json()["notes"]
    assert "离" in notes[-1]["text"]
    assert "回到等待人工" in notes[-1]["text"]
    assert "重新通知人工客服" in held.history()[-1]["text"]
    assert "离" not in held.history()[-1]["text"].replace("离开", "")
    assert li.post(f"/conversations/{held.id}/claim").status_code == 200
    entries = chief.get("/audit").json()["entries"]
    assert [e["action"] for e in entries if e["conversation"] == held.id][:2] == ["claim", "open"]
    assert ("give_back", held.id) in [(e["action"], e["conversation"]) for e in entries]


def test_after_a_reply_the_wait_is_for_the_next_one(server, held, leaver, li):
    leaver.post(f"/conversations/{held.id}/messages", {"client_id": "h1", "text": "您好"})
    before = time.time()
    held.send("还有一个问题")
    leaver.post("/logout")
    row = li.row(held.id)
    assert row["mode"] == "waiting"
    assert row["since"] == pytest.approx(before, abs=30)
    first, second = handoff_rows(server, held.id)
    assert first.ended is not None
    assert (second.asked, second.claimed, second.at) == (1, None, row["since"])


def test_what_is_answered_stays_until_the_customer_writes(server, held, leaver, li):
    leaver.post(f"/conversations/{held.id}/messages", {"client_id": "h2", "text": "您好"})
    leaver.post("/logout")
    sweep(server)
    assert li.row(held.id)["mode"] == "human"
    held.send("还在吗")
    sweep(server)
    assert li.row(held.id)["mode"] == "waiting"


def test_the_absent_give_back_after_their_minutes(server, held, leaver, li, monkeypatch):
    held.send("在吗")
    presence = desk_of(server).presence
    assert sweep(server) == 0
    now = time.time()
    # At each look it is later by more than the minutes: a note of the last request may come after it.
    later = itertools.count(1)
    monkeypatch.setattr(presence, "_clock", lambda: now + next(later) * (presence.absent_seconds + 1))
    li.get("/me")
    assert desk_of(server).holding.is_gone("离", now)
    assert sweep(server) >= 1
    assert li.row(held.id)["mode"] == "waiting"


def test_somebody_with_the_desk_open_is_there(server, held, leaver, monkeypatch):
    held.send("在吗")
    presence = desk_of(server).presence
    later = time.time() + presence.absent_seconds + 1
    monkeypatch.setattr(presence, "_clock", lambda: later)
    stream = leaver.events()
    next(stream)
    until(lambda: "离" not in presence.why_gone({"离": 0.0}))
    sweep(server)
    assert held.mode == "human"
    stream.close()


def test_the_server_looks_by_itself(make_server):
    server = prepare(make_server())
    desk = desk_of(server)
    customer = Customer(server)
    customer.ask("变更")
    agent = AgentClient(server, "李敏")
    agent.post(f"/conversations/{customer.id}/claim")
    customer.send("在吗")
    server.do(desk.accounts.set_disabled, "李敏", True)
    desk.stop()
    desk.sweep_seconds = 0.05
    server.loop.call_soon_threadsafe(desk.start)
    until(lambda: customer.mode == "waiting")
    agent.close()


def test_a_colleague_takes_over_from_one_who_is_gone(server, held, leaver, li, wang, monkeypatch):
    path = f"/conversations/{held.id}"
    assert li.post(f"{path}/claim").status_code == 409
    monkeypatch.setattr(desk_of(server).presence, "why_gone", lambda since: dict.fromkeys(since, "absent"))
    assert li.post(f"{path}/claim").status_code == 200
    assert li.row(held.id)["agent"] == "李敏"
    notes = li.get(path).json()["notes"]
    assert notes[-1]["text"] == "李敏 从 离 处接手"


def test_to_a_named_colleague_and_back_to_the_queue(server, held, leaver, li, wang, chief):
    path = f"/conversations/{held.id}"
    people = leaver.get("/colleagues").json()["colleagues"]
    assert {"李敏", "a.b", "主管"} <= {one["name"] for one in people}
    assert li.post(f"{path}/transfer", {"to": "李敏"}).status_code == 409
    for nobody in ("没有这个人", "离", ""):
        assert leaver.post(f"{path}/transfer", {"to": nobody}).status_code == 400
    assert leaver.post(f"{path}/transfer", {"to": "李敏"}).json()["row"]["agent"] == "李敏"
    assert leaver.post(f"{path}/messages", {"client_id": "t1", "text": "x"}).status_code == 409
    assert li.post(f"{path}/messages", {"client_id": "t2", "text": "您好"}).status_code == 200
    assert li.get(path).json()["notes"][-1]["text"] == "离 把会话转给了 李敏"
    # The customer hears nothing of it: somebody answers all the time.
    assert held.history()[-1]["author"] == "agent"
    assert chief.post(f"{path}/transfer", {"to": "a.b"}).json()["row"]["agent"] == "a.b"
    assert li.post(f"{path}/queue").status_code == 409
    assert wang.post(f"{path}/queue").json()["row"]["mode"] == "waiting"
    assert wang.post(f"{path}/queue").status_code == 409
    did = [e["action"] for e in chief.get("/audit").json()["entries"] if e["conversation"] == held.id]
    assert {"transfer", "give_back"} <= set(did)


def test_presence_is_known_to_every_server_of_the_database(server, leaver):
    elsewhere = Presence(server.context.store, absent_seconds=60.0)
    server.do(desk_of(server).presence.note, "离")
    assert {one.name: one.here for one in server.do(elsewhere.colleagues)}["离"] is True


@pytest.mark.parametrize("text", ["0", "-1", "five", "nan", "99999"])
def test_minutes_that_make_no_sense_stop_the_start(text):
    with pytest.raises(SettingsError):
        gone_seconds({"BEIAN_DESK_GONE_MINUTES": text})
    assert gone_seconds({}) == 300.0
    assert gone_seconds({"BEIAN_DESK_GONE_MINUTES": "10"}) == 600.0
