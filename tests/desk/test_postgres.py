"""The desk's tables, search and numbers on PostgreSQL, where its programs are installed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from beian.calendar.today import today_in_china
from beian.desk import numbers
from beian.desk.accounts import Accounts
from beian.engine.tracker_store import MaskedTrackerStore
from beian.kb import load_knowledge
from beian.retention import purge as retention
from beian.store import desk_tables as tables
from beian.store import search, search_index
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError
from beian.store.desk.audit import Audit
from beian.store.desk.records import Records
from beian.store.period import read
from beian.store.records import Draft, TurnRecord
from beian.store.tables import conversations, messages
from tests.desk.conftest import FAST, PASSWORD


@pytest.fixture(scope="module")
def store(postgres):
    store = ConversationStore(f"postgresql://beian@127.0.0.1:{postgres}/postgres")
    for _ in range(2):
        tables.create(store.engine)
        search_index.create(store.engine)
    yield store
    store.close()


def test_search(store):
    store.accept("w-found", Draft("user", "我们在琉璃厂东街换服务器 EastStreet"))
    store.accept("w-other", Draft("user", "我们在别处"))
    for query in ("琉璃厂", "璃", "琉璃", "T", "st 街", "琉璃 东街", "eaststreet"):
        assert [hit.conversation for hit in search.search(store, query)] == ["w-found"], query
    for query in ("%", "没有这句话", "' OR 1=1 --"):
        assert search.search(store, query) == []


@pytest.mark.parametrize(
    ("word", "index"), [("璃", "desk_search_signs"), ("ST", "desk_search_signs"), ("琉璃厂", "desk_search")]
)
def test_an_index_serves_every_word(store, word, index):
    with store.reading() as connection:
        # There are too few messages here for an index to be worth it.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        statement = search._all_matching([word], connection)
        text = str(statement.compile(store.engine, compile_kwargs={"literal_binds": True}))
        plan = (
            connection.exec_driver_sql(f"EXPLAIN {text.replace('%%', '%').replace('%', '%%')}")
            .scalars()
            .all()
        )
    assert any(f"Index Scan on {index} " in step for step in plan), plan


def test_records(store):
    records = Records(store)
    store.accept("w-records", Draft("user", "变更"))
    assert store.set_mode("w-records", "waiting", expect=["bot"])
    records.asked("w-records")
    assert store.set_mode("w-records", "human", expect=["waiting"], agent="李敏")
    assert not store.set_mode("w-records", "human", expect=["waiting"], agent="a.b")
    records.claimed("w-records", "李敏")
    records.add_note("w-records", "李敏", "备注 13800138000")
    records.change_labels("w-records", ["加急"], [])
    row = records.rows("李敏", ["w-records"])[0]
    assert (row.mode, row.agent, row.unread, row.labels) == ("human", "李敏", 1, ["加急"])
    assert row.unanswered is not None
    for last in (1, 0):
        records.mark_read("w-records", "李敏", last)
        assert records.rows("李敏", ["w-records"])[0].unread == 0
    exported = tables.export(store.engine, "w-records")
    assert "13800138000" not in exported["desk_notes"][0]["text"]
    store.delete("w-records")
    assert not any(tables.export(store.engine, "w-records").values())


def test_accounts_and_the_log(store):
    accounts, audit = Accounts(store, FAST), Audit(store)
    accounts.add("李敏", PASSWORD)
    assert accounts.log_in("李敏", "wrong") is None
    _, secret = accounts.log_in("李敏", PASSWORD)
    assert accounts.session(secret)
    assert accounts.log_out_everywhere("李敏") == 1
    audit.note("李敏", "login")
    changes = (tables.audit.delete(), tables.audit.update().values(agent="x"), sa.text("TRUNCATE desk_audit"))
    for change in changes:
        with pytest.raises((StoreError, DBAPIError)), store.transaction() as connection:
            connection.execute(change)
    assert audit.entries()[0]["agent"] == "李敏"


def test_numbers(store):
    message, _, _ = store.accept("w-numbers", Draft("user", "审核多久"))
    turn = TurnRecord(
        "web", "w-numbers", message.id, "审核多久", "answered", ["timeline.review"], "x", 0.9, 1, "k", "m"
    )
    store.answer("w-numbers", message.id, [Draft("bot", "3-20个工作日")], turn)
    today = today_in_china()
    counted = numbers.count(read(store, today - timedelta(days=1), today), load_knowledge())
    assert counted["numbers"]["answered"].value == 1
    assert counted["numbers"]["answered"].by_day[-1] in (1, None)


def test_old_conversations_go_with_what_belongs_to_them(store, postgres):
    address = {"host": f"127.0.0.1:{postgres}", "db": "postgres", "username": "beian"}
    trackers = MaskedTrackerStore(dialect="postgresql", **address)
    records = Records(store)
    for name in ("w-kept", "w-gone"):
        store.accept(name, Draft("user", "变更"))
        records.add_note(name, "李敏", "备注")
    long_ago = {"at": 1000.0}
    with store.transaction() as connection:
        for table in (messages, tables.notes):
            connection.execute(table.update().where(table.c.conversation == "w-gone").values(**long_ago))
        old = conversations.update().where(conversations.c.id == "w-gone")
        connection.execute(old.values(updated=1000.0))
    with trackers.engine.begin() as connection:
        for at in (1000.0, 9e9):
            row = {"sender_id": "w-gone", "type_name": "user", "timestamp": at, "data": "{}"}
            connection.execute(trackers.SQLEvent.__table__.insert(), row)
    gone = retention.purge(store, trackers, 90.0, sure=True)
    assert (gone["messages"], gone["conversations"], gone["events"]) == (1, 1, 1)
    assert not any(
        retention.export(store, trackers, "w-gone")[name] for name in ("conversations", "desk_notes")
    )
    assert len(records.notes("w-kept")) == 1
    trackers.delete("w-gone")
    trackers.engine.dispose()
