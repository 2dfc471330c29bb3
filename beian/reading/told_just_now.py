"""A question read as asking for what has just been told, though its own words do not ask for that."""

from __future__ import annotations

from dataclasses import replace

from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.data import MANNERS
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.reading.deciding import LIKELY
from beian.reading.meaning import Meaning
from beian.text import patterns

# From this chance on the words themselves ask for what was told.
ITS_WORDS = 0.35
# Who wants it once more says so.
_AGAIN = patterns.compile("一遍|重新|再[列发说讲给报来]|从头")


def not_told_just_now(meaning: Meaning, said: Said, state: Discourse, kb: KnowledgeBase) -> Meaning:
    """The likeliest other fact, where a message with nothing of its own was read as the plain question for
    what stands right above it: nobody asks at once for the very thing that they were told."""
    if meaning.outcome != "answer" or meaning.manner != MANNERS[0] or meaning.targets != state.stated:
        return meaning
    if said.named or said.denied or said.documents or said.ordinal is not None or said.dated or said.has_age:
        return meaning
    computed = any(kb.cells[fact].awaits or fact == kb.rulings.places for fact in state.stated)
    if not said.asks or meaning.alone >= ITS_WORDS or computed or _AGAIN.search(said.text):
        # what is computed for the case may come out differently
        return meaning
    others = [(target, chance) for target, chance in meaning.ranking if target not in state.stated]
    rest = 1.0 - sum(chance for target, chance in meaning.ranking if target in state.stated)
    target, chance = max(others, key=lambda one: one[1], default=("", 0.0))
    if target not in kb.facts or target.startswith(UNCOVERED) or chance < LIKELY * rest:
        return meaning
    return replace(meaning, targets=(target,), chance=chance / rest)
