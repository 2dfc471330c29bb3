"""Locks: whom they keep out, whom not, and that no clock lengthens them."""

import threading

import pytest
import sqlalchemy as sa

from beian.store import desk_tables as tables
from beian.store.conversations import ConversationStore
from beian.store.desk import lockout as module
from beian.store.desk.lockout import LockedError, Lockouts, Place

ATTACKER, COLLEAGUE = Place("address 203.0.113.9"), Place("address 198.51.100.7")
OWN_BROWSER = Place("device abc", is_known=True)
LONG = module.LOCKED_SECONDS


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def store(tmp_path):
    store = ConversationStore(tmp_path / "conversations.db")
    tables.create(store.engine)
    yield store
    store.close()


@pytest.fixture
def wall():
    return Clock(1_800_000_000.0)


@pytest.fixture
def steady():
    return Clock(50.0)


@pytest.fixture
def lockouts(store, wall, steady):
    return Lockouts(store, wall, steady)


def fail(lockouts, name="李敏", place=ATTACKER, times=module.MOST_FAILURES):
    for _ in range(times):
        lockouts.begin(name, place)


def seconds_locked(lockouts, name="李敏", place=ATTACKER):
    """0 when the next log-in is let through (and counted)."""
    try:
        lockouts.begin(name, place)
    except LockedError as locked:
        return locked.seconds
    return 0


def rows(store):
    with store.transaction() as connection:
        return connection.execute(sa.select(tables.failures)).fetchall()


def test_guessing_from_one_place_locks_that_place_alone(lockouts):
    fail(lockouts)
    assert 0 < seconds_locked(lockouts) <= LONG
    assert seconds_locked(lockouts, place=COLLEAGUE) == 0
    assert seconds_locked(lockouts, place=OWN_BROWSER) == 0
    assert seconds_locked(lockouts, name="a.b") == 0


def test_guessing_from_everywhere_locks_all_but_known_browsers(lockouts):
    for place in range(module.MOST_FAILURES_ANYWHERE):
        lockouts.begin("李敏", Place(f"address 2001:db8:0:{place:x}::/64"))
    assert seconds_locked(lockouts, place=COLLEAGUE) > 0
    assert seconds_locked(lockouts, place=OWN_BROWSER) == 0
    assert seconds_locked(lockouts, name="a.b", place=COLLEAGUE) == 0


def test_a_known_browser_may_not_guess_without_end_either(lockouts):
    fail(lockouts, place=OWN_BROWSER)
    assert seconds_locked(lockouts, place=OWN_BROWSER) > 0
    # And its mistakes lock out nobody else.
    for place in range(module.MOST_FAILURES_ANYWHERE):
        seconds_locked(lockouts, place=Place(f"device {place}", is_known=True))
    assert seconds_locked(lockouts, place=COLLEAGUE) == 0


def test_success_forgets_this_places_failures_only(lockouts):
    fail(lockouts)
    attempt = lockouts.begin("李敏", COLLEAGUE)
    lockouts.succeed("李敏", COLLEAGUE, attempt)
    assert seconds_locked(lockouts) > 0
    fail(lockouts, place=COLLEAGUE)
    assert seconds_locked(lockouts, place=COLLEAGUE) > 0


def test_success_forgets_nothing_that_came_after_its_own_attempt(store, lockouts):
    """A guess made while the right password is being looked at stays counted."""
    attempt = lockouts.begin("李敏", COLLEAGUE)
    later = lockouts.begin("李敏", COLLEAGUE)
    lockouts.succeed("李敏", COLLEAGUE, attempt)
    assert [row.n for row in rows(store)] == [later]


def test_an_admin_forgets_them_all(lockouts):
    fail(lockouts)
    fail(lockouts, place=OWN_BROWSER)
    fail(lockouts, name="a.b")
    lockouts.forget("李敏")
    assert seconds_locked(lockouts) == seconds_locked(lockouts, place=OWN_BROWSER) == 0
    assert seconds_locked(lockouts, name="a.b") > 0


@pytest.mark.parametrize("jump", [-10 * 365 * 86400, -7200, -901, 7200, 86400 * 3, 10 * 365 * 86400])
@pytest.mark.parametrize("when", ["before", "after"], ids=["then set right", "then set wrong"])
def test_a_clock_that_is_set_changes_no_lock(store, wall, steady, lockouts, jump, when):
    """Two hours fast and then corrected made a lock of two hours and a quarter."""
    right = wall.now
    if when == "before":
        wall.now += jump
    fail(lockouts)
    wall.now = right if when == "before" else right + jump
    assert 0 < seconds_locked(lockouts) <= LONG
    # A process that starts now, or another server, knows the wall clock alone.
    assert seconds_locked(Lockouts(store, wall, Clock(7.0))) <= LONG
    steady.now += LONG + 1
    assert seconds_locked(lockouts) == 0


def test_a_restart_neither_ends_nor_lengthens_a_lock(store, wall, steady, lockouts):
    fail(lockouts)
    wall.now += 600
    after = Clock(3.0)
    restarted = Lockouts(store, wall, after)
    assert LONG - 610 <= seconds_locked(restarted) <= LONG - 600
    # From now on its own clock counts, whatever the other says.
    wall.now -= 100_000
    after.now += 299
    assert seconds_locked(restarted) == 1
    after.now += 2
    assert seconds_locked(restarted) == 0


def test_locks_end_by_themselves_and_leave_nothing(store, wall, steady, lockouts):
    fail(lockouts)
    fail(lockouts, name="a.b")
    for clock in (wall, steady):
        clock.now += LONG
    # Somebody else's log-in is enough.
    assert seconds_locked(lockouts, name="zhao") == 0
    assert len(rows(store)) == 1
    for clock in (wall, steady):
        clock.now += 2 * LONG + 1
    assert seconds_locked(lockouts, name="zhao") == 0
    assert len(rows(store)) == 1
    assert len(lockouts._made) == 1


def test_many_old_failures_go_in_portions(store, wall, steady, lockouts, monkeypatch):
    monkeypatch.setattr(module, "_SWEPT_AT_ONCE", 20)
    for place in range(2 * module._SWEPT_AT_ONCE):
        lockouts.begin(f"name{place}", ATTACKER)
    for clock in (wall, steady):
        clock.now += LONG
    counts = []
    for place in range(3):
        lockouts.begin(f"later{place}", ATTACKER)
        counts.append(len(rows(store)))
    assert counts == [module._SWEPT_AT_ONCE + 1, 2, 3]


@pytest.mark.parametrize("name", ["李敏", "13800138000", "a@b.cn", "甲" * 64, "", "\ud800"])
def test_the_table_holds_neither_names_nor_addresses(store, lockouts, name):
    lockouts.begin(name, ATTACKER)
    [row] = rows(store)
    assert len(row.name) == 64
    assert not {name, "203.0.113.9"} & {row.name}
    assert all(char in "0123456789abcdefuk" for char in row.name)


def test_numbers_typed_as_names_cannot_be_told_apart(store, lockouts):
    """Else trying all numbers would find the one."""
    lockouts.begin("13800138000", ATTACKER)
    lockouts.begin("13900139000", ATTACKER)
    assert len({row.name for row in rows(store)}) == 1


def test_attempts_at_the_same_time_are_all_counted(store):
    lockouts = Lockouts(store)
    outcomes = []

    def attempt():
        outcomes.append(seconds_locked(lockouts) > 0)

    threads = [threading.Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(False) == module.MOST_FAILURES
