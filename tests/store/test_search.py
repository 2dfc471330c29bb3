"""Search finds the same whether it looks through the last messages first or not, page by page to the end."""

import random

import pytest
import sqlalchemy as sa

from beian.store import desk_tables as tables
from beian.store import search, search_index
from beian.store.conversations import ConversationStore
from beian.store.tables import conversations, messages

WORDS = (
    "备案",
    "琉璃厂",
    "鹚",
    "案",
    "审核 琉璃厂",
    "备案 审核",
    "厂 鹚",
    "ABC",
    "aB",
    "C",
    "Ä",
    "é鸬",
    "没有的话",
    "没",
)
PARTS = ("备案", "审核", "琉璃厂", "鹚", "abc", "改名", "Ä", "é鸬")


@pytest.fixture(scope="module")
def told():
    """(conversation, number, text, time) of messages in the order in which they came."""
    chosen = random.Random(11)
    last: dict[str, int] = {}
    found = []
    for at in range(400):
        name = f"w-{chosen.randrange(30)}"
        last[name] = last.get(name, 0) + 1
        text = "".join(chosen.choice(PARTS) for _ in range(3))
        found.append((name, last[name], text, float(at)))
    return found


@pytest.fixture(scope="module")
def store(told, tmp_path_factory):
    store = ConversationStore(tmp_path_factory.mktemp("search") / "c.db")
    tables.create(store.engine)
    search_index.create(store.engine)
    with store.transaction() as connection:
        for name in {name for name, *_ in told}:
            values = {"created": 0.0, "updated": 0.0, "mode": "bot", "mode_since": 0.0, "last_id": 0}
            connection.execute(conversations.insert().values(id=name, channel="web", **values))
        for name, number, text, at in told:
            values = {"conversation": name, "id": number, "text": text, "at": at, "author": "user"}
            connection.execute(messages.insert().values(**values))
    yield store
    store.close()


def expected(told, query):
    """By hand: the newest message of each conversation that holds every word, newest first."""
    newest = {}
    for name, number, text, at in told:
        if all(word.lower() in text.lower() for word in query.split()):
            newest[name] = search.FoundMessage(name, number, text, at)
    return sorted(newest.values(), key=lambda hit: -hit.at)


@pytest.mark.parametrize("looked_at", [0, 5, 60, 10_000])
@pytest.mark.parametrize("query", WORDS)
def test_every_page(store, told, monkeypatch, query, looked_at):
    monkeypatch.setattr(search, "LOOKED_AT", looked_at)
    found, before = [], None
    while page := search.search(store, query, 4, before):
        found += page
        before = page[-1].at
    assert found == expected(told, query)


@pytest.mark.parametrize("query", ["鹚", "厂 鹚", "C", "aB", "琉璃厂", "厂 琉璃厂", "没有的话"])
def test_all_messages_are_never_gone_through(store, monkeypatch, query):
    # The beginning and the last messages come first; what follows is the search in all of them.
    monkeypatch.setattr(search, "LOOKED_AT", 0)
    asked = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
    search.search(store, query)
    with store.engine.connect() as connection:
        explained = [(f"EXPLAIN QUERY PLAN {statement}", given) for statement, given in asked[2:]]
        steps = [step.detail for asked in explained for step in connection.exec_driver_sql(*asked)]
    assert steps
    assert [step for step in steps if step.startswith("SCAN messages")] == []


def test_an_excerpt_shows_why_it_was_found():
    text = "企业办理主体信息变更，准备以下材料等：\n· 新的营业执照复印件\n· 新的联系方式（手机、邮箱）"
    assert search.excerpt(text, "手机").startswith("…的联系方式（手机")
    assert search.excerpt(text, "邮箱 手机").startswith("…的联系方式（手机")
    assert search.excerpt(text, "企业") == " ".join(text.split())
    assert search.excerpt("ＩＣＰ 备案", "icp") == "ＩＣＰ 备案"
    assert len(search.excerpt("前" * 300 + "备案" + "后" * 300, "备案")) == 200
