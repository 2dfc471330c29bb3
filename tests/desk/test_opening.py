"""The hours an admin writes: they hold in the place of the setting's, for every server of the database."""

from datetime import date, datetime

import pytest

from beian.calendar.today import CHINA
from beian.desk.hours import Closure, Hours, HoursError
from beian.desk.opening import MOST_CLOSURES, Opening
from beian.store import desk_tables as tables
from beian.store.conversations import ConversationStore

# A Saturday.
NOW = datetime(2026, 11, 14, 10, 0, tzinfo=CHINA)
SETTING = Hours(Hours.parse("09:00-18:00").spans, clock=lambda: NOW)


@pytest.fixture
def store(tmp_path):
    store = ConversationStore(tmp_path / "c.db")
    tables.create(store.engine)
    yield store
    store.close()


def test_without_anything_written_the_setting_holds(store):
    opening = Opening(store, SETTING)
    assert opening.hours() == SETTING
    assert not opening.is_written()


def test_what_is_written_holds_everywhere_until_it_is_taken_back(store):
    Opening(store, SETTING).write("daily 08:00-12:00", [], "主管")
    elsewhere = Opening(store, SETTING)
    assert elsewhere.hours().text == "每天 08:00-12:00"
    assert elsewhere.hours().open()
    assert elsewhere.is_written()
    elsewhere.write(None, [], "主管")
    assert Opening(store, SETTING).hours() == SETTING


def test_days_closed_hold_also_with_the_hours_of_the_setting(store):
    opening = Opening(store, Hours(None, clock=lambda: NOW))
    kept = opening.write(None, [Closure(NOW.date(), NOW.date(), "团建")], "主管")
    assert not kept.open()
    assert opening.hours().closures == (Closure(NOW.date(), NOW.date(), "团建"),)
    assert not opening.is_written()


@pytest.mark.parametrize(
    ("hours", "closures", "what"),
    [
        ("9-18", [], "不像"),
        ("18:00-09:00", [], "早于"),
        (",".join(f"0{n}:00-0{n}:30" for n in range(7)), [], "最多"),
        (None, [Closure(date(2026, 11, 2), date(2026, 11, 1))], "不早于"),
        (None, [Closure(date(2026, 11, 2), date(2028, 11, 1))], "一年之内"),
        (None, [Closure(date(2026, 11, 2), date(2026, 11, 2))] * (MOST_CLOSURES + 1), "最多"),
    ],
)
def test_hours_that_cannot_be_change_nothing(store, hours, closures, what):
    opening = Opening(store, SETTING)
    opening.write("daily 08:00-12:00", [], "主管")
    with pytest.raises(HoursError, match=what):
        opening.write(hours, closures, "主管")
    assert opening.hours().written == "daily 08:00-12:00"
