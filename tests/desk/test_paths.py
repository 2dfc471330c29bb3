"""Accounts of any script are managed by their names in addresses."""

import pytest

from beian.desk.paths import name_in_path
from beian.store.desk.lockout import MOST_FAILURES
from tests.desk.conftest import PASSWORD, AgentClient, desk_of


@pytest.fixture(params=["甲", "王.小二", "ｏｕ．ｙａｎｇ", "éva"])
def name(request, desk_server):
    """An account's name, as somebody types it."""
    accounts = desk_of(desk_server).accounts
    stored = desk_server.do(accounts.add, request.param, PASSWORD).name
    yield request.param
    desk_server.do(accounts.set_disabled, stored, True)
    # The next one of this name begins anew.
    with desk_server.context.store.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM desk_agents WHERE name = ?", (stored,))


def test_a_leaver_is_shut_out(desk_server, chief, name):
    agent = AgentClient(desk_server, name)
    assert chief.post(f"/agents/{name}", {"job": "log_out"}).status_code == 200
    assert agent.get("/me").status_code == 401
    again = AgentClient(desk_server, name)
    assert chief.post(f"/agents/{name}", {"job": "disable"}).status_code == 200
    assert again.get("/me").status_code == 401
    entry = chief.get("/audit").json()["entries"][0]
    assert (entry["action"], entry["detail"]) == ("disable", again.profile["name"])
    agent.close()
    again.close()


def test_a_lock_is_lifted(desk_server, chief, name):
    login = {"name": name, "password": "wrong"}
    for _ in range(MOST_FAILURES):
        desk_server.client.post("/api/desk/login", json=login)
    login["password"] = PASSWORD
    assert desk_server.client.post("/api/desk/login", json=login).status_code == 429
    assert chief.post(f"/agents/{name}", {"job": "unlock"}).status_code == 200
    assert desk_server.client.post("/api/desk/login", json=login).status_code == 200


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("a.b", "a.b"),
        ("%E6%9D%8E%E6%95%8F", "李敏"),
        ("%EF%BD%8C", "ｌ"),
        ("a%2Fb", "a/b"),
        ("%2525", "%25"),
        ("%ff", None),
        ("%ED%A0%80", None),
        ("a%00b", None),
        ("%0A", None),
        ("", None),
        ("a" * 200, None),
    ],
)
def test_names_are_decoded_once_and_strictly(written, name):
    assert name_in_path(written) == name
