"""The reply contract is checked on every answer."""

from typing import Any

import pytest

from beian_suite.contract import check_contract

from .fakes import SOURCE, answer, turn

GOOD = {
    **answer(
        "timeline.review",
        "要 3-20个\n工作日",
        card={"type": "deadline", "title": "", "items": ["3-20个工作日"]},
    ),
    "buttons": [{"title": "甲", "payload": "甲"}],
}


def _changed(**custom: Any) -> dict[str, Any]:
    return {**GOOD, "custom": {**GOOD["custom"], **custom}}


def test_a_good_answer_has_no_breaches() -> None:
    assert check_contract(turn(GOOD), 3) == []


def test_other_bots_are_not_bound() -> None:
    assert check_contract(turn({"text": ""}, {"text": "{name}"}), 3) == []


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (_changed(status="done"), "status"),
        ({**GOOD, "text": " "}, "text 不为空"),
        ({**GOOD, "text": "要 3-20个工作日 {item}"}, "占位符"),
        (_changed(kb_version=None), "kb_version"),
        (_changed(understood=None), "understood"),
        (_changed(sources=[]), "出处"),
        (_changed(sources=[{"fact": "timeline.review", "section": "", "layer": "procedure"}]), "出处"),
        (_changed(sources=[{"fact": "contact.support", **SOURCE}]), "出处"),
        (_changed(facts=[], sources=[]), "至少有一条事实"),
        (_changed(facts=["a"] * 5, sources=[{"fact": "a", **SOURCE}] * 5), "最多 4 条"),
        ({**GOOD, "buttons": [{"title": "甲", "payload": ""}]}, "按钮有 title"),
        ({**GOOD, "buttons": [{"title": "甲", "payload": "/restart"}]}, "用户会说的话"),
        (_changed(card={"type": "steps", "items": ["别的"]}), "卡片的内容"),
    ],
)
def test_breaches(message: dict[str, Any], words: str) -> None:
    problems = check_contract(turn(message), 3)
    assert [problem.line for problem in problems] == [3] * len(problems)
    assert any(words in problem.expected for problem in problems)


def test_one_message_a_turn() -> None:
    assert "2 条" in check_contract(turn(GOOD, GOOD), 3)[-1].actual
