"""The driver that runs the real assistant in this process."""

import os
from collections.abc import Iterator
from datetime import date

import pytest

from beian.calendar.today import OVERRIDE, today_in_china
from beian.testing.inprocess import InProcessDriver


@pytest.fixture(scope="module")
def driver() -> Iterator[InProcessDriver]:
    driver = InProcessDriver()
    driver.load()
    yield driver
    driver.close()


def test_a_turn_tells_everything(driver: InProcessDriver) -> None:
    driver.begin({}, None)
    turn = driver.send("企业主体信息变更的材料清单", {})
    assert turn.facts == ("materials.subject_info.enterprise",)
    assert turn.understood == (turn.ranking[0][0], pytest.approx(turn.ranking[0][1]))
    assert len(turn.ranking) >= 5
    assert [event.name for event in turn.happenings if event.kind == "action"] == ["action_reply"]
    assert turn.happenings[1].message is not None or turn.happenings[1].kind == "slot"
    assert turn.slots["subject_kind"] == "enterprise"
    assert turn.ms > 0
    again = driver.send("那个人的呢", {})
    assert again.facts == ("materials.subject_info.individual",)
    assert len([event for event in again.happenings if event.kind == "bot"]) == 1


def test_conversations_know_nothing_of_each_other(driver: InProcessDriver) -> None:
    driver.begin({}, None)
    driver.send("我是企业，要变更主体信息，材料有哪些", {})
    driver.begin({}, None)
    assert driver.send("审核要多久", {}).slots.get("subject_kind") is None


def test_fixtures_fill_slots(driver: InProcessDriver) -> None:
    driver.begin({"subject_kind": "individual"}, None)
    turn = driver.send("主体信息变更要哪些材料", {})
    assert turn.facts == ("materials.subject_info.individual",)
    assert not [event for event in turn.happenings if event.name == "subject_kind"]
    with pytest.raises(KeyError, match="none_such"):
        driver.begin({"none_such": 1}, None)


def test_today_is_fixed_for_one_conversation(driver: InProcessDriver) -> None:
    before = os.environ.get(OVERRIDE)
    driver.begin({}, date(2026, 3, 2))
    assert today_in_china() == date(2026, 3, 2)
    driver.end()
    assert os.environ.get(OVERRIDE) == before


def test_a_text_that_is_turned_away_is_still_an_answer(driver: InProcessDriver) -> None:
    driver.begin({}, None)
    turn = driver.send("  ", {})
    assert turn.statuses == ("error",)
    assert [event.kind for event in turn.happenings] == ["bot"]
    assert turn.ranking == ()
