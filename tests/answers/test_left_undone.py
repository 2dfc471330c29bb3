"""What happens if a change is not filed."""

from dataclasses import replace

import pytest

from beian.answers.left_undone import left_undone
from beian.kb import load_knowledge
from tests.dialogue.by_hand import heard

KB = load_knowledge()
DUE = "timeline.submit_deadline"


@pytest.mark.parametrize(
    "text", ["公司地址搬了，备案不改会怎样", "公司改名了，备案拖着不办行不行", "法人换了，不去变更有后果没"]
)
def test_the_consequence_is_told(answer, text):
    reply, _ = answer(text)
    assert DUE in reply.facts and "罚款" in reply.text


@pytest.mark.parametrize(
    "text", ["公司地址没动，只换了法人，属于哪类", "公司改名了，要怎么改备案", "换了法人要哪些材料"]
)
def test_what_asks_for_no_consequence_stays_as_it_is(text):
    told = _told(text)
    assert left_undone(told, KB) is told


@pytest.mark.parametrize(
    "text", ["地址搬了，备案不改会怎样", "改名了，备案放着不管行不行", "不去变更有后果没"]
)
def test_what_was_read_as_the_type_is_the_consequence_first(text):
    assert left_undone(_told(text), KB).meaning.targets == (DUE, "type.subject_info")


def _told(text):
    told = heard(text, "type.subject_info")
    return replace(told, said=replace(told.said, named=(("item", "company_name"),)))
