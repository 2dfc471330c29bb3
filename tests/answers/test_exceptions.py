"""Exceptions, and words that leave something open, are told as far as the document has them."""

import pytest

from beian.answers.exceptions import exceptions, hedged
from tests.dialogue.by_hand import KB, heard

DUE, USUALLY = "timeline.submit_deadline", "access.overview"


def test_a_rule_without_exceptions_has_none(answer):
    reply, _ = answer("材料造假有什么后果", "有例外吗")
    assert reply.text.startswith("文档没有写例外")
    assert reply.status == "uncovered"


def test_what_is_written_in_another_fact_is_told_with_it():
    text, also = exceptions([KB.facts[USUALLY]], heard("什么情况例外", USUALLY), KB)
    assert "暂停接入" in text
    assert set(also) == {"access.subject_or_responsible_change", "access.server_change"}


def test_who_asks_about_a_paper_is_answered_on_it(answer):
    reply, _ = answer("公司换法人要什么材料", "通知书没有可以例外不交吗")
    assert "不是人人必交" in reply.text


def test_nothing_is_said_of_exceptions_to_who_does_not_ask():
    assert exceptions([KB.facts[DUE]], heard("多久内交", DUE), KB) is None


@pytest.mark.parametrize(
    ("fact", "text", "said"),
    [
        (DUE, "你刚才说可能罚款，是多大可能", "“可能”就是不一定"),
        ("materials.subject_info.enterprise", "那个“如有”是什么意思", "有就交"),
        ("materials.subject_info.enterprise", "你说的“等”，还有别的吗", "没有列全"),
        ("rejection.resubmit", "你说建议核对，是必须的吗", "没有写成必须"),
        (USUALLY, "你说通常，通常是什么意思", "暂停接入"),
        (DUE, "一定会罚款吗", "不一定"),
    ],
)
def test_what_a_word_leaves_open(fact, text, said):
    assert said in hedged([KB.facts[fact]], heard(text, fact), KB)[0]


@pytest.mark.parametrize("text", ["要等多久", "可能要几天", "多久内交", "这个一定要交多少"])
def test_the_word_alone_asks_nothing(text):
    assert hedged([KB.facts[DUE]], heard(text, DUE), KB) is None


def test_every_exception_is_held_by_facts():
    for key in KB.phrases["exceptions"]:
        if "." in key:
            assert set(key.split("|")) <= set(KB.facts), key
