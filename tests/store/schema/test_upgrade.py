"""A store of before there were versions goes on at a server of today."""

from beian.store import search
from beian.store.schema.prepare import prepare
from beian.tokens import Signer
from tests.desk.conftest import AgentClient, desk_of
from tests.server.conftest import until
from tests.store.schema.conftest import places
from tests.store.schema.old_store import SECRET


def test_conversations_desk_and_agents_go_on(make_server, old):
    prepare(places(old), "files", lambda said: None)
    server = make_server(var=old, secret=SECRET)
    store, signer = server.context.store, Signer(SECRET)
    by_mode = {found.mode: found.id for found in store.list_conversations()}

    def customer(conversation):
        return {"X-Session": f"{conversation}.{signer.sign('session', conversation)}"}

    # The question that waited is answered, from what the conversation remembers.
    first = customer(by_mode["bot"])
    shown = server.history(first, 6)
    assert [message["id"] for message in shown] == [1, 2, 3, 4, 5, 6]
    assert shown[3]["custom"]["understood"] == {"intent": "overview/types", "confidence": 0.97}
    assert shown[4]["text"] == "recall:"
    assert shown[5]["text"].startswith("灯塔|")
    assert shown[3]["feedback"] == {"value": "down", "reason": "太长"}
    assert shown[3]["ticked"] == [1]
    server.send(first, "recall:", "new")
    assert server.history(first, 8)[-1]["text"].startswith("灯塔|")
    # The person's conversation is still the person's, who logs in as before.
    held = by_mode["human"]
    server.send(customer(held), "在吗", "b2")
    agent = AgentClient(server, "li")
    row = agent.row(held)
    assert (row["mode"], row["agent"], row["labels"]) == ("human", "li", ["加急"])
    assert agent.post(f"/conversations/{held}/messages", {"client_id": "z2", "text": "在"}).status_code == 200
    agent.close()
    # Search finds what was written before and after.
    for words in ("变更主体要多久", "recall"):
        assert by_mode["bot"] in [hit.conversation for hit in search.search(store, words)]
    assert server.ask("外部系统", "recall:")[0]["text"].startswith("石桥|")
    audit = desk_of(server).audit
    until(lambda: len(audit.entries()) > 6)
