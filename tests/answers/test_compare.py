"""Two things side by side: which two, and what sets them apart."""

import pytest

from beian.answers.compare import both_compared, compared
from beian.kb import load_knowledge
from beian.meaning.state import Discourse
from tests.dialogue.by_hand import heard as by_hand

KB = load_knowledge()
SUBMIT, RESUBMIT = "timeline.submit_deadline", "timeline.resubmit_deadline"


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("主体信息变更和主体过户有什么区别", {"type.subject_info", "type.subject_transfer"}),
        ("驳回的30天和变更的30天是一个吗", {SUBMIT, RESUBMIT}),
    ],
)
def test_both_sides_are_meant(hear, text, pair):
    meaning = both_compared(hear(text), KB).meaning
    assert set(meaning.targets) == pair
    assert meaning.manner == "compare"


@pytest.mark.parametrize("text", ["审核要多久", "主体过户要哪些材料"])
def test_what_compares_nothing_is_left_alone(hear, text):
    heard = hear(text)
    assert both_compared(heard, KB) == heard


def test_both_are_told_in_a_line_each():
    reply = compared((SUBMIT, RESUBMIT), Discourse(), KB)
    lines = reply.text.splitlines()
    assert lines[0] == KB.phrase("compare", f"{SUBMIT}|{RESUBMIT}")
    assert len(lines) == 3
    assert reply.facts == (SUBMIT, RESUBMIT)
    assert reply.card == {"type": "comparison", "title": lines[0], "items": lines[1:]}


def test_the_order_does_not_matter():
    turned = compared((RESUBMIT, SUBMIT), Discourse(), KB)
    assert turned.text.startswith(KB.phrase("compare", f"{SUBMIT}|{RESUBMIT}"))
    other = compared(("access.overview", "notice.naming"), Discourse(), KB)
    assert other.text.startswith(KB.phrase("compare", "other"))


def test_every_pair_is_of_facts():
    for key in KB.phrases["compare"]:
        if "|" in key:
            assert set(key.split("|")) <= set(KB.facts)


PERIODS = {"timeline.submit_deadline", "timeline.resubmit_deadline"}


@pytest.mark.parametrize(
    "texts",
    [
        ("提交变更和驳回重提的两个30日是否同一期限",),
        ("被驳回多久内重新提交", "跟信息变更那个三十天会不会算到一起"),
        ("11月9号被驳回，最晚几号重新交", "驳回后这30天和变更的30天有啥区别"),
    ],
)
def test_two_periods_of_so_many_days_stand_side_by_side(answer, texts):
    reply, _ = answer(*texts)
    assert set(reply.facts) == PERIODS
    assert reply.card["type"] == "comparison"


def test_two_matters_are_two(answer):
    reply, _ = answer("审核要多久", "这个和30天是两码事吧")
    assert set(reply.facts) == {"timeline.review", "timeline.submit_deadline"}


@pytest.mark.parametrize("asked", ["那域名过户和备案过户是一回事吗", "我是问两个过户有什么区别"])
def test_two_of_one_word_are_not_the_same(answer, kb, asked):
    reply, _ = answer("域名持有者不一致被驳回怎么办", asked)
    assert set(reply.facts) == {"rejection.domain_mismatch", "type.subject_transfer"}
    assert reply.text.startswith("不是一回事")


def test_degrees_of_lateness_are_no_two_rules(answer):
    reply, _ = answer("信息变了多久内要交变更", "逾期一天和逾期一个月有区别吗")
    assert reply.facts == ("timeline.submit_deadline",)


def test_two_periods_are_meant_however_the_message_was_read():
    read = both_compared(by_hand("两个30天是一回事吗", SUBMIT), KB)
    assert (set(read.meaning.targets), read.meaning.manner) == (PERIODS, "compare")
