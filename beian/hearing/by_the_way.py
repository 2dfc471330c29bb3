"""Questions with a day in them that are about something else than the time that counts from it."""

from __future__ import annotations

from dataclasses import replace

from beian.hearing.clauses import clauses_in
from beian.hearing.day_questions import asks_a_day, asks_to_hand_in_off, asks_when
from beian.hearing.day_words import ROLES, handed_in, to_come_by, told_beside
from beian.hearing.heard import Heard
from beian.hearing.other_days import of_something_else, of_the_case
from beian.hearing.own_days import hardly_more_than
from beian.hearing.questions import supposes
from beian.hearing.verdicts import asks_the_cause
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.state import Discourse
from beian.text.clauses import looks_like_question

_REJECTED = "rejected"
# A time that speaks of none: 这段时间, 审核期间.
_MEANWHILE = "时间"
# From this chance on another meaning of a message takes the place of the time that it does not ask for.
_POSSIBLE = 0.02


def without_days_by_the_way(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about what it asks, where a day in it makes it look like a question for a time."""
    off = _of_a_day_off(heard, state, kb)
    if off is not heard:
        return off
    heard = _of_its_period(heard, kb)
    return _of_what_it_asks(_without_the_time(_of_its_reason(heard, state, kb), kb), state, kb)


def _of_its_period(heard: Heard, kb: KnowledgeBase) -> Heard:
    """A message read as about what happens on another day (服务器6号过期，我3号交，几号审完), as about the
    time of the day that is of the case, where it asks for a day in a clause without the other."""
    meaning = heard.meaning
    others = [found.text for found in heard.days if of_something_else(found, heard)]
    own = of_the_case(heard)
    if not others or not own.days or not all(target.startswith(UNCOVERED) for target in meaning.targets):
        return heard
    asking = [clause for clause in clauses_in(heard.said.written) if looks_like_question(clause)]
    if not asking or not all(asks_a_day(clause) for clause in asking):
        return heard
    role = "submitted" if any(handed_in(found, own) for found in own.days) else told_beside(own)
    if role is None or any(other in clause for other in others for clause in asking):
        return heard
    return replace(heard, meaning=replace(meaning, targets=kb.awaiting(role)[:1], manner="ask"))


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
    if any(kb.cells[target].phase != _REJECTED for target in rest):
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
    supposed = supposes(heard.said.text)
    aside = heard.days and not _asks_for_a_time(heard) and (told_beside(heard) is None or supposed)
    if not (timed and rest and aside and heard.said.asks) or any(handed_in(day, heard) for day in heard.days):
        return heard
    return replace(heard, meaning=replace(meaning, targets=rest))


def _of_a_day_off(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """Whether one may hand in on a day off (国庆交行不行) is a question about the time for handing in."""
    if not asks_to_hand_in_off(heard.said.text) or heard.meaning.notice:
        return heard
    rejected = state.phase == _REJECTED or state.focus.span(_REJECTED)
    fact = kb.awaiting(_REJECTED if rejected else "changed")[0]
    meaning = replace(heard.meaning, outcome="answer", targets=(fact,), manner="ask", choices=(), chance=1.0)
    return replace(heard, meaning=meaning)


def _of_what_it_asks(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """A question for a time, in words that ask for none (网站会不会停，我们12月12号有大促), as the likeliest
    one about something else."""
    meaning = heard.meaning
    cells = [kb.cells[target] for target in meaning.targets if target in kb.cells]
    if len(cells) != 1 or cells[0].awaits not in ROLES or not _asks_apart_from_its_days(heard):
        return heard
    known = state.focus.span(str(cells[0].awaits)) is not None and told_beside(heard) is None
    others = [
        target
        for target, chance in meaning.ranking
        if target in kb.facts and kb.cells[target].awaits not in ROLES and chance >= _POSSIBLE
    ]
    if not known:
        # with a reason in hand what was done before is told by the way: 到底缺什么，公司11月5号刚变更过
        others = [target for target in others if state.reason and kb.cells[target].phase == _REJECTED]
    if not others:
        return heard
    return replace(heard, meaning=replace(meaning, targets=tuple(others[:1]), manner="ask"))


def _asks_for_a_time(heard: Heard) -> bool:
    return asks_when(heard.said.text.replace(_MEANWHILE, ""))


def _asks_apart_from_its_days(heard: Heard) -> bool:
    """Whether a message asks for no time, in clauses without its days, and nothing is done on these."""
    if not heard.days or _asks_for_a_time(heard):
        return False
    if any(handed_in(found, heard) or to_come_by(found, heard) for found in heard.days):
        return False
    if all(hardly_more_than(found, heard) for found in heard.days):
        return False
    return asks_beside_its_days(heard)


def asks_beside_its_days(heard: Heard) -> bool:
    """Whether a clause without any of a message's days asks something: 11月28号换的，要什么."""
    dayless = [
        clause
        for clause in clauses_in(heard.said.written)
        if not any(found.text in clause for found in heard.days)
    ]
    return any(looks_like_question(clause) for clause in dayless)
