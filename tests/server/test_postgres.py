"""The stores on PostgreSQL, for several servers; where its programs are installed."""

import asyncio
import threading
from functools import partial

import pytest
import sqlalchemy as sa

from beian.engine.endpoints import open_tracker_store
from beian.store import desk_tables as tables
from beian.store import search_index
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError, patience
from beian.store.desk import announce
from beian.store.records import Draft, TurnRecord
from tests.engine.test_tracker_store import DOMAIN, talk, texts
from tests.server.test_hub import FakeAssistant, make_hub
from tests.server.test_hub import until as wait_until


def test_conversations_of_several_servers(postgres):
    url = f"postgresql://beian@127.0.0.1:{postgres}/postgres"
    stores = [ConversationStore(url) for _ in range(4)]
    got = []

    def send(store, place):
        for number in range(10):
            draft = Draft("user", f"手机13800138000 {number}", client_id=f"c{number}")
            got.append(store.accept("w-1", draft)[0].id)

    threads = [threading.Thread(target=send, args=(store, place)) for place, store in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 40
    assert [m.id for m in stores[0].messages("w-1")] == list(range(1, 11))
    assert "13800138000" not in str(stores[0].export("w-1"))
    turn = TurnRecord("web", "w-1", 1, "x", "answered", [], None, None, 1.0, "kb", "model")
    answers = [store.answer("w-1", 1, [Draft("bot", "答")], turn) for store in stores]
    assert [len(answer) for answer in answers] == [1, 0, 0, 0]
    assert stores[1].set_mode("w-1", "waiting", expect=["bot"])
    assert stores[2].mode("w-1") == "waiting"
    stores[3].check()
    assert stores[0].delete("w-1")["messages"] == 11


def test_rasas_events_of_several_servers(postgres, tmp_path):
    async def run():
        endpoints = {
            "tracker_store": {
                "type": "beian.engine.tracker_store.MaskedTrackerStore",
                "dialect": "postgresql",
                "url": f"127.0.0.1:{postgres}",
                "db": "postgres",
                "username": "beian",
            }
        }
        first, second = [await open_tracker_store(endpoints, tmp_path) for _ in range(2)]
        first.domain = second.domain = DOMAIN
        await talk(first, "a", "一", note="蓝")
        await talk(second, "a", "二 13800138000", note="红")
        # What the first has in memory is not how things stand.
        assert first.glance("a") is None
        assert (await first.slots("a"))["note"] == "红"
        await talk(first, "a", "三")
        assert texts(await second.retrieve("a"))[-1] == "三"
        assert texts(await second.retrieve_full_tracker("a")) == ["一", "二 〔手机号〕", "三"]
        first.check()
        assert second.delete("a") > 0
        assert await first.retrieve("a") is None

    asyncio.run(run())


def at_once(*functions):
    """What the functions return, or raise, when each is called in a thread of its own at the same moment."""
    barrier = threading.Barrier(len(functions))
    results = [None] * len(functions)

    def run(place):
        barrier.wait()
        try:
            results[place] = functions[place]()
        except Exception as error:  # noqa: BLE001 - compared by the test
            results[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(functions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_several_servers_start_at_once_on_an_empty_database(empty):
    def start():
        store = ConversationStore(empty)
        tables.create(store.engine)
        search_index.create(store.engine)
        announce.create(store.engine)
        return store

    stores = at_once(*[start] * 8)
    assert [store for store in stores if isinstance(store, Exception)] == []
    for store in stores:
        store.check()
        store.close()


def test_the_same_at_two_servers_at_once(empty):
    stores = [ConversationStore(empty) for _ in range(4)]
    for number in range(15):
        name, text = f"w-{number}", Draft("system", "重新开始", client_id="r")
        added = at_once(*(partial(one.append, name, text) for one in stores))
        assert [getattr(message, "id", message) for message in added] == [1] * 4
        stores[0].append(name, Draft("bot", "答"))
        changes = [partial(one.set_feedback, name, 2, "up", None) for one in stores]
        changes += [partial(one.set_ticks, name, 2, [0]) for one in stores]
        assert at_once(*changes) == [True] * 8
        assert stores[1].message(name, 2).feedback == {"value": "up"}
    for store in stores:
        store.close()


def test_long_names_are_no_error(empty):
    store = ConversationStore(empty)
    store.record_turn(TurnRecord("web", "w-1", 1, "x", "s" * 99, [], "i" * 99, None, 1.0, "k" * 99, "m" * 99))
    store.close()


def test_a_server_leaves_alone_what_another_answers_and_takes_up_what_it_leaves(empty):
    async def run():
        going = asyncio.Event()

        async def never(_text):
            going.set()
            await asyncio.Event().wait()

        stores = [ConversationStore(empty) for _ in range(3)]
        assert stores[0].shared
        hubs = [make_hub(stores[0], FakeAssistant(never)), make_hub(stores[1]), make_hub(stores[2])]
        first, *others = hubs
        for name in ("w-1", "w-2"):
            stores[0].accept(name, Draft("user", "一", client_id="a"))
            stores[0].accept(name, Draft("user", "二", client_id="b"))
            for number in (1, 2):
                first.enqueue(name, number)
        await going.wait()
        assert [await hub.resume() for hub in others] == [0, 0]
        # It never comes back, as if it had been killed.
        for task in set(first._tasks):
            task.cancel()
        await wait_until(lambda: not stores[1].unanswered())
        await asyncio.gather(*(hub.stop() for hub in others))
        for name in ("w-1", "w-2"):
            said = [message.text for message in stores[1].messages(name) if message.author == "bot"]
            assert said == ["答一", "答二"]
        asked = [text for hub in others for text in hub.assistant.asked]
        assert sorted(asked) == ["一", "一", "二", "二"]
        for store in stores:
            store.close()

    asyncio.run(run())


def test_nothing_waits_for_ever(empty, tmp_path):
    endpoint = {"dialect": "postgresql", "url": f"127.0.0.1:{sa.engine.make_url(empty).port}"}
    endpoint |= {"db": sa.engine.make_url(empty).database, "username": "beian"}

    async def opened():
        return await open_tracker_store({"tracker_store": endpoint}, tmp_path)

    trackers = asyncio.run(opened())
    store = ConversationStore(f"{empty}?connect_timeout=7&options=-c%20search_path%3Dpublic")
    for engine, seconds in ((store.engine, "7"), (trackers.engine, "5")):
        with engine.connect() as connection:
            show = lambda name: connection.exec_driver_sql(f"SHOW {name}").scalar()  # noqa: E731
            assert show("statement_timeout") == "5s"
            assert show("lock_timeout") == "5s"
            assert show("idle_in_transaction_session_timeout") == "1min"
            given = connection.connection.connection.get_dsn_parameters()
            assert given["connect_timeout"] == seconds
            assert (given["tcp_user_timeout"], given["keepalives"], given["keepalives_idle"]) == (
                "7000",
                "1",
                "10",
            )
    with (
        pytest.raises(StoreError, match="statement timeout"),
        patience(1.0),
        store.transaction() as connection,
    ):
        connection.exec_driver_sql("SELECT pg_sleep(600)")
    with patience(123.0), store.reading() as connection:
        assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == "123s"
    with pytest.raises(StoreError), store.transaction() as connection:
        # As when the server says nothing at all: the statement has no limit of its own.
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        with patience(-1.5):
            connection.exec_driver_sql("SELECT pg_sleep(600)")
    store.check()
    with trackers.engine.connect() as connection:
        index = sa.inspect(connection).get_indexes("events")
        assert ["sender_id", "id"] in [found["column_names"] for found in index]
    store.close()
    trackers.close()
