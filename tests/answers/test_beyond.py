"""What a question asks beyond a statement is not answered with the statement."""

import pytest

from beian.answers.beyond import beyond_its_words, lacks_length, line_without_length
from tests.dialogue.by_hand import KB

TRANSFER = "rejection.domain_mismatch"
AGAIN, ACCESS = "timeline.resubmit_deadline", "access.subject_or_responsible_change"


def test_a_rule_just_told_is_not_told_again_in_other_words(answer, kb):
    reply, _ = answer("域名持有者不一致被驳回怎么办", "过户期间域名还能用吗")
    assert reply.status == "uncovered"
    assert not reply.text.startswith(kb.phrase("verdict", TRANSFER)[:4])


def test_how_long_is_not_written(answer):
    reply, _ = answer("变更主体时网站会停吗", "会停多久")
    assert reply.status == "uncovered"
    assert "会停多久，文档没有写" in reply.text
    assert "supplement" not in reply.extra


def test_a_paper_of_the_list_in_hand_is_no_matter_of_formats(answer):
    reply, _ = answer("主体过户要什么材料", "协议要公证吗")
    assert reply.facts[0] == "materials.subject_transfer"
    assert "过户协议" in reply.text


def test_what_is_told_beyond_a_rule_is_not_its_very_case(answer):
    reply, _ = answer("营业执照换了新的，名字没变", "只是有效期变了")
    assert "没有单独写" in reply.text


@pytest.mark.parametrize("text", ["一定要先过户吗", "要先把域名过户过来吗"])
def test_a_rules_own_words_are_not_beyond_it(text):
    assert not beyond_its_words(text, [KB.facts[TRANSFER]], KB)


@pytest.mark.parametrize("text", ["可以先做公证吗", "旧机器能先退掉吗"])
def test_words_of_something_else_are(text):
    assert beyond_its_words(text, [KB.facts[TRANSFER]], KB)


def test_lengths():
    assert lacks_length("会停多久", "可能会暂停接入服务")
    assert not lacks_length("要多久", "通常 3-20个工作日")
    assert line_without_length("那重新备案大概要多久", [KB.facts[AGAIN]]) == "逾期可能需要重新备案。"
    assert line_without_length("重新提交要多久", [KB.facts[AGAIN]]) is None
    assert line_without_length("重新备案要交什么", [KB.facts[AGAIN]]) == KB.facts[AGAIN].consequence
    assert line_without_length("网站会停吗", [KB.facts[ACCESS]]) is None
