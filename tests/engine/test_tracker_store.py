import asyncio
import sqlite3
import time

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    LoopInterrupted,
    SessionStarted,
    SlotSet,
    UserUttered,
)

from beian.engine.tracker_store import MaskedTrackerStore
from beian.store.database import StoreError

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [ask]
slots:
  note: {type: text, mappings: [{type: custom}]}
actions: []
"""
)


def run(coroutine):
    return asyncio.run(coroutine)


async def talk(store, sender, *texts, note=None):
    for text in texts:
        tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
        if not tracker.events:
            tracker.update(ActionExecuted("action_session_start"))
            tracker.update(SessionStarted())
            tracker.update(ActionExecuted("action_listen"))
        tracker.update(UserUttered(text, {"name": "ask", "confidence": 1.0}))
        if note:
            tracker.update(SlotSet("note", note))
        tracker.update(BotUttered(f"答{text}"))
        tracker.update(ActionExecuted("action_listen"))
        await store.save(tracker)


@pytest.fixture
def store(tmp_path):
    return MaskedTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db"))


def texts(tracker):
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


def test_events_are_kept_in_order_and_once(store, tmp_path):
    run(talk(store, "a", "一", "二", "三"))
    fresh = MaskedTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db"))
    assert texts(run(fresh.retrieve_full_tracker("a"))) == ["一", "二", "三"]
    assert len(store.events("a")) == 3 + 3 * 3
    assert run(store.retrieve("nobody")) is None


def test_what_is_stored_and_published_is_masked(tmp_path):
    published = []

    class Broker:
        def publish(self, event):
            published.append(event)

    store = MaskedTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db"), event_broker=Broker())
    run(talk(store, "a", "手机13800138000", note="信用代码91110000600037341L"))
    stored = (tmp_path / "tracker.db").read_bytes() + (tmp_path / "tracker.db-wal").read_bytes()
    for number in (b"13800138000", b"91110000600037341L"):
        assert number not in stored
        assert number.decode() not in str(published)
    assert "〔手机号〕" in str(published)
    assert [event["sender_id"] for event in published] == ["a"] * len(published)


def test_long_conversations_are_cut_in_memory_and_whole_in_the_table(store):
    run(talk(store, "a", "零", note="蓝"))
    run(talk(store, "a", *map(str, range(40))))
    live = run(store.retrieve("a"))
    assert texts(live) == ["39"]
    assert live.get_slot("note") == "蓝"
    assert texts(run(store.retrieve_full_tracker("a"))) == ["零", *map(str, range(40))]
    store.forget_live()
    read_again = run(store.retrieve("a"))
    assert texts(read_again) == ["39"]
    assert read_again.get_slot("note") == "蓝"
    run(talk(store, "a", "neu"))
    assert texts(run(store.retrieve_full_tracker("a")))[-2:] == ["39", "neu"]


def test_a_cut_tracker_goes_on_like_the_whole_one(tmp_path):
    def policies_view(live):
        store = MaskedTrackerStore(DOMAIN, db=str(tmp_path / f"{live}.db"), live=live)
        run(talk(store, "a", "零", note="蓝"))
        run(talk(store, "a", *map(str, range(33))))
        tracker = run(store.retrieve("a"))
        # Rasa replays the events for every action it runs.
        for one in (tracker, tracker.copy()):
            yield one.current_slot_values(), one.latest_message.text, one.latest_action_name

    assert list(policies_view(0)) == list(policies_view(500))


def test_a_tracker_of_one_turn_is_left_alone(store):
    run(talk(store, "a", "一"))
    tracker = run(store.retrieve("a"))
    assert tracker.shortened(DOMAIN) is tracker


async def happen(store, sender, *events):
    tracker = await store.retrieve(sender)
    for event in events:
        tracker.update(event)
    await store.save(tracker)


def replayed(store, sender):
    """What Rasa knows after replaying the events, as it does for every action it runs."""
    tracker = run(store.retrieve(sender))
    store._live[sender] = tracker
    return tracker.copy()


def test_a_loop_goes_on_in_a_cut_tracker(store):
    run(talk(store, "a", "一", note="蓝"))
    run(happen(store, "a", ActionExecuted("form"), ActiveLoop("form")))
    for text in "二三四":
        run(talk(store, "a", text))
        tracker = replayed(store, "a")
        assert (texts(tracker), tracker.active_loop_name, tracker.get_slot("note")) == ([text], "form", "蓝")
    store.forget_live()
    assert (replayed(store, "a").active_loop_name, texts(replayed(store, "a"))) == ("form", ["四"])
    run(happen(store, "a", ActiveLoop(None)))
    assert replayed(store, "a").active_loop_name is None
    run(talk(store, "a", "五"))
    assert (replayed(store, "a").active_loop_name, texts(replayed(store, "a"))) == (None, ["五"])


@pytest.mark.parametrize(
    "events",
    [
        [ConversationPaused()],
        [ActionExecuted("form"), ActiveLoop("form"), ActionExecutionRejected("form")],
        [ActionExecuted("form"), ActiveLoop("form"), LoopInterrupted(True)],
    ],
)
def test_a_cut_tracker_knows_how_far_its_loop_is_and_that_it_is_paused(store, events):
    def state():
        tracker = replayed(store, "a")
        loop = tracker.active_loop
        return texts(tracker), tracker.is_paused(), loop and (loop.name, loop.rejected, loop.is_interrupted)

    run(talk(store, "a", "一", "二"))
    run(happen(store, "a", *events))
    before = state()
    for text in "三四":
        run(happen(store, "a", UserUttered(text, {"name": "ask"})))
        assert state()[1:] == before[1:]
    assert state()[0] == ["四"]
    store.forget_live()
    assert state()[1:] == before[1:]
    run(happen(store, "a", ConversationResumed(), ActiveLoop(None)))
    run(talk(store, "a", "五"))
    assert state() == (["五"], False, None)


def test_two_saves_of_one_turn_lose_nothing(store):
    async def twice():
        tracker = await store.retrieve("a")
        tracker.update(SlotSet("note", "红"))
        await store.save(tracker)
        tracker.update(UserUttered("二", {"name": "ask"}))
        await store.save(tracker)

    run(talk(store, "a", "一", note="蓝"))
    run(twice())
    assert replayed(store, "a").get_slot("note") == "红"
    assert run(store.retrieve_full_tracker("a")).get_slot("note") == "红"


def test_a_tracker_that_missed_what_another_wrote_in_its_turn_is_not_kept(store, tmp_path):
    other = MaskedTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db"))

    async def overtaken():
        tracker = await store.retrieve("a")
        await talk(other, "a", "二", note="红")
        tracker.update(UserUttered("三", {"name": "ask"}))
        await store.save(tracker)

    run(talk(store, "a", "一", note="蓝"))
    run(overtaken())
    assert run(store.retrieve("a")).get_slot("note") == "红"


def test_what_was_deleted_in_the_middle_of_a_turn_does_not_come_back(store):
    async def forgotten():
        tracker = await store.retrieve("a")
        store.delete("a")
        tracker.update(UserUttered("二", {"name": "ask"}))
        await store.save(tracker)

    run(talk(store, "a", "一", note="蓝"))
    run(forgotten())
    assert run(store.retrieve("a")).get_slot("note") is None
    assert texts(run(store.retrieve_full_tracker("a"))) == ["二"]


def test_a_turn_that_failed_leaves_nothing(store):
    run(talk(store, "a", "一"))
    tracker = run(store.retrieve("a"))
    tracker.update(UserUttered("verloren", {"name": "ask", "confidence": 1.0}))
    assert texts(run(store.retrieve("a"))) == ["一"]


def test_what_another_process_wrote_is_seen(store, tmp_path):
    run(talk(store, "a", "一"))
    run(talk(MaskedTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db")), "a", "二"))
    run(talk(store, "a", "三"))
    assert texts(run(store.retrieve_full_tracker("a"))) == ["一", "二", "三"]


def test_memory_holds_a_bounded_number_of_conversations(tmp_path):
    store = MaskedTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db"), live=3)
    for number in range(10):
        run(talk(store, str(number), "一"))
    assert len(store._live) == 3
    assert texts(run(store.retrieve("0"))) == ["一"]


def test_the_clock_may_jump(store, tmp_path, monkeypatch):
    run(talk(store, "a", "一"))
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() - 10 * 86400)
    run(talk(store, "a", "二"))
    monkeypatch.setattr(time, "time", lambda: real() + 10 * 86400)
    run(talk(store, "a", "三"))
    session = MaskedTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db")).events("a", whole=False)
    assert [event["text"] for event in session if event["event"] == "user"] == ["一", "二", "三"]


def test_a_turn_is_found_by_its_message(store):
    async def two():
        for text, name in (("一", "m1"), ("二", "m2")):
            tracker = await store.get_or_create_tracker("a", append_action_listen=False)
            tracker.update(UserUttered(text, {"name": "ask"}, message_id=name))
            tracker.update(BotUttered(f"答{text}"))
            await store.save(tracker)

    run(two())
    assert [event["event"] for event in store.turn("a", "m1")] == ["user", "bot"]
    assert [event["text"] for event in store.turn("a", "m2")] == ["二", "答二"]
    assert store.turn("a", "m3") == []
    assert store.turn("b", "m1") == []


def test_delete_reaches_one_conversation_alone(store):
    run(talk(store, "a", "一"))
    run(talk(store, "b", "二"))
    assert store.delete("a") == 6
    assert run(store.retrieve("a")) is None
    assert texts(run(store.retrieve("b"))) == ["二"]


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be read as one" * 100])
def test_an_unusable_file_stops_the_start(tmp_path, content):
    (tmp_path / "tracker.db").write_bytes(content)
    with pytest.raises(StoreError):
        MaskedTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db"))


def test_a_failed_read_is_an_error_and_no_new_conversation(store, tmp_path):
    run(talk(store, "a", "一"))
    store.forget_live()
    with sqlite3.connect(tmp_path / "tracker.db") as connection:
        connection.execute("ALTER TABLE events RENAME TO gone")
    with pytest.raises(StoreError):
        run(store.retrieve("a"))
    with pytest.raises(StoreError):
        run(talk(store, "a", "二"))
