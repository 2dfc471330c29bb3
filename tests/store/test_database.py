"""Locks: reads take none, writes wait for theirs as long as they may."""

import sqlite3
import threading
import time
from contextlib import contextmanager
from datetime import date

import pytest
import sqlalchemy as sa

from beian.desk.accounts import Accounts
from beian.engine.tracker_store import MaskedTrackerStore
from beian.store import desk_tables as tables
from beian.store import period, search, search_index
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError, wait_until
from beian.store.desk.audit import Audit
from beian.store.desk.records import Records
from beian.store.records import Draft
from tests.desk.conftest import FAST, PASSWORD
from tests.engine.test_tracker_store import DOMAIN, run, talk


@contextmanager
def locked(file):
    """Another program writes and does not come to an end."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.close()


@pytest.fixture
def store(tmp_path):
    store = ConversationStore(tmp_path / "conversations.db")
    tables.create(store.engine)
    search_index.create(store.engine)
    store.accept("w-1", Draft("user", "你好，变更", client_id="a"))
    yield store
    store.close()


def test_no_read_waits_for_a_writer(store, tmp_path):
    records, accounts, audit = Records(store), Accounts(store, FAST), Audit(store)
    accounts.add("li", PASSWORD)
    _, secret = accounts.log_in("li", PASSWORD)
    trackers = MaskedTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db"))
    run(talk(trackers, "a", "一"))
    trackers.forget_live()
    day = date(2024, 5, 1)
    reads = [
        lambda: store.conversation("w-1"),
        lambda: store.mode("w-1"),
        store.list_conversations,
        lambda: store.by_client_id("w-1", "a"),
        store.unanswered,
        store.waiting,
        lambda: store.question("w-1", 1),
        lambda: store.messages("w-1"),
        lambda: store.message("w-1", 1),
        lambda: store.export("w-1"),
        lambda: records.sections("li"),
        lambda: records.notes("w-1"),
        records.known_labels,
        lambda: records.labels_of("w-1"),
        lambda: records.satisfaction_of("w-1"),
        accounts.all,
        accounts.exist,
        lambda: accounts.session(secret),
        lambda: accounts.is_open(accounts.session(secret)),
        audit.entries,
        lambda: search.search(store, "变更"),
        lambda: period.read(store, day, day),
        lambda: tables.export(store.engine, "w-1"),
        lambda: run(trackers.retrieve("a")),
        lambda: run(trackers.slots("a")),
        lambda: run(trackers.retrieve_full_tracker("a")),
        lambda: run(trackers.keys()),
        lambda: trackers.turn("a", "x"),
    ]
    with locked(tmp_path / "conversations.db"), locked(tmp_path / "tracker.db"), wait_until(time.monotonic()):
        with pytest.raises(StoreError, match="locked"):
            store.check()
        with pytest.raises(StoreError, match="locked"):
            trackers.check()
        for read in reads:
            read()


def test_a_session_in_use_is_not_ended_by_a_lock(store, tmp_path):
    now = [1000.0]
    accounts = Accounts(store, FAST, clock=lambda: now[0])
    accounts.add("li", PASSWORD)
    _, secret = accounts.log_in("li", PASSWORD)
    now[0] += 3600
    with locked(tmp_path / "conversations.db"):
        assert accounts.session(secret).agent.name == "li"


def test_a_write_tries_until_it_gets_the_lock(store, tmp_path):
    tries = []
    with locked(tmp_path / "conversations.db") as other:

        def let_go(_connection, _cursor, statement, *_):
            tries.append(statement)
            if len(tries) == 3:
                other.execute("ROLLBACK")

        sa.event.listen(store.engine, "before_cursor_execute", let_go)
        with wait_until(time.monotonic() + 600):
            store.check()
    assert tries[:3] == ["BEGIN IMMEDIATE"] * 3


def test_what_is_in_memory_is_used_by_one_thread_after_the_other():
    store = ConversationStore()
    errors = []

    def write(place):
        try:
            for number in range(20):
                store.accept(f"w-{place}", Draft("user", "x", client_id=str(number)))
        except Exception as error:  # noqa: BLE001 - compared below
            errors.append(error)

    threads = [threading.Thread(target=write, args=(place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert [len(store.messages(f"w-{place}")) for place in range(6)] == [20] * 6
