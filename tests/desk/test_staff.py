"""When the team is there, who is away, and canned replies, over the real server."""

import time
from datetime import datetime

import pytest

from beian.calendar.today import CHINA
from beian.desk.hours import Hours
from tests.desk.conftest import desk_of
from tests.desk.test_conversations import Follower
from tests.desk.test_takeover import ask_for_person
from tests.server.conftest import until

# A Saturday.
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=CHINA)


@pytest.fixture
def saturday(desk_server, chief, monkeypatch):
    """The desk with the default hours on a day off; what is written in a test does not outlive it."""
    setting = Hours(Hours.parse("09:00-18:00").spans, clock=lambda: NOW)
    monkeypatch.setattr(desk_of(desk_server).opening, "setting", setting)
    yield
    chief.post("/hours", {"hours": None, "closed": []})


@pytest.fixture
def back(chief):
    """Nobody stays away after a test."""
    yield
    for name in everyone(chief):
        chief.post(f"/agents/{name}", {"job": "back"})


def everyone(chief):
    """The names of all who may answer; other tests make accounts of their own."""
    return [one["name"] for one in chief.get("/agents").json()["agents"] if not one["disabled"]]


def written(customer):
    return customer.history()[-1]["text"]


def test_the_customer_hears_the_hours_an_admin_wrote(desk_server, customer, chief, li, saturday):
    assert chief.get("/hours").json()["next"] == "11月30日（周一）09:00"
    closed = [{"first": "2026-11-30", "last": "2026-12-01", "why": "搬家"}]
    found = chief.post("/hours", {"hours": "10:00-16:00", "closed": closed}).json()
    assert (found["next"], found["is_written"]) == ("12月2日（周三）10:00", True)
    assert found["setting"] == "工作日 09:00-18:00"
    customer.ask("变更")
    ask_for_person(desk_server, customer)
    assert "工作日 10:00-16:00" in written(customer)
    assert "12月2日（周三）10:00" in written(customer)
    staffing = desk_server.client.get("/api/staffing", headers=customer.headers).json()
    assert (staffing["open"], staffing["next"]) == (False, "12月2日（周三）10:00")
    assert li.get("/me").json()["hours"] == "工作日 10:00-16:00"
    assert chief.get("/audit", action="hours").json()["entries"][0]["detail"].startswith("工作日 10:00-16:00")


def test_closed_for_as_long_as_one_can_see(desk_server, customer, chief, saturday):
    closed = [{"first": f"{year}-01-01", "last": f"{year}-12-31", "why": ""} for year in (2026, 2027, 2028)]
    assert chief.post("/hours", {"hours": None, "closed": closed}).json()["next"] is None
    customer.ask("变更")
    ask_for_person(desk_server, customer)
    assert "近期都放假" in written(customer)


@pytest.mark.parametrize(
    "body",
    [
        {"hours": "9-18", "closed": []},
        {"hours": 9, "closed": []},
        {"hours": None},
        {"hours": None, "closed": ["2026-11-30"]},
        {"hours": None, "closed": [{"first": "2026-11-31", "last": "2026-12-01", "why": ""}]},
        {"hours": None, "closed": [{"first": "2026-12-02", "last": "2026-12-01", "why": ""}]},
        {"hours": None, "closed": [{"first": "9999-12-01", "last": "9999-12-02", "why": ""}]},
    ],
)
def test_hours_that_cannot_be_are_refused(chief, saturday, body):
    before = chief.get("/hours").json()
    assert chief.post("/hours", body).status_code == 400
    assert chief.get("/hours").json() == before


def test_open_desks_hear_of_other_hours(desk_server, chief, li, saturday):
    follower = Follower(li)
    chief.post("/hours", {"hours": "daily 09:00-18:00", "closed": []})
    follower.wait_for(lambda kind, value: kind == "hours" and value["open"])


def test_the_customer_hears_when_nobody_is_at_the_desk(desk_server, customer, chief, li, monkeypatch, back):
    desk = desk_of(desk_server)
    monkeypatch.setattr(desk.opening, "setting", Hours(None))
    for name in everyone(chief):
        response = chief.post(f"/agents/{name}", {"job": "away", "until": time.time() + 600})
        assert response.status_code == 200
    customer.ask("变更")
    ask_for_person(desk_server, customer)
    assert "都不在工作台前" in written(customer)
    staffing = desk_server.client.get("/api/staffing", headers=customer.headers).json()
    assert (staffing["here"], type(staffing["ahead"])) == (False, int)
    # What is left for people stays theirs in their hours too, as long as none of them is there.
    customer.send("留言：请明天联系我")
    until(lambda: written(customer).startswith("留言已收到"))
    chief.post("/agents/李敏", {"job": "back"})
    desk_server.do(desk.presence.note, "李敏")
    assert desk_server.client.get("/api/staffing", headers=customer.headers).json()["here"]


