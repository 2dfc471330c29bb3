"""What a customer who waits for a person is told of the others, and of how long it takes."""

import time

import pytest

from beian.store import desk_tables as tables
from beian.store.conversations import ConversationStore
from beian.store.desk.records import Records
from beian.store.desk_tables import handoffs
from beian.store.tables import conversations


@pytest.fixture
def store(tmp_path):
    with_desk = ConversationStore(tmp_path / "conversations.db")
    tables.create(with_desk.engine)
    yield with_desk
    with_desk.close()


def add(store, name, mode="bot", since=0.0):
    now = time.time()
    values = {
        "id": name,
        "mode": mode,
        "mode_since": since,
        "created": now,
        "updated": now,
        "last_id": 0,
        "channel": "web",
    }
    with store.transaction() as connection:
        connection.execute(conversations.insert().values(**values))


def serve(store, name, at, waited, asked=1):
    values = {
        "conversation": name,
        "at": at,
        "asked": asked,
        "claimed": None if waited is None else at + waited,
    }
    with store.transaction() as connection:
        connection.execute(handoffs.insert().values(**values))


def test_those_who_have_waited_longer_are_ahead(store):
    for name, mode, since in [
        ("a", "waiting", 10.0),
        ("b", "waiting", 20.0),
        ("c", "waiting", 30.0),
        ("d", "human", 5.0),
    ]:
        add(store, name, mode, since)
    records = Records(store)
    assert [records.queue(name)[0] for name in "abcd"] == [0, 1, 2, None]
    assert records.queue("nobody") == (None, None)


def test_the_usual_wait_is_of_the_newest_who_were_served(store):
    add(store, "a")
    now = time.time()
    records = Records(store)
    for waited in (60, 120, 180, 240):
        serve(store, "a", now - 1000, waited)
    # Neither a claim that nobody waited for, nor one who still waits, nor what was weeks ago.
    serve(store, "a", now - 900, 0, asked=0)
    serve(store, "a", now - 900, None)
    serve(store, "a", now - 30 * 86_400, 9000)
    assert records.queue("a")[1] is None
    serve(store, "a", now - 800, 300)
    assert records.queue("a")[1] == pytest.approx(180)
