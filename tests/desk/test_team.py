"""What an admin does: accounts, the audit log by filters, and a customer's own data."""

import csv
import io

import pytest

from beian.contract.desk import ACTIONS
from tests.desk.conftest import PASSWORD, AgentClient, Customer, desk_of
from tests.server.conftest import until

FRESH = "江上-boat-77"


@pytest.fixture
def newcomer(desk_server, chief):
    """An account of its own, by its name as it is now."""
    name = "新人·小周".replace("·", ".")
    known = {agent["name"] for agent in chief.get("/agents").json()["agents"]}
    if name not in known:
        chief.post("/agents", {"name": name, "password": PASSWORD})
    chief.post(f"/agents/{name}", {"job": "enable"})
    return name


def shown(chief, name):
    return next((a for a in chief.get("/agents").json()["agents"] if a["name"] == name), None)


def test_a_password_is_reset(desk_server, chief, newcomer):
    agent = AgentClient(desk_server, newcomer)
    assert len(shown(chief, newcomer)["sessions"]) == 1
    assert chief.post(f"/agents/{newcomer}", {"job": "password", "password": "short"}).status_code == 400
    assert chief.post(f"/agents/{newcomer}", {"job": "password", "password": FRESH}).status_code == 200
    assert agent.get("/me").status_code == 401
    assert shown(chief, newcomer)["sessions"] == []
    AgentClient(desk_server, newcomer, FRESH).close()
    assert chief.post(f"/agents/{newcomer}", {"job": "password", "password": PASSWORD}).status_code == 200
    assert chief.post("/agents/没有", {"job": "password", "password": FRESH}).status_code == 404
    agent.close()


def test_a_role_is_changed(desk_server, chief, newcomer):
    assert chief.post(f"/agents/{newcomer}", {"job": "role", "role": "admin"}).status_code == 200
    agent = AgentClient(desk_server, newcomer)
    assert agent.get("/agents").status_code == 200
    assert chief.post(f"/agents/{newcomer}", {"job": "role", "role": "agent"}).status_code == 200
    assert agent.get("/me").status_code == 401
    assert chief.post(f"/agents/{newcomer}", {"job": "role", "role": "king"}).status_code == 400
    assert chief.post("/agents/主管", {"job": "role", "role": "agent"}).status_code == 400
    agent.close()


def test_a_new_name_keeps_the_conversations(desk_server, chief, newcomer, customer):
    customer.ask("变更")
    agent = AgentClient(desk_server, newcomer)
    agent.post(f"/conversations/{customer.id}/claim")
    assert chief.post(f"/agents/{newcomer}", {"job": "rename", "to": "李敏"}).status_code == 400
    assert chief.post(f"/agents/{newcomer}", {"job": "rename", "to": "／"}).status_code == 400
    assert chief.post(f"/agents/{newcomer}", {"job": "rename", "to": "ｚｈｏｕ"}).status_code == 200
    assert agent.get("/me").status_code == 401
    again = AgentClient(desk_server, "zhou")
    assert again.row(customer.id)["agent"] == "zhou"
    body = {"client_id": "r1", "text": "还是我"}
    assert again.post(f"/conversations/{customer.id}/messages", body).status_code == 200
    assert shown(chief, newcomer) is None
    assert chief.post("/agents/zhou", {"job": "rename", "to": newcomer}).status_code == 200
    agent.close()
    again.close()


def test_the_log_by_person_action_and_day(desk_server, chief, li, customer):
    customer.ask("变更")
    li.post(f"/conversations/{customer.id}/notes", {"text": "记"})
    entries = chief.get("/audit", agent="李敏", action="note").json()["entries"]
    assert entries
    assert {(entry["agent"], entry["action"]) for entry in entries} == {("李敏", "note")}
    assert chief.get("/audit", to="2020-01-01").json()["entries"] == []
    assert chief.get("/audit", **{"from": "2999-01-01"}).json()["entries"] == []
    for wrong in ("x", "2026-13-01"):
        assert chief.get("/audit", to=wrong).status_code == 400
    assert chief.get("/audit", to="9999-12-31").status_code == 400
    response = chief.get("/audit.csv", agent="李敏", action="note")
    assert "attachment" in response.headers["content-disposition"]
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines[0] == ["序号", "时间", "谁", "做了什么", "会话", "说明"]
    assert {(line[2], line[3]) for line in lines[1:]} == {("李敏", "写备注")}


