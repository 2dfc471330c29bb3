"""Every assertion, met and not met."""

from typing import Any

import pytest

from beian_suite.checks import Result, check_step
from beian_suite.expectations import READERS
from beian_suite.files import parse_suite
from beian_suite.model import Step
from beian_suite.turn import Happening, Turn

from .fakes import answer, turn
from .test_files import PATH

ACTION = Happening("action", "action_answer")
SLOT = Happening("slot", "item", "server")
CARD = {"type": "steps", "title": "第一步", "items": ["登录", "选择"]}
SAID = {
    **answer("timeline.review", "审核要 3-20个工作日", card=CARD),
    "buttons": [{"title": "甲", "payload": "乙"}],
}
TURN = turn(SAID, events=(ACTION, SLOT), slots={"item": "server"})


def _check(given: Turn, assertions: str, ordered: bool = False) -> Result:
    indented = "\n".join("            " + line for line in assertions.splitlines())
    text = (
        "test_cases:\n  - test_case: c\n    steps:\n      - user: a\n"
        f"        assertion_order_enabled: {str(ordered).lower()}\n        assertions:\n"
        f"          -\n{indented}\n"
    )
    (case,) = parse_suite(PATH, text)
    return check_step(case.steps[0], given)


@pytest.mark.parametrize(
    ("met", "unmet", "actual"),
    [
        ("action_executed: action_answer", "action_executed: action_other", "action_answer"),
        ("slot_was_set: [{name: item}]", "slot_was_set: [{name: change_type}]", "item = 'server'"),
        (
            "slot_was_set: [{name: item, value: server}]",
            "slot_was_set: [{name: item, value: name}]",
            "item = 'server'",
        ),
        (
            "slot_was_not_set: [{name: item, value: name}]",
            "slot_was_not_set: [{name: item}]",
            "item = 'server'",
        ),
        (
            "bot_uttered: {text_matches: '3-\\d+个'}",
            "bot_uttered: {text_matches: '^3'}",
            "审核要 3-20个工作日",
        ),
        ("bot_uttered: {buttons: [{title: 甲}]}", "bot_uttered: {buttons: [{title: 丙}]}", "甲 → 乙"),
        (
            "bot_uttered: {buttons: [{title: 甲, payload: 乙}]}",
            "bot_uttered: {buttons: [{title: 甲, payload: 甲}]}",
            "甲 → 乙",
        ),
        ("bot_did_not_utter: {text_matches: 驳回}", "bot_did_not_utter: {text_matches: 审核}", "审核要"),
        ("bot_did_not_utter: {buttons: [{title: 丙}]}", "bot_did_not_utter: {buttons: [{title: 甲}]}", "甲"),
        ("fact: timeline.review", "fact: [timeline.review, contact.support]", "timeline.review"),
        ("facts_at_most: 1", "facts_at_most: 0", "1 个"),
        ("source: 等待管局审核", "source: 准备变更材料", "等待管局审核"),
        (
            "source: {fact: timeline.review, layer: procedure}",
            "source: {fact: timeline.review, layer: more}",
            "procedure",
        ),
        ("status: [clarify, answered]", "status: clarify", "answered"),
        ("card: steps", "card: checklist", "steps"),
        ("card: {type: steps, title: 一步, items: 登}", "card: {type: steps, items: [登录, 提交]}", "登录"),
        ("intent: timeline", "intent: contact", "timeline/review 0.90"),
        (
            "intent: {name: timeline/review, min_confidence: 0.9}",
            "intent: {name: timeline/review, min_confidence: 0.91}",
            "0.90",
        ),
        ("handoff: false", "handoff: true", "没有转人工"),
        ("text_not_matches: [驳回, 退回]", "text_not_matches: [驳回, 工作日]", "出现了“工作日”"),
        ("max_ms: 5", "max_ms: 4", "5 ms"),
    ],
)
def test_met_and_unmet(met: str, unmet: str, actual: str) -> None:
    assert _check(TURN, met).problems == []
    (problem,) = _check(TURN, unmet).problems
    assert problem.kind == unmet.partition(":")[0]
    assert problem.line == 8
    assert actual in problem.actual


def test_no_assertion_is_left_untested() -> None:
    (parameters,) = (mark for mark in test_met_and_unmet.pytestmark if mark.name == "parametrize")
    assert {met.partition(":")[0] for met, _, _ in parameters.args[1]} == set(READERS)


def test_card_none() -> None:
    assert _check(turn(answer("a.b", "x")), "card: none").problems == []
    assert "有卡片 steps" in _check(TURN, "card: none").problems[0].actual


