"""What was offered lately to choose from: a title is still meant after another answer came between."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.words_written import is_written
from beian.hearing.picks import HALF, number_picked, part_of_title, shared
from beian.kb import KnowledgeBase
from beian.meaning.advance import entry_at
from beian.meaning.said import Said
from beian.meaning.state import Discourse

CHOICES = ("choice", "supplement")
# So many replies later a title is still known.
_LONGEST_AGO = 3
# A longer message with an ordinal says something of its own.
LONGEST_NUMBER = 6
# 第二步是什么 is of the steps, and of no titles.
STEP = "步"


def picked(said: Said, state: Discourse, kb: KnowledgeBase) -> str | None:
    """What a message picks of the titles offered last, by its number or a part of it, or of those offered
    before, by a part; None where it picks none."""
    current = state.asked.options if state.asked and state.asked.kind in CHOICES else ()
    of_titles = len(said.written.strip()) <= LONGEST_NUMBER and STEP not in said.text
    place = number_picked(said.text, len(current))
    number = entry_at(current, place or (said.ordinal if of_titles else None))
    if number is not None:
        return number
    return _by_title(said, current, kb, now=True) or _by_title(
        said, [name for name, _ in state.offered], kb, now=False
    )


def lately(before: Discourse, after: Discourse) -> tuple[tuple[str, int], ...]:
    """What was offered before a reply, and how many replies ago, for the state after it."""
    current = after.asked.options if after.asked and after.asked.kind in CHOICES else ()
    asked = before.asked.options if before.asked and before.asked.kind in CHOICES else ()
    old = [(name, 1) for name in asked] + [(name, ago + 1) for name, ago in before.offered]
    found = {name: ago for name, ago in reversed(old) if ago <= _LONGEST_AGO and name not in current}
    return tuple(found.items())


def _by_title(said: Said, offered: Sequence[str], kb: KnowledgeBase, *, now: bool) -> str | None:
    """The one title that a message means by some of its words. Where it does not say that it picks one, all
    of them have to stand in the title that was offered just now."""
    titles = {name: title for name in offered if (title := _title(name, kb))}
    exact = [name for name, title in titles.items() if said.written.strip() in title.split("\n")]
    if said.written in kb.questions:
        # a button of the document, which the reading knows
        return None
    if exact:
        return exact[0]
    part = part_of_title(said.text)
    if part is None or not (now or part.surely):
        return None
    found = {name: shared(part.words, title.casefold()) for name, title in titles.items()}
    best = max((share for share, _ in found.values()), default=0.0)
    names = [name for name, (share, _) in found.items() if share == best]
    if len(names) != 1 or best < (HALF if part.surely else 1.0):
        return None
    # what the document has another answer to is no part of this title: 审核那个要多久
    left = found[names[0]][1]
    return None if is_written(left, kb) else names[0]


def _title(name: str, kb: KnowledgeBase) -> str:
    """Title and question of what was offered; "" where it is not known."""
    if name in kb.supplement.facts:
        fact = kb.supplement.facts[name]
        return f"{fact.title}\n{fact.question}"
    known = name in kb.facts or name in kb.topics
    return f"{kb.title_of(name)}\n{kb.question_of(name)}" if known else ""
