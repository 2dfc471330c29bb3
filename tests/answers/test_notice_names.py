"""The name that a notice quotes is checked, and the forbidden word said."""

import pytest

from beian.answers.notice_names import fault_of_the_name, number_of_line, on_the_name
from beian.kb import load_knowledge

KB = load_knowledge()
NOTICE = "驳回原因：①网站名称“中华茶馆”不符合要求②法人姓名填写错误"


def test_the_word_is_said_in_the_line(answer):
    reply, state = answer(NOTICE)
    first, second, *_ = reply.text.splitlines()
    assert "“中华”" in first.partition("：")[2]
    assert "中华" not in second
    assert state.entries == ("rejection.naming", "rejection.info_mismatch")


@pytest.mark.parametrize("text", ["①是哪个字的问题", "1哪里违规了", "名称到底哪个词不行", "第一条怎么改"])
def test_and_again_when_it_is_asked(answer, text):
    reply, _ = answer(NOTICE, text)
    assert reply.facts[0] == "rejection.naming"
    assert "“中华”" in reply.text.splitlines()[0]


def test_another_line_is_not_about_the_name(answer):
    reply, _ = answer(NOTICE, "②怎么改")
    assert reply.facts[0] == "rejection.info_mismatch"
    assert "中华" not in reply.text


def test_a_name_without_such_a_word_is_said_to_have_none(answer):
    reply, _ = answer("驳回原因：1.网站名称“绿叶书屋”不规范 2.域名持有者与主体不一致")
    assert "“绿叶书屋”里没有" in reply.text.splitlines()[0]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("网站名称“国家地理”违规", ("国家",)),
        ("网站名含“政府”字样", ("政府",)),
        ("网站名称不符合国家规定", ()),
        ("网站名称不符合要求", ()),
    ],
)
def test_what_a_line_quotes(line, words):
    found = fault_of_the_name(line, KB)
    assert tuple(word for verdict in found for word in verdict.broken) == words
    assert (on_the_name(found, KB) is None) == (not found)


@pytest.mark.parametrize(
    ("text", "place"),
    [("2怎么改", 2), ("那1呢", 1), ("3怎么改", None), ("2个都改吗", None), ("12月1号", None)],
)
def test_a_line_by_its_bare_number(text, place):
    assert number_of_line(text, 2) == place
