"""The customer's case at the desk, with the trained assistant: heard while a person answers, kept, used."""

from collections.abc import Iterator

import pytest

from beian.desk.hours import Hours
from beian.server.assistant import newest_model
from beian.server.settings import Settings
from tests.desk.conftest import AgentClient, Customer, desk_of, prepare
from tests.server.conftest import OPEN, Running, until

COMPANY = "materials.subject_info.enterprise"
PERSON = "materials.subject_info.individual"


@pytest.fixture(scope="module")
def trained(tiny_model, tmp_path_factory) -> Iterator[Running]:
    """A server with the trained assistant, and somebody at the desk at any time."""
    settings = Settings(var=tmp_path_factory.mktemp("var"), rates=OPEN)
    server = prepare(Running(settings, newest_model(), "actions"))
    desk_of(server).hours = Hours(None)
    yield server
    server.close()


@pytest.fixture
def customer(trained) -> Customer:
    return Customer(trained)


@pytest.fixture
def agent(trained) -> Iterator[AgentClient]:
    client = AgentClient(trained, "li")
    yield client
    client.close()


def tell(server, customer, text):
    """Send to a person, and wait until the assistant has listened."""
    customer.send(text)
    until(lambda: not server.context.hub.waiting)


def case_of(agent, customer):
    return agent.get(f"/conversations/{customer.id}").json()["case"]


def test_what_a_person_is_told_changes_the_case_silently(trained, customer, agent):
    customer.ask("换法人要什么材料")
    agent.post(f"/conversations/{customer.id}/claim")
    before = len(customer.history())
    tell(trained, customer, "我们是公司，法人是2026年10月8号换的")
    assert [message["author"] for message in customer.history()[before:]] == ["user"]
    heard = {
        "change_type": "subject_info",
        "item": "legal_representative",
        "subject_kind": "enterprise",
        "changed_on": "2026-10-08",
    }
    assert case_of(agent, customer)["parts"] == heard
    agent.post(f"/conversations/{customer.id}/hand-back")
    after = len(customer.history())
    number = customer.send("最晚哪天要提交变更")
    answer = next(m for m in customer.history(after + 2)[after:] if m["id"] > number)
    assert answer["custom"]["understood"].items() >= heard.items()
    assert answer["custom"]["deadlines"][0]["date"] == "2026-11-07"


def test_somebody_who_tells_a_person_first_is_known_afterwards(trained, customer, agent):
    customer.ask("你好")
    agent.post(f"/conversations/{customer.id}/claim")
    tell(trained, customer, "我们公司的网站换服务器了")
    agent.post(f"/conversations/{customer.id}/hand-back")
    assert case_of(agent, customer)["parts"]["item"] == "server"


def test_restarting_after_a_person_forgets_what_was_heard(trained, customer, agent):
    customer.ask("你好")
    agent.post(f"/conversations/{customer.id}/claim")
    tell(trained, customer, "我们公司的网站换服务器了")
    agent.post(f"/conversations/{customer.id}/hand-back")
    customer.ask("重新开始")
    until(lambda: not trained.context.hub.waiting)
    assert case_of(agent, customer)["parts"] == {}


@pytest.mark.parametrize(
    ("told", "fact"),
    [("我们是公司，主体信息变了", COMPANY), ("我是个人备案，主体信息变了", PERSON)],
)
def test_suggestions_are_for_the_case_that_the_conversation_has(customer, agent, told, fact):
    customer.ask(told)
    customer.ask("那要准备什么材料")
    agent.post(f"/conversations/{customer.id}/claim")
    found = agent.get(f"/conversations/{customer.id}/suggestions").json()["suggestions"]
    assert found[0]["fact"] == fact
    assert ({COMPANY, PERSON} - {fact}).isdisjoint(entry["fact"] for entry in found)


def test_who_waits_no_longer_leaves_the_queue(customer, agent):
    customer.ask("转人工")
    until(lambda: customer.mode == "waiting")
    assert agent.row(customer.id)["mode"] == "waiting"
    customer.ask("算了，不等人工了")
    until(lambda: customer.mode == "bot")
    assert agent.row(customer.id)["mode"] == "bot"
    answers = [m for m in customer.history() if m["author"] == "bot"]
    assert answers[-1]["custom"]["cancelled"] is True
    # One who is being served does not end that by saying so.
    customer.ask("转人工")
    until(lambda: customer.mode == "waiting")
    agent.post(f"/conversations/{customer.id}/claim")
    customer.send("不等人工了")
    assert customer.mode == "human"
