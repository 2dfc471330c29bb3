"""Admins see which state of the knowledge base is answered from, and what keeps a later one out."""

from dataclasses import replace

from beian.kb import KnowledgeError, load_knowledge, use_knowledge
from tests.desk.conftest import prepare

KB = load_knowledge()


def test_admins_see_what_is_in_use_and_why_a_later_one_is_not(make_server, agent_of):
    server = prepare(make_server())
    admin = agent_of("主管", server)

    def reload(found):
        def read():
            if isinstance(found, Exception):
                raise found
            return found

        server.context.knowledge._read = read
        server.call(server.context.knowledge.reload())
        return admin.get("/knowledge").json()

    before = admin.get("/knowledge").json()
    assert before["version"] == KB.version and before["refused"] is None
    refused = reload(KnowledgeError(["[contact.yml] 文件不存在，请补上"]))
    assert (refused["version"], refused["since"]) == (KB.version, before["since"])
    assert refused["refused"]["faults"] == ["[contact.yml] 文件不存在，请补上"]
    assert refused["refused"]["at"] > before["since"]
    try:
        taken = reload(replace(KB, version="0123456789ab", phone="10000"))
    finally:
        use_knowledge(KB)
    assert taken["version"] == "0123456789ab" and taken["refused"] is None
    assert taken["since"] > before["since"]


def test_agents_do_not_see_it(agent_of):
    assert agent_of("李敏").get("/knowledge").status_code == 403


def test_the_look_up_finds_what_has_been_reworded(make_server, agent_of):
    server = prepare(make_server())
    agent = agent_of("李敏", server)

    def texts() -> list[str]:
        return [hit["text"] for hit in agent.get("/lookup", q="审核").json()["hits"]]

    assert texts() and not any("换了说法" in text for text in texts())
    reviewed = replace(KB.facts["timeline.review"], body=(("text", ("换了说法的审核。",)),))
    server.context.knowledge._read = lambda: replace(
        KB, version="0123456789ab", facts={**KB.facts, reviewed.id: reviewed}
    )
    try:
        server.call(server.context.knowledge.reload())
        assert any("换了说法" in text for text in texts())
    finally:
        use_knowledge(KB)
