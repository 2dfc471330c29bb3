"""Two things side by side: which two, and what sets them apart."""

import pytest

from beian.answers.compare import both_compared, compared
from beian.kb import load_knowledge
from beian.meaning.state import Discourse

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
