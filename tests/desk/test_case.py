"""The customer's case at the desk, with the trained assistant: heard while a person answers, kept, used."""

from collections.abc import Iterator

import pytest

from beian.desk.hours import Hours
from beian.engine.model_file import newest_model
from beian.settings import Settings
from tests.desk.conftest import AgentClient, Customer, desk_of, prepare
from tests.server.conftest import OPEN, Running, until

COMPANY = "materials.subject_info.enterprise"
PERSON = "materials.subject_info.individual"


@pytest.fixture(scope="module")
def trained(tiny_model, tmp_path_factory) -> Iterator[Running]:
    """A server with the trained assistant, and somebody at the desk at any time."""
    settings = Settings(var=tmp_path_factory.mktemp("var"), rates=OPEN)
    server = prepare(Running(settings, newest_model(), "actions"))
    desk_of(server).opening.setting = Hours(None)
    yield server
    server.close()


@pytest.fixture
def customer(trained) -> Customer:
    return Customer(trained)


@pytest.fixture
def agent(trained) -> Iterator[AgentClient]:
    client = AgentClient(trained, "李敏")
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


def test_who_corrects_himself_gets_the_right_list(trained, customer, agent):
    """Not the other kind's, neither as a suggestion nor after the hand-back."""
    customer.ask("公司改名了，要准备什么材料")
    agent.post(f"/conversations/{customer.id}/claim")
    customer.send("说错了，我是个人备案，要什么材料")
    # Asked at once: what was just told counts all the same.
    found = agent.get(f"/conversations/{customer.id}/suggestions").json()
    assert found["case"]["parts"]["subject_kind"] == "individual"
    facts = [entry["fact"] for entry in found["suggestions"]]
    assert COMPANY not in facts
    assert all(entry["title"] != "文档没有说明" for entry in found["suggestions"])
    agent.post(f"/conversations/{customer.id}/hand-back")
    answer = customer.ask("要哪些材料")[-1]
    assert COMPANY not in answer["custom"]["facts"]


def test_an_agent_corrects_the_case(trained, customer, agent):
    customer.ask("公司主体信息变了，要准备什么材料")
    path = f"/conversations/{customer.id}"
    assert case_of(agent, customer)["parts"]["subject_kind"] == "enterprise"
    assert agent.post(f"{path}/case", {"subject_kind": "individual"}).status_code == 200
    assert case_of(agent, customer)["parts"]["subject_kind"] == "individual"
    answer = customer.ask("那要准备什么材料")[-1]
    assert answer["custom"]["facts"][0] == PERSON
    agent.post(f"{path}/case", {"subject_kind": None, "changed_on": "2026-10-08"})
    parts = case_of(agent, customer)["parts"]
    assert (parts.get("subject_kind"), parts["changed_on"]) == (None, "2026-10-08")


@pytest.mark.parametrize(
    "wrong",
    [{}, {"subject_kind": "whale"}, {"item": 7}, {"changed_on": "gestern"}, {"changed_on": ""}, {"focus": 1}],
)
def test_a_correction_that_makes_no_sense_changes_nothing(customer, agent, wrong):
    customer.ask("公司主体信息变了，要准备什么材料")
    before = case_of(agent, customer)
    assert agent.post(f"/conversations/{customer.id}/case", wrong).status_code == 400
    assert case_of(agent, customer) == before


def test_what_is_open_at_a_hand_back_is_answered_on_a_yes(trained, customer, agent):
    customer.ask("公司主体信息变了，要准备什么材料")
    path = f"/conversations/{customer.id}"
    agent.post(f"{path}/claim")
    agent.post(f"{path}/messages", {"client_id": "k1", "text": "您好"})
    first = customer.send("审核要多久")
    thanks = customer.send("谢谢")
    left = agent.get(f"{path}/suggestions").json()["open"]
    assert [entry["id"] for entry in left] == [first]
    before = len(customer.history())
    assert agent.post(f"{path}/hand-back", {"answer": True}).status_code == 200
    until(lambda: len(customer.history()) == before + 2)
    said = customer.history()[before:]
    assert [message["author"] for message in said] == ["system", "bot"]
    assert "timeline.review" in said[1]["custom"]["facts"]
    assert thanks not in [entry["id"] for entry in agent.get(f"{path}/suggestions").json()["open"]]
    # Without the yes it stays as it is.
    agent.post(f"{path}/claim")
    customer.send("网站要关吗")
    until(lambda: not trained.context.hub.waiting)
    agent.post(f"{path}/hand-back")
    assert customer.history()[-1]["author"] == "system"


def test_a_summary_is_kept_when_it_ends(customer, agent):
    customer.ask("公司主体信息变了，审核要多久")
    path = f"/conversations/{customer.id}"
    agent.post(f"{path}/claim")
    agent.post(f"{path}/messages", {"client_id": "z1", "text": "已经帮您看了"})
    case = case_of(agent, customer)
    agent.post(f"{path}/close")
    note = agent.get(path).json()["notes"][-1]
    assert (note["agent"], note["text"]) == ("系统", f"小结：{case['summary']}；客服回复 1 条")
    assert "企业" in note["text"]


@pytest.mark.parametrize("after", ["在吗", "谢谢", "转人工"])
def test_suggestions_follow_the_last_question(customer, agent, after):
    """What asks nothing, or only for a person, is not what an agent wants to answer."""
    customer.ask("换服务器域名解析怎么办")
    customer.ask(after)
    found = agent.get(f"/conversations/{customer.id}/suggestions").json()["suggestions"]
    assert found[0]["fact"] == "access.server_change"
