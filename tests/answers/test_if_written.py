"""Whether something is written at all."""

import pytest

from beian.answers.case import case_text
from beian.kb import load_knowledge
from beian.meaning.state import Discourse, Matter

KB = load_knowledge()
TYPE = "公司股权变了属于哪种变更"


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("股权变更文档有没有规定？没有就直说", "股权变更"),
        ("我问的是组织形式文档里写没写", "组织形式"),
        ("理事变更文档有提到吗", "理事变更"),
    ],
)
def test_what_is_written_nowhere_is_named(answer, text, thing):
    reply, _ = answer(TYPE, text)
    assert reply.status == "uncovered"
    assert reply.text.startswith(f"文档没有写“{thing}”")
    assert "明白了" not in reply.text


@pytest.mark.parametrize("text", ["公章文档里有没有写", "法人变更文档有规定吗", "黑名单文档有没有提"])
def test_what_is_written_is_not_denied(answer, text):
    reply, _ = answer("公司改名要什么材料", text)
    assert not reply.text.startswith("文档没有写“")


def test_a_case_is_told_once():
    same = Matter(change_type="subject_info")
    assert case_text(Discourse(focus=same, matters=(same, same)), KB).count("主体信息变更") == 1