def test_whoever_is_away_keeps_nothing_and_gets_nothing(desk_server, customer, chief, li, wang, back):
    customer.ask("变更")
    ask_for_person(desk_server, customer)
    path = f"/conversations/{customer.id}"
    li.post(f"{path}/claim")
    li.post(f"{path}/messages", {"client_id": "a1", "text": "您好"})
    # Nothing waits for a reply; it goes back all the same.
    assert chief.post("/agents/李敏", {"job": "away", "until": time.time() + 3600}).status_code == 200
    row = wang.row(customer.id)
    assert (row["mode"], row["agent"]) == ("waiting", None)
    assert "李敏 登记了不在" in wang.get(path).json()["notes"][-1]["text"]
    refused = li.post(f"{path}/claim")
    assert refused.status_code == 409
    assert "您登记为不在" in refused.json()["error"]["message"]
    wang.post(f"{path}/claim")
    refused = wang.post(f"{path}/transfer", {"to": "李敏"})
    assert refused.status_code == 409
    assert "李敏 不在，到" in refused.json()["error"]["message"]
    people = {one["name"]: one for one in wang.get("/colleagues").json()["colleagues"]}
    assert not people["李敏"]["here"]
    assert people["李敏"]["away_until"] == pytest.approx(time.time() + 3600, abs=600)
    # The log-in goes on, and the agent says when it is over.
    assert li.get("/me").json()["away_until"] is not None
    assert li.post("/away", {"until": None}).status_code == 200
    assert li.get("/me").json()["away_until"] is None
    assert wang.post(f"{path}/transfer", {"to": "李敏"}).status_code == 200
    did = [(e["action"], e["agent"]) for e in chief.get("/audit").json()["entries"]]
    assert {("away", "主管"), ("back", "李敏")} <= set(did)


def test_an_absence_to_come_begins_by_itself(desk_server, customer, chief, li, monkeypatch, back):
    customer.ask("变更")
    ask_for_person(desk_server, customer)
    li.post(f"/conversations/{customer.id}/claim")
    desk, begin = desk_of(desk_server), time.time() + 600
    assert li.post("/away", {"begin": begin, "until": begin + 600}).status_code == 200
    assert li.row(customer.id)["mode"] == "human"
    monkeypatch.setattr(desk.presence.absences, "_clock", lambda: begin + 1)
    monkeypatch.setattr(desk, "sweep_seconds", 0.05)
    desk_server.do(desk.holding.sweep)
    until(lambda: li.row(customer.id)["mode"] == "waiting")


@pytest.mark.parametrize("until_when", ["morgen", True, -1, 1e300])
def test_absences_that_cannot_be_are_refused(li, chief, until_when):
    assert li.post("/away", {"until": until_when}).status_code == 400
    assert chief.post("/agents/李敏", {"job": "away", "until": until_when}).status_code == 400
    assert chief.post("/agents/没有", {"job": "away", "until": time.time() + 60}).status_code == 404
    assert li.get("/me").json()["away_until"] is None


def test_a_new_name_is_away_as_the_old_one_was(desk_server, chief):
    desk = desk_of(desk_server)
    desk_server.do(desk.accounts.add, "改名前", "纸船-lamp-42")
    chief.post("/agents/改名前", {"job": "away", "until": time.time() + 600})
    assert chief.post("/agents/改名前", {"job": "rename", "to": "改名后"}).status_code == 200
    assert set(desk_server.do(desk.presence.absences.known)) == {"改名后"}
    desk_server.do(desk.accounts.set_disabled, "改名后", True)
    desk_server.do(desk.presence.absences.end, "改名后")


def test_canned_replies_are_the_teams(desk_server, customer, chief, li):
    made = chief.post("/snippets", {"name": "催材料", "text": "{客户称呼}，请在{截止日}前交。"}).json()
    number = next(one["n"] for one in made["snippets"] if one["name"] == "催材料")
    assert [one["name"] for one in li.get("/snippets").json()["snippets"]] == ["催材料"]
    assert chief.post("/snippets", {"name": "催材料", "text": "x"}).status_code == 400
    follower = Follower(li)
    chief.post(f"/snippets/{number}", {"name": "催一下", "text": "请尽快。"})
    follower.wait_for(lambda kind, value: kind == "snippets" and value[0]["name"] == "催一下")
    assert chief.post(f"/snippets/{number}", {"remove": True}).json()["snippets"] == []
    assert chief.post(f"/snippets/{number}", {"remove": True}).status_code == 404


def test_a_variable_is_never_sent(desk_server, customer, li):
    customer.ask("变更")
    path = f"/conversations/{customer.id}"
    li.post(f"{path}/claim")
    assert li.get(f"{path}/suggestions").json()["variables"]["客服"] == "李敏"
    refused = li.post(f"{path}/messages", {"client_id": "v1", "text": "{客户称呼}，{截止日}前交"})
    assert refused.status_code == 400
    assert "{客户称呼}、{截止日}" in refused.json()["error"]["message"]
    assert li.post(f"{path}/messages", {"client_id": "v1", "text": "王总，{x} 是代码"}).status_code == 200
