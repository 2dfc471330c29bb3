"""The file format: what is read, and that every fault is named with file and line."""

from datetime import date
from pathlib import Path

import pytest

from beian.testing.files import parse_suite
from beian.testing.model import (
    ButtonWant,
    CardWant,
    Check,
    IntentWant,
    SlotWant,
    SourceWant,
    SuiteError,
    UtterWant,
)

PATH = Path("suite.yml")
WHOLE = """\
fixtures:
  - company:
      - subject_kind: enterprise
      - asked_back: 1
metadata:
  - phone:
      device: phone
test_cases:
  - test_case: whole
    fixtures: [company]
    metadata: phone
    today: 2026-03-02
    steps:
      - user: [a, b]
        metadata: phone
        assertion_order_enabled: true
        assertions:
          - action_executed: action_answer
          - slot_was_set:
              - name: item
                value: server
              - name: change_type
          - slot_was_not_set:
              - name: subject_kind
          - bot_uttered:
              utter_name: utter_x
              text_matches: "a+"
              buttons:
                - title: one
                  payload: two
          - bot_did_not_utter:
              text_matches: b
          - fact: f
          - facts_at_most: 1
          - source: [here, {section: s, layer: procedure}]
          - status: [answered, clarify]
          - card: {type: steps, title: t, items: [i]}
          - card: none
          - intent: {name: timeline/review, min_confidence: 0.5}
          - handoff: false
          - text_not_matches: [x, y]
          - max_ms: 300
      - user: 2
"""


def test_reads_everything() -> None:
    (case,) = parse_suite(PATH, WHOLE)
    assert (case.name, case.line, case.today) == ("whole", 9, date(2026, 3, 2))
    assert case.slots == {"subject_kind": "enterprise", "asked_back": 1}
    assert case.metadata == {"device": "phone"}
    first, second = case.steps
    assert first.texts == ("a", "b")
    assert first.ordered
    assert first.metadata == {"device": "phone"}
    assert second.texts == ("2",)
    assert [(check.kind, check.want) for check in first.checks] == [
        ("action_executed", "action_answer"),
        ("slot_was_set", (SlotWant("item", "server", False), SlotWant("change_type"))),
        ("slot_was_not_set", (SlotWant("subject_kind"),)),
        ("bot_uttered", UtterWant("utter_x", "a+", (ButtonWant("one", "two"),))),
        ("bot_did_not_utter", UtterWant(None, "b")),
        ("fact", ("f",)),
        ("facts_at_most", 1),
        ("source", (SourceWant("here"), SourceWant("s", None, "procedure"))),
        ("status", ("answered", "clarify")),
        ("card", CardWant("steps", "t", ("i",))),
        ("card", CardWant("none")),
        ("intent", IntentWant("timeline/review", 0.5)),
        ("handoff", False),
        ("text_not_matches", ("x", "y")),
        ("max_ms", 300.0),
    ]
    assert first.checks[0].line == 18


def test_paraphrases_are_used_once_each() -> None:
    text = "test_cases:\n  - test_case: c\n    steps:\n      - user: [a, b, c]\n      - user: [x, y]\n"
    (case,) = parse_suite(PATH, text)
    assert case.variants == 3
    assert [case.texts(number) for number in range(3)] == [["a", "x"], ["b", "y"], ["c", "x"]]


def test_steps_of_rasa_pro() -> None:
    text = """\
test_cases:
  - test_case: c
    steps:
      - user: hi
      - bot: Hello!
      - utter: utter_ask
      - slot_was_set:
          - name
          - size: 5
      - slot_was_not_set:
          - other
"""
    (case,) = parse_suite(PATH, text)
    assert case.steps[0].checks == (
        Check("bot", "Hello!", 5),
        Check("utter", "utter_ask", 6),
        Check("slot_was_set", (SlotWant("name"), SlotWant("size", 5, False)), 7),
        Check("slot_was_not_set", (SlotWant("other"),), 10),
    )


