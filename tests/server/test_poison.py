"""A message that kills the process is put aside, and those beside it are answered."""

import httpx

from beian.kb import load_knowledge
from beian.store.conversations import ConversationStore
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.server.conftest import until
from tests.server.process import Process


def test_a_message_that_kills_the_server_is_put_aside_at_the_third_start(tiny_model, tmp_path):
    var, port = tmp_path / "var", free_port()
    server = Process(var, tiny_model, port).wait_until_it_answers()
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as client:

        def accepted(*texts):
            headers = {"X-Session": client.post("/api/sessions", json={}).json()["session"]}
            for place, text in enumerate(texts):
                message = {"client_id": f"m{place}", "text": text}
                sent = client.post("/api/messages", json=message, headers=headers)
                assert sent.status_code == 202
            return headers

        # At work when the process dies, and waiting behind the one that kills it.
        beside = [accepted("slow:1"), accepted("slow:2")]
        killer = accepted("die:", "你好")
        assert server.process.wait(60) == 9

        # Once more, alone.
        assert Process(var, tiny_model, port).process.wait(120) == 9
        store = ConversationStore(var / "conversations.db")
        tries = sorted(store.tries(*key) for key in store.unanswered())
        store.close()
        assert tries[-1] == 2
        assert tries.count(2) == 1

        server = Process(var, tiny_model, port).wait_until_it_answers()

        def said(headers):
            history = client.get("/api/history", headers=headers).json()["messages"]
            return [message["text"] for message in history if message["author"] == "bot"]

        until(lambda: len(said(killer)) == 2 and all(map(said, beside)), seconds=60)
        sorry = load_knowledge().phrase("errors", "put_aside")
        assert said(killer) == [sorry, "第一段：你好\n\n第二段"]
        assert [said(headers) for headers in beside] == [["慢"], ["慢"]]
        assert server.log.read_text().count("message put aside") == 1
    assert server.stop() == 0
    # Nothing is left that a fourth start would take up.
    store = ConversationStore(var / "conversations.db")
    assert store.unanswered() == []
    store.close()
