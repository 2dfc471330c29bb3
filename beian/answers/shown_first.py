"""What is said first of statements that have just been shown: a point, an entry, a reason of them."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.beyond import lacks_length
from beian.answers.entry_meant import entry_meant
from beian.answers.first_words import Direct, again, in_full, missing, with_phrase
from beian.answers.pressing import quotes_us
from beian.answers.unwritten import nothing_more
from beian.answers.worked_first import about_the_end
from beian.hearing.heard import Heard
from beian.hearing.questions import (
    asks_something_else,
    is_polar,
    lacks_answer,
)
from beian.kb import Fact, KnowledgeBase
from beian.meaning.said import LAST

# From this chance on what happens otherwise is meant of the fact, however it is put.
SURELY_THE_END = 0.9


def of_shown(found: Sequence[Fact], heard: Heard, same: bool, short: str, kb: KnowledgeBase) -> Direct | None:
    """What is said of statements that have just been shown, in another manner; `same`: of the same case."""
    manner = heard.meaning.manner
    if manner == "ask" and same and is_polar(heard.said.text) and heard.said.written not in kb.questions:
        # a yes or no that what has just been shown is no plain answer to
        if all(fact.items for fact in found):
            return missing(found, heard, True, kb)
        still, contact = nothing_more(short, kb)
        return Direct(still, True, contact)
    if manner == "why":
        reasons = [fact.why for fact in found if fact.why]
        return Direct(reasons[0], True) if reasons else with_phrase(kb, "no_why", short)
    if manner == "what_if":
        ends = [fact.consequence for fact in found if fact.consequence]
        told = ends and (about_the_end(heard) or heard.meaning.chance >= SURELY_THE_END)
        return Direct(ends[0], True) if told else missing(found, heard, same, kb)
    return again(found, heard, short, kb)


def entry_at_number(found: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> Direct | None:
    """One numbered entry of the fact's own list."""
    ordinal, fact = heard.said.ordinal, found[0]
    if ordinal is None or len(found) > 1 or not fact.items:
        return None
    count = len(fact.items)
    place = count if ordinal == LAST else ordinal
    if place > count:
        lines = "\n".join(f"{number}. {entry}" for number, entry in enumerate(fact.items, 1))
        head = kb.phrase("direct", "no_entry", number=str(place), count=str(count))
        return Direct(f"{head}\n{lines}", True)
    return Direct(kb.phrase("direct", "entry", number=str(place), entry=fact.items[place - 1]), True)


def item_asked(
    found: Sequence[Fact], heard: Heard, shown: bool, manner: str, kb: KnowledgeBase
) -> Direct | None:
    """The entry that a question is about; that it is not written where the question goes beyond it."""
    entry = next((entry for fact in found if (entry := entry_meant(fact, heard, kb))), None)
    text = heard.said.text
    lacks = entry and (lacks_answer(text, entry) or lacks_length(text, entry))
    beyond = entry and ((is_polar(text) and _goes_beyond(entry, heard)) or lacks)
    if (shown or quotes_us(text)) and beyond:
        return missing(found, heard, True, kb, line=f"{entry}。")
    if entry:
        listed = any(entry in fact.items and fact.id in kb.papers.of_fact for fact in found)
        phrase = "meaning" if manner == "meaning" else "listed" if listed else "said"
        return Direct(kb.phrase("direct", phrase, entry=entry), shown)
    return with_phrase(kb, "unlisted", in_full(found, kb)) if shown and manner == "meaning" else None


def _goes_beyond(entry: str, heard: Heard) -> bool:
    """Whether a question goes on, after the words of an entry or those for its item, to what is not in it."""
    text = heard.said.text
    shared = [place + 2 for place in range(len(text) - 1) if text[place : place + 2] in entry]
    items = [word for (slot, _), word in heard.said.words.items() if slot == "item" and word in text]
    ends = shared or [text.rfind(word) + len(word) for word in items]
    return bool(ends) and asks_something_else(text[max(ends) :])
