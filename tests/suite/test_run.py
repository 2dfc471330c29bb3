"""How a conversation is held."""

import random
from datetime import date
from pathlib import Path

import pytest

from beian_suite.files import parse_suite
from beian_suite.report import failure_text, label_of
from beian_suite.run import run_case

from .fakes import TableDriver, answer

TABLE = {
    "多久": {
        "messages": [
            {
                **answer("timeline.review", "审核要\n3-20个工作日"),
                "buttons": [{"title": "甲", "payload": "甲"}],
            }
        ],
        "actions": ["action_answer"],
        "slots": {"item": "server"},
        "label": "timeline/review",
    },
    "谢谢": {"messages": [answer("", "不客气", status="smalltalk", facts=[], sources=[])]},
}
TEXT = """\
fixtures:
  - company: [{subject_kind: enterprise}]
test_cases:
  - test_case: 时长
    fixtures: company
    today: 2026-03-02
    steps:
      - user: [多久, 几天]
        assertions:
          - fact: timeline.review
      - user: 谢谢
        assertions:
          - status: answered
          - bot_uttered: {text_matches: 再见}
      - user: 没有说到的
"""


def test_stops_at_the_first_step_with_problems() -> None:
    (case,) = parse_suite(Path("suite.yml"), TEXT)
    driver = TableDriver(TABLE)
    run = run_case(case, driver)
    assert driver.begun == [({"subject_kind": "enterprise"}, date(2026, 3, 2))]
    assert [text for text, _ in driver.heard] == ["多久", "谢谢"]
    assert [problem.kind for problem in run.problems] == ["status", "bot_uttered"]
    assert driver.ended == 1


def test_the_failure_tells_everything() -> None:
    (case,) = parse_suite(Path("suite.yml"), TEXT)
    text = failure_text(run_case(case, TableDriver(TABLE)))
    for words in (
        "suite.yml:11: 用例“时长”第 2 步未通过",
        "用户：多久",
        "助手：审核要",
        "3-20个工作日",
        "[甲]",
        "第 13 行 status",
        "期望：answered",
        "实际：smalltalk",
        "第 14 行 bot_uttered",
        "文字匹配 /再见/",
        "none 0.90 · other/label 0.05",
        "subject_kind = 'enterprise'，item = 'server'",
        "bot “不客气”",
    ):
        assert words in text


def test_variants_and_rewording() -> None:
    (case,) = parse_suite(Path("suite.yml"), TEXT)
    driver = TableDriver(TABLE)
    run = run_case(case, driver, variant=1, reword=lambda text: text + "！")
    assert driver.heard == [("几天！", {})]
    assert run.problems[0].actual == "没有"
    assert [label_of(case, number) for number in range(2)] == ["时长[1]", "时长[2]"]


def test_chance_is_the_same_in_every_case() -> None:
    (case,) = parse_suite(Path("suite.yml"), "test_cases:\n  - test_case: c\n    steps:\n      - user: a\n")
    drawn = []

    class Driver(TableDriver):
        def send(self, text, metadata):
            drawn.append(random.random())
            return super().send(text, metadata)

    for _ in range(2):
        run_case(case, Driver({}))
    assert drawn[0] == drawn[1]


def test_the_conversation_is_ended_when_the_driver_fails() -> None:
    (case,) = parse_suite(Path("suite.yml"), "test_cases:\n  - test_case: c\n    steps:\n      - user: a\n")

    class Driver(TableDriver):
        def send(self, text, metadata):
            raise OSError(text)

    driver = Driver({})
    with pytest.raises(OSError, match="a"):
        run_case(case, driver)
    assert driver.ended == 1