def _case(steps: str) -> str:
    return "test_cases:\n  - test_case: c\n    steps:\n" + steps


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "空的"),
        ("fixtures: []\n", 1, "缺少 test_cases"),
        ("test_cases: []\n", 1, "至少有一个用例"),
        ("tests: []\n", 1, "不认识的键 tests"),
        ("test_cases:\n  - test_case: a\n    step: []\n", 3, "不认识的键 step"),
        ("test_cases:\n  - test_case: a\n", 2, "缺少 steps"),
        ("test_cases:\n  - test_case: a\n    steps: [\n", 4, "YAML"),
        (_case("      - user: a\n        user: b\n"), 5, "重复"),
        (_case("      - bot: a\n"), 4, "第一步应为 user"),
        (_case("      - user: a\n      - says: b\n"), 5, "不认识的键 says"),
        (_case("      - user: a\n      - bot: b\n        utter: c\n"), 5, "只能有一个键"),
        (_case("      - user: a\n        assertion: []\n"), 5, "不认识的键 assertion"),
        (_case("      - user: []\n"), 4, "空的列表"),
        (_case("      - user:\n"), 4, "应为文字"),
        (_case("      - user: a\n        assertions: []\n"), 5, "至少有一项"),
        (_case("      - user: a\n        assertions:\n          - fcat: x\n"), 6, "不认识的键 fcat"),
        (_case("      - user: a\n        assertions:\n          - flow_started: x\n"), 6, "Rasa Pro"),
        (_case("      - user: a\n        assertions:\n          - status: done\n"), 6, "没有状态 done"),
        (_case("      - user: a\n        assertions:\n          - card: table\n"), 6, "没有卡片类型"),
        (_case("      - user: a\n        assertions:\n          - text_not_matches: '('\n"), 6, "正则"),
        (_case("      - user: a\n        assertions:\n          - facts_at_most: 1.5\n"), 6, "整数"),
        (_case("      - user: a\n        assertions:\n          - facts_at_most: -1\n"), 6, "不小于 0"),
        (_case("      - user: a\n        assertions:\n          - handoff: maybe\n"), 6, "true 或 false"),
        (
            _case("      - user: a\n        assertions:\n          - intent: {confidence: 1}\n"),
            6,
            "confidence",
        ),
        (
            _case("      - user: a\n        assertions:\n          - intent: {name: a, min_confidence: 2}\n"),
            6,
            "0 与 1",
        ),
        (
            _case("      - user: a\n        assertions:\n          - bot_uttered:\n              text: a\n"),
            7,
            "不认识的键 text",
        ),
        (
            _case("      - user: a\n        assertions:\n          - slot_was_set:\n              - a: 1\n"),
            7,
            "键 a",
        ),
        (_case("      - user: a\n        metadata: none_such\n"), 5, "没有 none_such"),
        ("test_cases:\n  - test_case: a\n    today: monday\n    steps:\n      - user: a\n", 3, "2026-03-02"),
        (
            "test_cases:\n  - test_case: a\n    steps: [user: a]\n  - test_case: a\n    steps: [user: a]\n",
            4,
            "用例名 a 重复",
        ),
    ],
)
def test_faults_name_file_and_line(text: str, line: int, words: str) -> None:
    with pytest.raises(SuiteError) as caught:
        parse_suite(PATH, text)
    (problem,) = caught.value.problems
    assert problem.startswith(f"suite.yml:{line}: ")
    assert words in problem


def test_assertions_and_spoken_steps_do_not_mix() -> None:
    text = _case(
        "      - user: a\n        assertions:\n          - fact: x\n      - user: b\n      - bot: c\n"
    )
    with pytest.raises(SuiteError, match=r"suite.yml:8: .*assertions（第 4 行）.*bot 或 utter（第 8 行）"):
        parse_suite(PATH, text)


def test_all_faults_are_told_at_once() -> None:
    text = _case("      - user: a\n        assertions:\n          - fcat: x\n          - status: done\n")
    with pytest.raises(SuiteError) as caught:
        parse_suite(PATH, text)
    assert [problem.split(":")[1] for problem in caught.value.problems] == ["6", "7"]
