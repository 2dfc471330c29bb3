"""A question of the last message that was not answered."""

import pytest

from beian.hearing.missed import place_missed
from beian.meaning.said import LAST

TWO = "换法人要什么材料？审核要多久"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("第一个问题你没答", "materials.subject_info.enterprise"),
        ("你头一个问题没回我", "materials.subject_info.enterprise"),
        ("第二个问题呢，没回", "timeline.review"),
        ("后面那个问题你没说", "timeline.review"),
    ],
)
def test_it_is_answered_by_its_place(answer, text, fact):
    reply, _ = answer(TWO, text)
    assert reply.facts == (fact,) and reply.status == "answered"


def test_who_we_are_may_be_one_of_them(answer):
    reply, _ = answer("你是AI吧？再说公司搬到隔壁区备案要不要动", "第一个问题你没回")
    assert "自动问答程序" in reply.text


def test_what_is_not_known_is_asked_for(answer):
    reply, _ = answer("换法人要什么材料", "第二个问题你没回答我")
    assert reply.status == "clarify" and "再发一次" in reply.text


@pytest.mark.parametrize("text", ["第一个问题是什么", "管局没回我", "第一个是什么", "我问的第一个问题"])
def test_other_words_miss_nothing(text):
    assert place_missed(text) is None


def test_the_last_is_the_last():
    assert place_missed("最后一个问题没回") == LAST
