"""What was exercised, and what not."""

from pathlib import Path

import pytest

from beian_suite.coverage import Coverage, below_floor, read_floor, table, universe_of
from beian_suite.turn import Happening

from .fakes import answer, turn

DATA = """\
version: "3.1"
nlu:
  - intent: timeline/review
    examples: |
      - 多久
  - intent: contact/support
    examples: |
      - 电话
rules:
  - rule: times
    steps:
      - intent: timeline
      - action: action_answer
stories:
  - story: times and contact
    steps:
      - intent: timeline
      - action: action_answer
      - or:
          - intent: contact
          - intent: help
      - action: action_answer
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "all.yml").write_text(DATA, encoding="utf-8")
    (tmp_path / "domain.yml").write_text(
        "actions: [action_answer, action_manners: {send_domain: true}]\nresponses: {utter_x: []}\n",
        encoding="utf-8",
    )
    return tmp_path


def _asked(label: str, fact: str, text: str = "问"):
    custom = {"understood": {"intent": label, "confidence": 0.9}}
    return turn(
        answer(fact, "答", **custom),
        events=(Happening("action", "action_answer"),),
        text=text,
        ranking=((label, 0.9),),
    )


def test_counts_and_what_is_missing(root: Path) -> None:
    coverage = Coverage()
    coverage.add([_asked("timeline/review", "timeline.review")])
    report = coverage.report(universe_of(root))
    assert report["labels"]["missing"] == ["contact/support"]
    assert report["actions"]["missing"] == ["action_manners", "utter_x"]
    assert report["rules"]["percent"] == 100
    assert report["stories"]["missing"] == ["times and contact"]
    assert report["statuses"]["exercised"] == 1
    assert report["facts"] == {"known": 0, "exercised": 0, "percent": 100.0, "missing": []}


def test_a_story_needs_its_steps_in_one_conversation(root: Path) -> None:
    first, second = _asked("timeline/review", "timeline.review"), _asked("contact/support", "contact.support")
    apart, together = Coverage(), Coverage()
    apart.add([first])
    apart.add([second])
    together.add([first, second])
    assert apart.report(universe_of(root))["stories"]["exercised"] == 0
    assert together.report(universe_of(root))["stories"]["exercised"] == 1


def test_a_loop_takes_any_number_of_turns(root: Path) -> None:
    story = """
stories:
  - story: guided
    steps:
      - intent: timeline
      - action: action_answer
      - active_loop: form
      - slot_was_set: [x: 1]
      - active_loop: null
      - action: action_done
"""
    (root / "data" / "form.yml").write_text(story, encoding="utf-8")
    begin, between = (
        _asked("timeline/review", "timeline.review"),
        _asked("contact/support", "contact.support"),
    )
    end = turn(answer("a.b", "答"), events=(Happening("action", "action_done"),), ranking=(("x/y", 1.0),))
    for turns, done in (([begin, between, end], True), ([begin, end], True), ([between, end], False)):
        coverage = Coverage()
        coverage.add(turns)
        missing = coverage.report(universe_of(root))["stories"]["missing"]
        assert ("guided" not in missing) is done


def test_buttons_count_when_they_are_pressed() -> None:
    universe = universe_of(Path("/nowhere"))
    universe.names |= {"buttons": ["审核要多久", "提交"], "facts": ["timeline.review", "contact.support"]}
    button = "审核要多久"
    coverage = Coverage()
    coverage.add([_asked("timeline/review", "timeline.review", text=button)])
    report = coverage.report(universe)
    assert report["buttons"]["missing"] == ["提交"]
    assert report["facts"]["missing"] == ["contact.support"]


def test_workers_are_summed(root: Path) -> None:
    one, other = Coverage(), Coverage()
    one.add([_asked("timeline/review", "timeline.review")])
    other.add([_asked("contact/support", "contact.support")])
    one.merge(other.as_data())
    report = one.report(universe_of(root))
    assert report["labels"]["percent"] == 100
    assert report["rules"]["percent"] == 100


def test_floor() -> None:
    assert read_floor("facts=100, statuses=50") == {"facts": 100, "statuses": 50}
    assert set(read_floor("90").values()) == {90}
    for wrong in ("fact=1", "much"):
        with pytest.raises(ValueError, match=r".+"):
            read_floor(wrong)
    report = Coverage().report(universe_of(Path("/nowhere")))
    (line,) = below_floor(report, {"statuses": 1, "facts": 100})
    assert "回复状态" in line
    assert "answered" in line


def test_the_table_names_what_is_missing(root: Path) -> None:
    text = "\n".join(table(Coverage().report(universe_of(root)), most=1))
    assert "未覆盖：timeline/review 等 2 个" in text
    assert "事实" not in text


def test_what_a_driver_cannot_see_is_no_gap(root: Path) -> None:
    coverage = Coverage()
    coverage.add([turn(answer("timeline.review", "答"), sees_actions=False)])
    report = coverage.report(universe_of(root))
    assert not {"rules", "stories", "actions"} & set(report)
    assert any("动作" in line and "看不到" in line for line in table(report))
    assert below_floor(report, {"actions": 1}) == ["动作经 HTTP 看不到，不能设下限"]
