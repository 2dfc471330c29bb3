"""Makes the stores that the tests of upgrading begin with: `python -m tests.store.schema.old_store NAME`.

Run it on the commit whose stores are to be kept. The tiny test server writes them: two chats, a sender of
the webhook, opinions, ticks, an agent who took over, and a question the server did not come to answer.
Everything in it is invented.
"""

import sys
import tempfile
from pathlib import Path

import httpx

from beian.settings import ROOT, Settings
from beian.store.desk.audit import Audit
from beian.store.records import Draft
from tests.desk.conftest import AgentClient, prepare
from tests.server.conftest import OPEN, PROJECT, Running, train_tiny
from tests.store.schema.dumps import dump

FOLDER = Path(__file__).parent / "stores"
SECRET = "the-secret-of-the-kept-stores"


def fill(server: Running) -> None:
    """The customers and agents of the kept stores."""
    first, second = server.session(), server.session()
    server.send(first, "remember:灯塔", "a1")
    server.history(first, 2)
    server.send(first, "变更主体要多久", "a2")
    shown = server.history(first, 4)
    server.client.post(
        "/api/feedback", json={"message_id": shown[3]["id"], "value": "down", "reason": "太长"}, headers=first
    )
    server.client.post("/api/ticks", json={"message_id": shown[3]["id"], "ticked": [1]}, headers=first)
    server.send(second, "two:", "b1")
    server.history(second, 3)
    agent = AgentClient(server, "li")
    held = server.conversation(second)
    for path, body in (
        ("claim", None),
        ("messages", {"client_id": "z1", "text": "您好，我来处理"}),
        ("notes", {"text": "客户着急"}),
        ("labels", {"labels": ["加急"]}),
    ):
        answer: httpx.Response = agent.post(f"/conversations/{held}/{path}", body)
        assert answer.status_code == 200, (path, answer.text)
    agent.close()
    server.client.post("/api/satisfaction", json={"value": 1}, headers=second)
    server.ask("外部系统", "remember:石桥")
    # Accepted, and the server is stopped before it answers.
    server.do(server.context.store.accept, server.conversation(first), Draft("user", "recall:", "a3"))
    server.do(Audit(server.context.store).note, "(command line)", "list")


def main(name: str) -> None:
    """Write stores/NAME.conversations.sql and stores/NAME.tracker.sql."""
    sys.path.insert(0, str(PROJECT))
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        settings = Settings(var=Path(temporary), rates=OPEN, secret=SECRET)
        server = prepare(Running(settings, train_tiny(ROOT / ".cache" / "tests")))
        try:
            fill(server)
        finally:
            server.close()
        for store in ("conversations", "tracker"):
            (FOLDER / f"{name}.{store}.sql").write_text(dump(settings.var / f"{store}.db"), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