def test_every_action_has_a_name(desk_server, chief):
    actions = {entry["action"] for entry in chief.get("/audit").json()["entries"]}
    assert actions <= set(ACTIONS)


def test_a_customers_data_is_given_and_removed(desk_server, chief, li):
    customer = Customer(desk_server)
    customer.ask("我们在芦苇荡")
    path = f"/conversations/{customer.id}"
    li.post(f"{path}/notes", {"text": "芦苇荡的老客户"})
    exported = chief.get(f"{path}/export")
    assert "attachment" in exported.headers["content-disposition"]
    found = exported.json()
    assert "我们在芦苇荡" in [message["text"] for message in found["messages"]]
    assert found["desk_notes"][0]["text"] == "芦苇荡的老客户"
    assert found["events"]
    assert li.get(f"{path}/export").status_code == 403
    assert li.post(f"{path}/delete", {"confirm": customer.id}).status_code == 403
    for wrong in ("", "w-other", customer.id[:-1]):
        assert chief.post(f"{path}/delete", {"confirm": wrong}).status_code == 400
    before = li.get("/conversations").json()["counts"]["bot"]
    stream = li.events()
    next(stream)
    assert chief.post(f"{path}/delete", {"confirm": customer.id}).status_code == 200
    assert next(value for kind, value in stream if kind == "deleted") == customer.id
    assert next(value for kind, value in stream if kind == "counts")["bot"] == before - 1
    assert chief.get(path).status_code == 404
    assert li.get("/conversations", q="芦苇荡").json()["rows"] == []
    assert chief.get(f"{path}/export").status_code == 404
    entries = chief.get("/audit", action="delete").json()["entries"]
    assert entries[0]["conversation"] == customer.id
    # Whoever writes again begins anew.
    customer.send("又来了")
    until(lambda: not desk_server.context.hub.waiting)
    assert chief.get(path).json()["messages"][0]["text"] == "又来了"


def test_presence_is_shown(desk_server, chief, li):
    stream = li.events()
    next(stream)
    until(lambda: shown(chief, "李敏")["here"])
    assert desk_of(desk_server).presence.colleagues()[0].here
    stream.close()


def test_customers_hear_the_name_for_them_and_no_other(desk_server, chief, newcomer, customer, wang):
    agent = AgentClient(desk_server, newcomer)
    assert chief.post(f"/agents/{newcomer}", {"job": "shown", "to": "小云"}).status_code == 200
    assert shown(chief, newcomer)["shown"] == "小云"
    assert agent.get("/me").status_code == 200
    customer.ask("变更")
    path = f"/conversations/{customer.id}"
    agent.post(f"{path}/claim")
    agent.post(f"{path}/messages", {"client_id": "n1", "text": "您好"})
    taken, said = customer.history()[-2:]
    assert (taken["author"], taken["custom"]) == ("system", {"by": "小云"})
    assert (said["author"], said["custom"]["by"]) == ("agent", "小云")
    assert newcomer not in str(customer.history())
    # Another one has no name for customers: they hear that somebody else is there now, and not who.
    assert agent.post(f"{path}/transfer", {"to": wang.get("/me").json()["name"]}).status_code == 200
    assert customer.history()[-1]["custom"] == {"by": None}
    for refused in ("／", "长" * 33):
        assert chief.post(f"/agents/{newcomer}", {"job": "shown", "to": refused}).status_code == 400
    assert chief.post(f"/agents/{newcomer}", {"job": "shown", "to": ""}).status_code == 200
    assert shown(chief, newcomer)["shown"] is None
    assert chief.post("/agents/没有", {"job": "shown", "to": "x"}).status_code == 404
    agent.close()