def test_a_slot_set_to_nothing_is_not_set() -> None:
    emptied = turn(SAID, events=(Happening("slot", "item", None),))
    assert _check(emptied, "slot_was_set: [{name: item}]").problems
    assert not _check(emptied, "slot_was_set: [{name: item, value: null}]").problems
    assert not _check(emptied, "slot_was_not_set: [{name: item}]").problems


def test_utterance_name() -> None:
    named = turn({"text": "Hello", "utter": "utter_greet"})
    assert not _check(named, "bot_uttered: {utter_name: utter_greet}").problems
    (problem,) = _check(named, "bot_uttered: {utter_name: utter_bye}").problems
    assert "utter_greet" in problem.actual


def test_parts_of_an_utterance_belong_to_one_message() -> None:
    two = turn({"text": "one", "buttons": [{"title": "b", "payload": "b"}]}, {"text": "two"})
    assert _check(two, "bot_uttered: {text_matches: two, buttons: [{title: b}]}").problems


def test_what_was_looked_at_is_counted() -> None:
    assert (_check(TURN, "status: answered").seen, _check(TURN, "status: clarify").seen) == (1, 1)


def test_in_order_one_happening_meets_one_assertion() -> None:
    twice = turn(SAID, events=(ACTION, ACTION))
    wanted = _spoken_in_order("action_executed: action_answer", "action_executed: action_answer")
    assert not check_step(wanted, twice).problems
    assert len(check_step(wanted, TURN).problems) == 1


def _spoken_in_order(*assertions: str) -> Step:
    lines = "".join(f"          - {one}\n" for one in assertions)
    (case,) = parse_suite(
        PATH,
        "test_cases:\n  - test_case: c\n    steps:\n      - user: a\n"
        f"        assertion_order_enabled: true\n        assertions:\n{lines}",
    )
    return case.steps[0]


def test_order() -> None:
    right = "action_executed: action_answer\nslot_was_set: [{name: item}]\nbot_uttered: {text_matches: 审核}"
    wrong = "bot_uttered: {text_matches: 审核}\naction_executed: action_answer"
    assert not _check(TURN, right, ordered=True).problems
    assert not _check(TURN, wrong).problems
    (problem,) = _check(TURN, wrong, ordered=True).problems
    assert problem.kind == "action_executed"


def _spoken(*checks: str) -> Step:
    lines = "".join(f"      - {check}\n" for check in checks)
    (case,) = parse_suite(PATH, "test_cases:\n  - test_case: c\n    steps:\n      - user: a\n" + lines)
    return case.steps[0]


def test_bot_steps_follow_the_messages_one_by_one() -> None:
    two = turn({"text": "one"}, {"text": "two", "utter": "utter_two"})
    assert not check_step(_spoken("bot: one", "utter: utter_two"), two).problems
    assert check_step(_spoken("bot: two"), two).problems[0].actual == "one"
    for part in ("on", "ne", "one two"):
        assert check_step(_spoken(f"bot: {part}"), two).problems, part
    assert not check_step(_spoken("bot: ' one '"), two).problems
    assert check_step(_spoken("bot: one", "bot: two", "bot: three"), two).problems[0].actual == "没有更多回复"
    assert "没有名称" in check_step(_spoken("utter: utter_one"), two).problems[0].actual


BLIND: dict[str, Any] = {"sees_actions": False, "seen_slots": frozenset({"item"})}


@pytest.mark.parametrize(
    "assertion",
    [
        "action_executed: action_other",
        "slot_was_set: [{name: change_type}]",
        "slot_was_not_set: [{name: change_type}]",
        "bot_uttered: {utter_name: utter_x}",
        "bot_did_not_utter: {utter_name: utter_x}",
    ],
)
def test_what_cannot_be_seen_is_counted_and_not_judged(assertion: str) -> None:
    result = _check(turn(SAID, **BLIND), assertion)
    assert (result.problems, result.seen, len(result.unseen)) == ([], 0, 1)
    assert result.unseen[0].startswith(assertion.partition(":")[0])


def test_over_http_a_slot_counts_by_its_value() -> None:
    held = turn(SAID, slots={"item": "server"}, **BLIND)
    assert not _check(held, "slot_was_set: [{name: item, value: server}]").problems
    assert _check(held, "slot_was_set: [{name: item, value: name}]").problems
    # A named utterance with more to it is judged by the rest.
    assert _check(held, "bot_uttered: {utter_name: utter_x, text_matches: 驳回}").problems
    assert not _check(held, "bot_uttered: {utter_name: utter_x, text_matches: 审核}").problems
