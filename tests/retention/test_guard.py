"""The purge distrusts the clock: what it removes cannot be had back."""

import time

import pytest

from beian.engine.tracker_store import MaskedTrackerStore
from beian.retention import purge as retention
from beian.retention.guard import (
    DAY,
    FAR_DAYS,
    PurgeRefusedError,
    check_amount,
    check_clock,
    last_purge,
    note_purge,
)
from beian.store.conversations import ConversationStore
from beian.store.records import Draft, TurnRecord


class Clock:
    """time.time() as it may be set."""

    def __init__(self):
        self.now = 1_700_000_000.0

    def __call__(self):
        return self.now

    def days(self, days):
        self.now += days * DAY


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(time, "time", clock)
    return clock


@pytest.fixture
def stores(tmp_path):
    store = ConversationStore(tmp_path / "conversations.db")
    yield store, MaskedTrackerStore(db=str(tmp_path / "tracker.db"))
    store.close()


def talk(stores, clock, count=10):
    """Some messages, turns and events of now."""
    store, trackers = stores
    name = f"w-{clock.now:.0f}"
    for _ in range(count):
        store.accept(name, Draft("user", "x"))
        store.record_turn(TurnRecord("web", name, 1, "x", "answered", [], None, None, 1.0, "kb", "model"))
        with trackers.engine.begin() as connection:
            row = {"sender_id": name, "type_name": "user", "timestamp": clock.now}
            connection.execute(trackers.SQLEvent.__table__.insert(), row)


def live(stores, clock, nights):
    """A server that runs: some talk each day, a purge each night; the rows that went."""
    gone = []
    for _ in range(nights):
        talk(stores, clock)
        clock.days(1)
        gone.append(retention.purge(*stores, 90.0)["messages"])
    return gone


def left(stores):
    with stores[0].engine.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM messages").scalar()


def refused(stores, clock, days=90.0):
    before = left(stores)
    with pytest.raises(PurgeRefusedError) as error:
        retention.purge(*stores, days)
    assert left(stores) == before
    assert "data purge --yes" in str(error.value)
    return error.value


def test_night_after_night_what_is_old_goes(stores, clock):
    gone = live(stores, clock, 120)
    assert gone[:89] == [0] * 89
    assert gone[95:] == [10] * 25
    assert last_purge(stores[0]) == clock.now


def test_a_clock_that_jumps_ahead_removes_nothing(stores, clock):
    """The case of the report: everything went at once."""
    live(stores, clock, 30)
    clock.days(100)
    error = refused(stores, clock)
    assert error.reason == "clock"
    assert "晚 100 天" in str(error)
    # Also when people have talked since, so that the newest row has the wrong time as well.
    talk(stores, clock)
    assert refused(stores, clock).reason == "clock"
    clock.days(-100)
    assert retention.purge(*stores, 90.0)["messages"] == 0


def test_before_the_first_purge_the_newest_row_is_what_the_clock_is_held_against(stores, clock):
    talk(stores, clock)
    clock.days(100)
    error = refused(stores, clock)
    assert error.reason == "clock"
    assert "最新一条记录" in str(error)
    assert last_purge(stores[0]) is None


@pytest.mark.parametrize("kind", ["message", "turn", "event"])
def test_the_newest_row_of_any_table_counts(stores, clock, kind):
    store, trackers = stores
    clock.days(-100)
    talk(stores, clock)
    clock.days(100)
    with pytest.raises(PurgeRefusedError):
        check_clock(store, trackers, clock.now)
    if kind == "message":
        store.accept("w-new", Draft("user", "x"))
    elif kind == "turn":
        store.record_turn(TurnRecord("web", "w-new", 1, "x", "ok", [], None, None, 1.0, "kb", "model"))
    else:
        with trackers.engine.begin() as connection:
            row = {"sender_id": "w-new", "type_name": "user", "timestamp": clock.now}
            connection.execute(trackers.SQLEvent.__table__.insert(), row)
    check_clock(store, trackers, clock.now)


def test_a_clock_that_jumps_back_is_refused_too(stores, clock):
    live(stores, clock, 3)
    clock.days(-30)
    error = refused(stores, clock)
    assert error.reason == "clock"
    assert "早 30 天" in str(error)


def test_a_quiet_time_is_no_jump(stores, clock):
    live(stores, clock, 1)
    for _ in range(60):
        clock.days(1)
        assert retention.purge(*stores, 90.0)["messages"] == 0


def test_a_server_that_was_off_for_some_days_purges(stores, clock):
    live(stores, clock, 120)
    clock.days(FAR_DAYS - 0.5)
    assert retention.purge(*stores, 90.0)["messages"] > 10


def test_more_than_half_at_once_is_refused(stores, clock):
    """Also at the right time: the setting may be wrong."""
    live(stores, clock, 60)
    error = refused(stores, clock, days=20.0)
    assert error.reason == "most"
    assert "1800 行里有 1200 行" in str(error)
    # Exactly half is not more than half.
    assert retention.purge(*stores, 30.0)["messages"] == 300


def test_whoever_is_sure_may(stores, clock):
    live(stores, clock, 30)
    clock.days(100)
    refused(stores, clock)
    assert retention.purge(*stores, 90.0, sure=True)["messages"] == 300
    assert last_purge(stores[0]) == clock.now
    talk(stores, clock)
    clock.days(1)
    assert retention.purge(*stores, 90.0)["messages"] == 0


def test_nothing_is_nothing_to_be_afraid_of(stores, clock):
    check_clock(*stores, clock.now)
    check_amount(*stores, clock.now)
    assert retention.purge(*stores, 90.0)["messages"] == 0
    note_purge(stores[0], 5.0)
    note_purge(stores[0], 6.0)
    assert last_purge(stores[0]) == 6.0
