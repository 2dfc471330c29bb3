"""A message that presses what was said last (出处在哪, 有例外吗, 你说的初审是谁审) is about that, whatever it
was read as by its own few words."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.entry_meant import entry_meant
from beian.answers.exceptions import open_word_of
from beian.answers.lateness import goes_on_about_the_end, has_a_last_day
from beian.answers.pressing import (
    asks_exceptions,
    asks_the_ground,
    complains,
    quotes_us,
    what_is_wanted,
    without_the_quoting,
)
from beian.hearing.heard import ASKED_IN_FULL, Heard
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.state import Discourse

# A longer message that asks for a ground or an exception asks for something else as well.
_LONGEST = 16
# From this chance on a fact may be what a complaint wants instead.
_POSSIBLE = 0.02


def of_what_was_said(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about what was said last, in the manner in which it asks for it; as it is where it
    presses nothing."""
    meaning = heard.meaning
    text = heard.said.text
    due = tuple(fact for fact in state.stated if has_a_last_day(kb.facts[fact], kb))
    if due and not _settled(heard, kb) and goes_on_about_the_end(heard, state, kb):
        return _as(heard, due[:1], "item")
    quoting = quotes_us(text)
    named = bool(heard.said.named) and not quoting
    if _settled(heard, kb) or not state.stated or named:
        return _only_the_wanted(heard, state, kb)
    open_words = tuple(fact for fact in state.stated if open_word_of(kb.facts[fact], text, kb))
    if open_words and quoting:
        return _as(heard, open_words[:1], "item")
    if _of_its_own(heard, kb) and not set(meaning.targets) <= set(state.stated):
        return _only_the_wanted(heard, state, kb)
    if asks_exceptions(text) and len(text) <= _LONGEST:
        return _as(heard, state.stated, "item")
    if asks_the_ground(text) and len(text) <= _LONGEST and "怎么办" not in text:
        return _as(heard, state.stated, "source")
    if quoting:
        return _quoted(heard, state, kb)
    return _only_the_wanted(heard, state, kb)


def _settled(heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether a message says of itself what it is: a button, or a pasted notice."""
    return bool(heard.meaning.notice) or heard.said.written in kb.questions


def _of_its_own(heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether a message asks for something else in full by its own words."""
    target = heard.meaning.targets[:1]
    known = bool(target) and (target[0] in kb.facts or target[0].startswith(UNCOVERED))
    return heard.meaning.outcome == "answer" and known and heard.meaning.alone >= ASKED_IN_FULL


def _as(heard: Heard, facts: tuple[str, ...], manner: str) -> Heard:
    meaning = replace(
        heard.meaning, outcome="answer", targets=facts, manner=manner, choices=(), alone=0.0, foreign=0.0
    )
    return replace(heard, meaning=meaning)


def _quoted(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about the statement whose words it takes up, the latest first."""
    bare = without_the_quoting(heard.said.text)
    taken_up = replace(heard, said=replace(heard.said, text=bare, documents=()))
    told = dict.fromkeys(fact for facts in (state.stated, *reversed(state.trail)) for fact in facts)
    fact = next((one for one in told if entry_meant(kb.facts[one], taken_up, kb)), None)
    return heard if fact is None or heard.meaning.manner == "meaning" else _as(heard, (fact,), "item")


def _only_the_wanted(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """Who complains of what was told and says what is wanted instead gets that alone: 又是材料，我问期限."""
    meaning = heard.meaning
    wanted = what_is_wanted(heard.said.text)
    if not wanted or not complains(heard.said.text):
        return heard
    if meaning.targets and set(meaning.targets) <= set(state.stated):
        # not what was told, so the next that it may be
        others = (one for one, chance in meaning.ranking if one in kb.facts and chance >= _POSSIBLE)
        other = next((one for one in others if one not in state.stated), None)
        return _as(heard, (other,), "correct") if other else heard
    if len(meaning.targets) < 2:
        return heard
    aspects = {kb.cells[fact].aspect for fact in state.stated}
    left = tuple(
        target
        for target in meaning.targets
        if target not in (*state.stated, state.theme)
        and (target not in kb.cells or kb.cells[target].aspect not in aspects)
    )
    # what is wanted instead is put right, and no more of what was answered
    manner = "correct" if state.theme in meaning.targets else meaning.manner
    return replace(heard, meaning=replace(meaning, targets=left, manner=manner)) if left else heard
