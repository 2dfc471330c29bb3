"""The file format: what is read, and that every fault is named with file and line."""

from datetime import date
from pathlib import Path

import pytest

from beian_suite.files import load_suite, parse_suite
from beian_suite.model import (
    ButtonWant,
    CardWant,
    Check,
    IntentWant,
    SlotWant,
    SourceWant,
    SuiteError,
    UtterWant,
)
from beian_suite.rasa_pro import ASSERTIONS, IGNORED
from beian_suite.texts import may_hold_cases

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
        ("- test_cases\n", 1, "应为“键: 值”"),
        ("common: {a: 1}\ntest_cases: []\n", 1, "不认识的键 common"),
        (_case("      - &a\n        user: *a\n"), 4, "锚点 &a 里引用了它自己"),
        (_case("      - user: a\n        <<: 1\n"), 5, "<< 后面"),
        (_case("      - user: 2026-13-45\n"), 4, "不存在的日期或数"),
        (_case("      - ? [a]\n        : b\n"), 4, "键应为文字"),
    ],
)
def test_faults_name_file_and_line(text: str, line: int, words: str) -> None:
    with pytest.raises(SuiteError) as caught:
        parse_suite(PATH, text)
    (problem,) = caught.value.problems
    assert problem.startswith(f"suite.yml:{line}: ")
    assert words in problem


def test_beside_assertions_the_older_steps_are_passed_over() -> None:
    """Rasa's own rule; what is passed over is counted, so that nobody takes it for checked."""
    text = _case(
        "      - user: a\n        assertions:\n          - fact: x\n      - user: b\n"
        "      - bot: c\n      - slot_was_set: [item: server, change_type]\n"
    )
    (case,) = parse_suite(PATH, text)
    assert [check.kind for check in case.steps[0].checks] == ["fact"]
    assert [(check.kind, check.want) for check in case.steps[1].checks] == [
        (IGNORED, "bot c"),
        (IGNORED, "slot_was_set item = 'server'、change_type"),
    ]
    (spoken,) = parse_suite(PATH, _case("      - user: b\n      - bot: c\n"))
    assert spoken.steps[0].checks[0].kind == "bot"


def test_equal_names_are_numbered() -> None:
    text = "test_cases:\n" + "".join(
        f"  - test_case: {name}\n    steps: [user: x]\n" for name in ("a", "a (2)", "a", "a")
    )
    assert [case.name for case in parse_suite(PATH, text)] == ["a", "a (2)", "a (3)", "a (4)"]


PRO = """\
stub_custom_actions:
  action_x: {events: []}
test_cases:
  - test_case: a
    steps:
      - user: a
        assertions:
          - flow_started: book
          - pattern_clarification_contains: [x, y]
          - generative_response_is_grounded: {threshold: 0.9, utter_name: utter_x}
          - fact: f
"""


def test_what_only_rasa_pro_can_check_is_accepted_by_choice() -> None:
    (case,) = parse_suite(PATH, PRO, rasa_pro=True)
    assert case.passed_over == ("stub_custom_actions",)
    assert [check.kind for check in case.steps[0].checks] == [*(ASSERTIONS[i] for i in (0, 3, 5)), "fact"]
    assert case.steps[0].checks[0].want == "book"
    with pytest.raises(SuiteError, match=r"suite.yml:1: stub_custom_actions .*--rasa-pro"):
        parse_suite(PATH, PRO)
    with pytest.raises(SuiteError, match="不认识的键 flow_startd"):
        parse_suite(PATH, PRO.replace("flow_started", "flow_startd"), rasa_pro=True)


def test_parts_are_repeated_by_anchors_and_merged() -> None:
    text = """\
common: &ask
  user: 多久
  assertions: &want
    - fact: timeline.review
test_cases:
  - test_case: a
    steps:
      - *ask
      - <<: *ask
        user: 几天
      - <<: [{user: x}, *ask]
  - test_case: b
    steps:
      - user: 多久
        assertions: *want
"""
    first, second = parse_suite(PATH, text)
    assert [step.texts for step in first.steps] == [("多久",), ("几天",), ("x",)]
    assert [step.checks[0].want for case in (first, second) for step in case.steps] == [
        ("timeline.review",)
    ] * 4


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_a_mark_at_the_beginning_is_no_part_of_the_text(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "a.yml"
    path.write_text(_case("      - user: 多久\n"), encoding=codec)
    assert load_suite(path)[0].name == "c"
    assert may_hold_cases(path)


@pytest.mark.parametrize(("codec", "words"), [("gbk", ":4: 不是 UTF-8"), ("utf-16", ":1: 是 UTF-16")])
def test_other_encodings_are_told(tmp_path: Path, codec: str, words: str) -> None:
    path = tmp_path / "a.yml"
    path.write_text(_case("      - user: 多久\n"), encoding=codec)
    with pytest.raises(SuiteError, match=words):
        load_suite(path)
    assert may_hold_cases(path)


def test_what_is_too_deep_is_told() -> None:
    with pytest.raises(SuiteError, match="太深"):
        parse_suite(PATH, "[" * 80 + "]" * 80)


def test_which_files_may_hold_cases(tmp_path: Path) -> None:
    texts = {"# only this\n\n": True, "": True, "version: 3\n": False, "# x\ntest_cases: []\n": True}
    for number, (text, may) in enumerate(texts.items()):
        path = tmp_path / f"{number}.yml"
        path.write_text(text, encoding="utf-8")
        assert may_hold_cases(path) is may, text
    with pytest.raises(SuiteError, match="读不了"):
        load_suite(tmp_path / "none.yml")


def test_whatever_stands_in_a_file_is_cases_or_a_sentence() -> None:
    """Every line of a file left out, doubled, moved, or with a sign that means something to YAML."""
    lines = PRO.splitlines(keepends=True)
    signs = (
        "- ",
        "? ",
        "&a ",
        "*a ",
        "!!int ",
        "[",
        "{",
        "'",
        "|",
        "\t",
        "%",
        "\0",
        "0x",
        "2026-02-30 ",
        "<<: ",
    )
    texts = ["".join(lines[:at] + lines[at + 1 :]) for at in range(len(lines))]
    texts += ["".join([*lines[:at], lines[at], *lines[at:]]) for at in range(len(lines))]
    for sign in signs:
        for at, line in enumerate(lines):
            bare = len(line) - len(line.lstrip())
            head, colon, tail = line.partition(": ")
            for changed in (line[:bare] + sign + line[bare:], head + colon + sign + tail):
                texts.append("".join([*lines[:at], changed, *lines[at + 1 :]]))
    for text in texts:
        try:
            parse_suite(PATH, text, rasa_pro=True)
        except SuiteError as error:
            assert all(problem.startswith("suite.yml:") for problem in error.problems)


def test_all_faults_are_told_at_once() -> None:
    text = _case("      - user: a\n        assertions:\n          - fcat: x\n          - status: done\n")
    with pytest.raises(SuiteError) as caught:
        parse_suite(PATH, text)
    assert [problem.split(":")[1] for problem in caught.value.problems] == ["6", "7"]
