"""The item that a message names is what is answered and what comes in hand, whatever was in hand before.

Generated from the vocabulary: every item, asked about in each way under some of its names, as a first message
and after other items.
"""

import random

import pytest

from beian.dialogue.answer import reply_to
from beian.kb import load_knowledge
from beian.meaning.advance import asked_of
from beian.meaning.state import Discourse
from tests.conftest import TODAY

KB = load_knowledge()
ITEMS = [term for term in KB.terms if term.group == "item"]
# Ways to ask about an item, by what of it is asked for.
ASKED = {
    "materials": ("{item}变更要什么材料", "那{item}呢", "{item}要交哪些东西"),
    "access": ("变更{item}网站会停吗",),
    "type": ("{item}变更属于哪一种",),
    "deadline": ("{item}变了多久之内要提交",),
    "review": ("变更{item}审核要几天",),
    "way": ("{item}怎么改", "{item}在哪里改"),
}
EACH = 3
ASPECTS = [(aspect, text) for aspect, texts in ASKED.items() for text in texts]


@pytest.fixture(scope="module")
def in_hand(answer) -> dict[str, Discourse]:
    """The state after the papers of each item were asked for."""
    return {item.id: answer(f"{item.name}变更要什么材料")[1] for item in ITEMS}


def names(item) -> list[str]:
    """Its name and aliases; what names a change (换法人) does not fit the ways of asking."""
    return [item.name, *(alias for alias in item.aliases if not set(alias) & set("换改变更修迁搬"))]


@pytest.mark.parametrize("item", ITEMS, ids=[item.id for item in ITEMS])
def test_what_is_named_is_answered_and_comes_in_hand(item, in_hand, hear):
    draw = random.Random(item.id)
    before = [Discourse(), *(state for other, state in in_hand.items() if other != item.id)]
    faults = []
    for aspect, text in ASPECTS * EACH:
        asked, state = text.format(item=draw.choice(names(item))), draw.choice(before)
        heard = hear(asked, state)
        if asked_of(heard.said, heard.meaning.manner) != item.id:
            # another item in the same words, or a question about what was shown
            continue
        reply, after = reply_to(heard, state, TODAY, KB)
        case = {slot: heard.said.case().get(slot) for slot in ("change_type", "item")}
        cells = [KB.cells[target] for target in (*heard.meaning.targets, *reply.facts) if target in KB.cells]
        others = [cell.target for cell in cells if not cell.fits(case) and answers_for(cell.aspect, case)]
        if others or (cells and reply.status == "answered" and after.focus.item != item.id):
            faults.append((aspect, asked, state.focus.item, others, after.focus.item))
    assert not faults, faults


def answers_for(aspect: str | None, case: dict) -> bool:
    """Whether anything answers a question in a case."""
    return any(cell.aspect == aspect and cell.fits(case) for cell in KB.cells.values())
