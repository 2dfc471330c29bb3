"""Asking back: which of several meanings, which case, which day; a person where that does not help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beian.answers.reply import Reply, clarify, starters
from beian.calendar.dates import FoundDate
from beian.calendar.finding import Finding
from beian.dialogue.handoff import handoff
from beian.hearing.day_words import ROLES
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.advance import advance
from beian.meaning.state import Asked, Discourse

MOST_QUESTIONS_BACK = 2


def ask_which(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """Offer the likeliest meanings; a person after several questions back in a row."""
    if state.asked_back >= MOST_QUESTIONS_BACK:
        return give_up(state, kb)
    choices = heard.meaning.choices
    after = replace(
        advance(state, (), "tell", heard.said, kb),
        asked=Asked("choice", choices),
        asked_back=state.asked_back + 1,
        last="clarify",
    )
    return clarify(kb.phrase("clarify", "labels"), choices, kb), after


def not_understood(state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """Ask for other words; a person after several failures in a row."""
    if state.asked_back >= MOST_QUESTIONS_BACK:
        return give_up(state, kb)
    reply = starters("clarify", kb.phrase("not_understood", "text"), kb)
    return reply, replace(state, asked_back=state.asked_back + 1, last="clarify")


def give_up(state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """To a person, after it has been tried in vain."""
    reply = handoff(state, kb, kb.phrase("handoff", "after_failures"))
    return reply, replace(state, asked_back=0, asked=None, last="handoff")


def asked_further(
    reply: Reply,
    facts: tuple[str, ...],
    parts: dict[str, Finding],
    state: Discourse,
    opens: bool,
    kb: KnowledgeBase,
    *,
    wanted: bool = False,
) -> Discourse:
    """What the answer leaves open and the customer can tell: which case, which day, which name. `wanted`:
    a day is told by which it is to be done."""
    awaited = [(fact, kb.cells[fact].awaits) for fact in facts if kb.cells[fact].awaits]
    if awaited:
        fact, kind = awaited[0]
        if kind in ("changed", "rejected") and fact not in parts and opens:
            reply.text = f"{reply.text}\n\n{kb.phrase('deadline', f'ask_{kind}')}"
        elif kind == "submitted" and fact not in parts and wanted:
            reply.text = f"{reply.text}\n\n{kb.phrase('deadline', 'ask_submitted')}"
        return replace(state, asked=Asked(str(kind)), asked_back=0)
    options = _options(facts, state, kb)
    if not options or state.asked_back >= MOST_QUESTIONS_BACK:
        return replace(state, asked_back=0)
    asked = clarify(kb.phrase("clarify", "materials"), options, kb)
    reply.text = f"{reply.text}\n\n{asked.text}"
    reply.buttons, reply.card = asked.buttons, asked.card
    if len(facts) == 1:
        reply.status = "clarify"
    return replace(
        state,
        asked=Asked("choice", options),
        entries=options,
        last="clarify",
        asked_back=state.asked_back + 1,
    )


def _options(facts: Sequence[str], state: Discourse, kb: KnowledgeBase) -> tuple[str, ...]:
    """The special cases that a general answer has, as far as they fit what is known."""
    if len(facts) != 1 or kb.cells[facts[0]].bound:
        return ()
    cell = kb.cells[facts[0]]
    known = state.focus.case
    special = [kb.cells[entry] for entry in cell.entries if entry in kb.cells]
    same = [
        entry
        for entry in special
        if entry.aspect == cell.aspect and entry.bound and entry.target != cell.target
    ]
    # what the text lists in full needs no question
    if len(same) < 2 or kb.facts[cell.target].items:
        return ()
    return tuple(entry.target for entry in same if entry.fits(known)) or tuple(entry.target for entry in same)


def doubt_day(
    doubtful: FoundDate, targets: Sequence[str], state: Discourse, kb: KnowledgeBase
) -> tuple[Reply, Discourse]:
    """Ask about a day that cannot be."""
    phrase = "impossible" if doubtful.day is None else "not_yet"
    kind = next(
        (cell.awaits for t in targets if (cell := kb.cells.get(t)) and cell.awaits in ROLES), "changed"
    )
    reply = Reply("clarify", kb.phrase("deadline", phrase, date=doubtful.text))
    return reply, replace(state, asked=Asked(str(kind)))
