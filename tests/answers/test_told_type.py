"""The type of a change that a message itself names."""

import pytest

from beian.kb import load_knowledge

KB = load_knowledge()
DAY = KB.phrase("told_type", "which_day")


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("我们公司改名了", "企业名称变了，属于主体信息变更"),
        ("网站改名字了", "网站名称变了，属于网站信息变更"),
        ("座机换了个号", "联系方式变了，属于主体信息变更"),
    ],
)
def test_a_change_that_is_told_gets_its_type_and_the_day_is_asked_for(answer, text, begins):
    reply, _ = answer(text)
    assert reply.text.startswith(begins)
    assert reply.text.endswith(DAY)
    assert len(reply.text.splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("法人的身份证换了新的，这属于哪类变更", "法定代表人的身份证变了"),
        ("法人代表的邮箱变了属于哪种变更", "法定代表人的联系方式变了"),
        ("网站负责人手机号变了算哪一类变更", "网站负责人的联系方式变了"),
    ],
)
def test_what_is_a_persons_is_not_the_person(answer, text, begins):
    reply, after = answer(text)
    assert reply.text.startswith(begins)
    assert len(after.matters) <= 1


def test_who_asks_is_not_asked_back(answer):
    reply, _ = answer("公司改名属于哪种变更")
    assert reply.text.startswith("企业名称变了")
    assert DAY not in reply.text


def test_which_changes_are_of_a_type_is_another_question(answer):
    reply, _ = answer("我们公司改名了", KB.question_of("type.subject_info"))
    assert "统一社会信用代码" in reply.text
