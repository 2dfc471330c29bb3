"""Which of the periods of the procedure a message asks about, where its own words do not tell the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from beian.hearing.day_questions import (
    asks_about_days,
    asks_about_weekends,
    asks_the_first_day,
    asks_to_hand_in_off,
    asks_when,
)
from beian.hearing.day_words import ROLES, asked_about, handed_in, handed_in_then, told_beside
from beian.hearing.heard import Heard
from beian.hearing.verdicts import asks_the_cause
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.state import Discourse

_REVIEW = "submitted"


def of_its_period(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about the one period that it can only be about: that of the review where the day it
    tells is one of handing in and no other is known, or where it asks whether days are worked; where it asks
    which day is the first, that of the day which is known."""
    heard = _of_a_day_off(_of_its_reason(heard, state, kb), state, kb)
    heard = _without_the_time(heard, kb)
    meaning = heard.meaning
    periods = {role: kb.awaiting(role)[0] for role in ROLES}
    if periods[_REVIEW] in state.stated and not heard.said.named and _about_its_days(heard):
        # of the review in question, however 春节会影响吗 is read
        meaning = replace(meaning, outcome="answer", targets=(periods[_REVIEW],), manner="ask", choices=())
        return replace(heard, meaning=meaning)
    if meaning.outcome != "answer" or not meaning.targets or meaning.notice:
        return heard
    awaited = [kb.cells[target].awaits for target in meaning.targets if target in kb.cells]
    aspects = {kb.cells[target].aspect for target in meaning.targets if target in kb.cells}
    about_periods = bool(aspects & {kb.cells[fact].aspect for fact in periods.values()})
    role = _corrects_its_day(heard, state, periods) if about_periods else None
    if role is None and asks_the_first_day(heard.said.text) and about_periods:
        role = _of_the_first_day(heard, state, kb)
    elif role is None and _of_the_review(awaited, heard, state):
        role = _REVIEW
    if role is None or meaning.targets == (periods[role],):
        return heard
    manner = "ask" if meaning.targets[0].startswith(UNCOVERED) else meaning.manner
    return replace(heard, meaning=replace(meaning, targets=(periods[role],), manner=manner))


def _of_its_reason(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """Whether something is the cause of a rejection (11月12号换的名，是不是就是这个原因) is a question about
    the reason in hand, and not about the time that counts from its day."""
    meaning = heard.meaning
    reasons = [
        target for target, cell in kb.cells.items() if cell.when.get("rejection_reason") == state.reason
    ]
    if any(target not in kb.cells for target in meaning.targets) or state.reason is None:
        return heard
    if not reasons or not asks_the_cause(heard.said.text):
        return heard
    timed = [target for target in meaning.targets if kb.cells[target].awaits in ROLES]
    rest = tuple(target for target in meaning.targets if target not in timed)
    if not timed or heard.said.values("rejection_reason"):
        return heard
    if any(kb.cells[target].phase != "rejected" for target in rest):
        return heard
    # what is said of the reason is the answer; whether it is this one only the notice tells
    about = rest or tuple(reasons[:1])
    meaning = replace(meaning, outcome="answer", targets=about, manner="answer", choices=())
    return replace(heard, meaning=meaning)


def _without_the_time(heard: Heard, kb: KnowledgeBase) -> Heard:
    """Of what a message asks, without a time that its day alone brings along (去哪登录，我明天上午有空)."""
    meaning = heard.meaning
    cells = [kb.cells[target] for target in meaning.targets if target in kb.cells]
    timed = [cell.target for cell in cells if cell.awaits in ROLES]
    rest = tuple(target for target in meaning.targets if target not in timed)
    aside = heard.days and not asks_when(heard.said.text) and told_beside(heard) is None
    if not (timed and rest and aside and heard.said.asks) or any(handed_in(day, heard) for day in heard.days):
        return heard
    return replace(heard, meaning=replace(meaning, targets=rest))


def _of_a_day_off(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """Whether one may hand in on a day off (国庆交行不行) is a question about the time for handing in."""
    if not asks_to_hand_in_off(heard.said.text) or heard.meaning.notice:
        return heard
    rejected = state.phase == "rejected" or state.focus.span("rejected")
    fact = kb.awaiting("rejected" if rejected else "changed")[0]
    meaning = replace(heard.meaning, outcome="answer", targets=(fact,), manner="ask", choices=(), chance=1.0)
    return replace(heard, meaning=meaning)


def _corrects_its_day(heard: Heard, state: Discourse, periods: Mapping[str, str]) -> str | None:
    """The role of the period in question, where the message only puts another day in the place of the one
    that it was counted from: 不是上周，是后天."""
    if heard.meaning.manner != "correct" or not heard.days or heard.said.named or told_beside(heard):
        return None
    return next((role for role, fact in periods.items() if (fact,) == state.stated), None)


def _about_its_days(heard: Heard) -> bool:
    """Whether weekends or days are asked about: whether they count, or are met."""
    return asks_about_weekends(heard.said.text) or any(asked_about(found, heard) for found in heard.days)


def _of_the_review(awaited: Sequence[str | None], heard: Heard, state: Discourse) -> bool:
    """Whether it can only be about the time of the review."""
    if awaited == ["changed"]:
        return state.focus.span("changed") is None and handed_in_then(heard)
    return len(awaited) > 1 and _REVIEW in awaited and asks_about_days(heard.said.text)


def _of_the_first_day(heard: Heard, state: Discourse, kb: KnowledgeBase) -> str | None:
    """The role of the day whose period is meant: told in the message, in question, or known."""
    told = told_beside(heard)
    if told:
        return told
    in_question = [kb.cells[fact].awaits for fact in state.stated if kb.cells[fact].awaits in ROLES]
    known = [
        role for role in (*in_question, "rejected", "submitted", "changed") if state.focus.span(str(role))
    ]
    return known[0] if known else None
