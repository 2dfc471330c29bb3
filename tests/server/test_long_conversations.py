"""What a conversation of 5,000 turns costs: counted in SQLite's steps and in events read, not in time."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import Event, SessionStarted, SlotSet, UserUttered

from beian.checklist.steps import step_of
from beian.engine import tracker_store
from beian.engine.assistant import Assistant
from beian.engine.tracker_store import LONG_SESSION, MaskedTrackerStore
from beian.settings import ROOT
from beian.store.tables import messages
from tests.desk.conftest import AgentClient, Customer, prepare
from tests.engine.test_tracker_store import DOMAIN, happen, run, talk, texts

SHORT, LONG = 20, 5_000
MOST = 5
"""A long conversation may cost so many times what a short one does."""
_STEP = 10
CHECKLIST = ("帮我准备清单", "多久能审核完", "企业", "主体负责人", "备案号会变吗", "今天", "你好")
"""Asked for, told step by step with two questions in between, and finished with 今天."""


class Work:
    """Steps that SQLite makes, rows that it hands out, and events that Rasa builds from them."""

    def __init__(self, *engines):
        self.steps = self.events = 0
        for engine in engines:
            sa.event.listen(engine, "checkout", self._watch)

    def _watch(self, connection, *_):
        connection.set_progress_handler(self._step, _STEP)

    def _step(self):
        self.steps += _STEP

    @contextmanager
    def counted(self):
        """(steps, events) of what is done inside, as a dictionary filled at its end."""
        self.steps = self.events = 0
        found = {}
        yield found
        found.update(steps=self.steps, events=self.events)


@pytest.fixture
def count_events(monkeypatch):
    """Have `work` count the events that are read."""

    def watch(work):
        read = Event.from_parameters

        def counting(*arguments, **options):
            work.events += 1
            return read(*arguments, **options)

        monkeypatch.setattr(Event, "from_parameters", staticmethod(counting))

    return watch


# --- the events ---------------------------------------------------------------------------------------


def longer(file, sender, turns):
    """Make a stored conversation longer by copies of what is in its middle."""
    with sa.create_engine(f"sqlite:///{file}").begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT sender_id, type_name, timestamp, intent_name, action_name, data FROM events "
            "WHERE sender_id = ? ORDER BY id",
            (sender,),
        ).all()
        connection.exec_driver_sql("DELETE FROM events WHERE sender_id = ?", (sender,))
        starts = [place for place, row in enumerate(rows) if row[1] == "user"]
        begin, end = starts[len(starts) // 4], starts[-1]
        copies = -(-(turns - len(starts)) // (len(starts) * 3 // 4)) if turns > len(starts) else 0
        everything = [*rows[:end], *(rows[begin:end] * copies), *rows[end:]]
        connection.exec_driver_sql(
            "INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [tuple(row) for row in everything],
        )
    return len(everything)


def test_reading_a_conversation_does_not_grow_with_it(tmp_path, count_events):
    file = tmp_path / "tracker.db"
    store = MaskedTrackerStore(DOMAIN, db=str(file))
    run(talk(store, "short", *map(str, range(SHORT)), note="蓝"))
    run(talk(store, "long", *map(str, range(100)), note="蓝"))
    store.close()
    assert longer(file, "long", LONG) > 4 * LONG
    store = MaskedTrackerStore(DOMAIN, db=str(file))
    work = Work(store.engine)
    count_events(work)
    costs = {}
    for sender in ("short", "long"):
        store.forget_live()
        with work.counted() as first:
            tracker = run(store.retrieve(sender))
        assert (texts(tracker)[-1], tracker.get_slot("note")) == (
            {"short": "19", "long": "99"}[sender],
            "蓝",
        )
        store.forget_live()
        with work.counted() as look:
            assert run(store.slots(sender))["note"] == "蓝"
        with work.counted() as turn:
            run(talk(store, sender, "neu"))
        with work.counted() as given:
            store.turn(sender, "nirgends")
        costs[sender] = {"first": first, "look": look, "turn": turn, "given": given}
    for kind, cost in costs["long"].items():
        for what, number in cost.items():
            assert number <= MOST * max(costs["short"][kind][what], _STEP), (kind, what, costs)
    store.close()


def test_every_some_turns_a_session_begins_with_what_is_known(tmp_path):
    file = tmp_path / "tracker.db"
    store = MaskedTrackerStore(DOMAIN, db=str(file))
    run(talk(store, "a", "零", note="蓝"))
    run(talk(store, "a", *map(str, range(200))))
    events = store.events("a")
    starts = [place for place, event in enumerate(events) if event["event"] == "session_started"]
    assert len(starts) > 3
    for before, after in zip(starts, [*starts[1:], len(events)], strict=True):
        assert after - before < LONG_SESSION + 10
    # Each begins between two turns, knows the slot, and nothing that was said is missing or doubled.
    said = [event["text"] for event in events if event["event"] == "user"]
    assert said == ["零", *map(str, range(200))]
    for place in starts[1:]:
        assert events[place - 1]["name"] == "action_session_start"
        assert events[place - 2]["name"] == "action_listen"
        assert (events[place + 1]["event"], events[place + 1]["value"]) == ("slot", "蓝")
    store.close()
    again = MaskedTrackerStore(DOMAIN, db=str(file))
    assert len(again.events("a", whole=False)) < LONG_SESSION + 10
    assert run(again.slots("a"))["note"] == "蓝"
    again.close()


def test_a_slot_that_was_emptied_stays_empty(tmp_path):
    store = MaskedTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db"))
    run(talk(store, "a", "零", note="蓝"))
    run(happen(store, "a", SlotSet("note", None)))
    run(talk(store, "a", *map(str, range(60))))
    store.forget_live()
    assert run(store.slots("a"))["note"] is None
    assert sum(isinstance(e, SessionStarted) for e in run(store.retrieve_full_tracker("a")).events) > 1
    store.close()


def test_what_is_noted_between_two_turns_takes_the_last_message_from_nobody(tmp_path):
    store = MaskedTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db"))
    run(talk(store, "a", "一", "二", note="蓝"))
    run(happen(store, "a", SlotSet("note", "红")))
    for _ in ("live", "read"):
        tracker = run(store.retrieve("a"))
        assert (tracker.get_last_event_for(UserUttered).text, tracker.get_slot("note")) == ("二", "红")
    run(talk(store, "a", "三"))
    assert texts(store._live["a"]) == ["三"]
    store.close()


def test_a_look_takes_nothing_away(tmp_path, monkeypatch):
    store = MaskedTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db"))
    run(talk(store, "a", "一", note="蓝"))
    live = store._live["a"]
    assert run(store.slots("a"))["note"] == "蓝"
    assert run(store.slots("nobody")) == {}
    assert store._live["a"] is live
    # Without the database: only of what is in memory.
    with monkeypatch.context() as patch:
        patch.setattr(store._table, "last_row", None)
        assert store.glance("a")["note"] == "蓝"
        assert store.glance("nobody") is None
    # What another server wrote is seen.
    other = MaskedTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db"))
    run(talk(other, "a", "二", note="红"))
    assert run(store.slots("a"))["note"] == "红"
    for one in (store, other):
        one.close()


def test_an_open_checklist_goes_on_over_restarts_and_new_sessions(tmp_path, monkeypatch):
    """The same conversation twice: in memory, and read anew from a session that began with each turn."""
    if not list((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("no trained model")
    said, steps = {"live": [], "read": []}, {"live": [], "read": []}

    async def both():
        store = MaskedTrackerStore(db=str(tmp_path / "tracker.db"))
        assistant = await Assistant.load(tracker_store=store)
        for text in CHECKLIST:
            for name in said:
                monkeypatch.setattr(tracker_store, "LONG_SESSION", 1 if name == "read" else 10_000)
                if name == "read":
                    store.forget_live()
                answer = await assistant.reply(name, text)
                said[name] += [(one["text"], (one.get("custom") or {}).get("status")) for one in answer]
                steps[name].append(step_of(await assistant.discourse(name)))
        sessions = [sum(e["event"] == "session_started" for e in store.events(name)) for name in said]
        assistant.close()
        store.close()
        return sessions

    assert asyncio.run(both()) == [1, len(CHECKLIST)]
    assert said["live"] == said["read"]
    assert steps["live"] == steps["read"]
    assert steps["read"] == [*["change_type"] * 3, *["day"] * 2, None, None]


# --- the server ---------------------------------------------------------------------------------------


def stretch(server, conversation, turns):
    """Give the conversation so many turns, as if they had been had."""
    rows = [
        {
            "conversation": conversation,
            "id": number,
            "at": time.time(),
            "author": ("user", "bot")[number % 2],
            "text": f"第{number}条",
        }
        for number in range(1000, 1000 + 2 * max(0, turns - 60))
    ]
    if not rows:
        return
    with server.context.store.transaction() as connection:
        connection.execute(messages.insert(), rows)
        connection.exec_driver_sql(
            "UPDATE conversations SET last_id = ? WHERE id = ?", (rows[-1]["id"], conversation)
        )
    longer(server.context.settings.var / "tracker.db", conversation, turns)


def test_no_view_of_a_conversation_grows_with_it(make_server, count_events):
    server = prepare(make_server())
    desk_engines = (server.context.store.engine, server.context.assistant.tracker_store.engine)
    agent = AgentClient(server, "李敏")
    customers = {}
    for turns in (SHORT, LONG):
        customer = customers[turns] = Customer(server)
        for number in range(min(turns, 60)):
            customer.ask(f"问{number}")
        stretch(server, customer.id, turns)
        server.context.assistant.tracker_store.forget_live()
    work = Work(*desk_engines)
    count_events(work)
    costs = {}
    for turns, customer in customers.items():
        path = f"/conversations/{customer.id}"
        jobs = {
            "turn": lambda customer=customer: customer.send("再问") and None,
            "turn after a look": lambda customer=customer: customer.send("又问") and None,
            "view": lambda path=path: agent.get(path),
            "row": lambda path=path: agent.post(f"{path}/read", {"last_id": 0}),
            "suggestions": lambda path=path: agent.get(f"{path}/suggestions"),
            "claim": lambda path=path: agent.post(f"{path}/claim"),
            "list": lambda: agent.get("/conversations"),
        }
        for kind, job in jobs.items():
            with work.counted() as cost:
                response = job()
                assert response is None or response.status_code == 200, (kind, response.text)
                while server.context.hub.waiting:
                    time.sleep(0.01)
            costs[turns, kind] = cost
    for (turns, kind), cost in costs.items():
        for what, number in cost.items():
            assert number <= MOST * max(costs[SHORT, kind][what], 10 * _STEP), (kind, what, turns, costs)
    agent.close()
