"""A number beyond what was offered (第九个 of six) means none of it."""

from __future__ import annotations

from dataclasses import replace

from beian.calendar.numerals import read_number
from beian.kb import KnowledgeBase
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.reading.deciding import MOST_CHOICES
from beian.reading.meaning import Meaning
from beian.text import patterns

# A message that is no more than the number of an entry.
_NUMBERED = patterns.compile(
    "^第([0-9]{1,2}|[一二三四五六七八九]?十?[一二三四五六七八九])[个条点项种样步类份件][呢吗啊的?？。]*$"
)


def no_such_entry(meaning: Meaning, said: Said, state: Discourse, kb: KnowledgeBase) -> Meaning:
    """The question back which of the offered is meant; of a list that was stated the answer itself says that
    it has no such entry."""
    number, offered = _NUMBERED.search(said.text), set(state.entries)
    beyond = number is not None and read_number(number[1]) > len(state.entries) > 1
    one_of_them = meaning.outcome == "answer" and set(meaning.targets) <= offered
    stated = any(kb.facts[fact].items for fact in state.stated if fact in kb.facts)
    if stated or not beyond or not one_of_them or said.named or not offered <= set(kb.facts):
        return meaning
    return replace(meaning, outcome="ask", targets=(), choices=state.entries[:MOST_CHOICES])
