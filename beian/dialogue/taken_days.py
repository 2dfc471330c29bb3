"""The message as one about a day or an age: the day that was asked for, the one time that is meant."""

from __future__ import annotations

from dataclasses import replace

from beian.calendar.age import find_age, tells_an_age
from beian.hearing.by_the_way import asks_beside_its_days
from beian.hearing.day_questions import asks_a_day
from beian.hearing.day_words import OF_PHASE, ROLES, handed_in, of_rejection, to_come_by, told_beside
from beian.hearing.heard import SURELY_FOREIGN, Heard
from beian.hearing.own_days import hardly_more_than
from beian.hearing.questions import compares, is_polar
from beian.hearing.verdicts import asks_to_wait
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED
from beian.meaning.advance import TELLING
from beian.meaning.state import Discourse
from beian.text.clauses import question_segments

# From here on a message asks its own question even while a day is waited for.
SURE = 0.7
# So sure, by its words and in the conversation, it asks for an open theme instead.
ASKS_A_THEME = 0.5
# So likely is the rule on the age where an age is told.
NEARLY = 0.3


def told_the_day(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as the answer to the question for a day, where it holds one and is sure of nothing else."""
    meaning = heard.meaning
    if meaning.outcome == "ask" and heard.days:
        # of several times the day of what happened tells which is meant, or how far the customer is
        role = told_beside(heard) or OF_PHASE.get(state.phase or "")
        timed = [choice for choice in meaning.choices if role and kb.cells[choice].awaits == role]
        if timed:
            return replace(heard, meaning=replace(meaning, outcome="answer", targets=(timed[0],)))
    if not _may_be_the_day(heard, state, kb):
        return heard
    foreign = meaning.targets[:1] == (OUT_OF_SCOPE,) and meaning.foreign >= SURELY_FOREIGN
    if foreign and not told_beside(heard):
        # a day of other subjects, by its own words and in the conversation, is none of the case
        return heard
    cells = [kb.cells[target] for target in meaning.targets if target in kb.cells]
    if any(cell.awaits in ROLES for cell in cells):
        return heard
    due = kb.awaiting(state.asked.kind if state.asked else "")[:1]
    return replace(heard, meaning=replace(meaning, outcome="answer", targets=due, manner="answer"))


def of_an_age(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """A message that tells when somebody comes of age (12月15号满18，那天之后提交行不行), or asks after an
    age whether it can wait (过了那天再交行吗), as about the age, where it was read as about a time, as about
    an open theme beside it (我72了可以当吗) or not understood."""
    meaning, today = heard.meaning, heard.today
    rule = kb.awaiting("birth")[0]
    cells = [kb.cells[target] for target in meaning.targets if target in kb.cells]
    timed = meaning.outcome != "answer" or any(cell.awaits in ROLES for cell in cells)
    open_theme = bool(meaning.targets) and meaning.targets[0].startswith(UNCOVERED)
    beside = open_theme and dict(meaning.ranking).get(rule, 0.0) >= NEARLY
    if not (timed or beside) or meaning.notice or today is None:
        return heard
    told = tells_an_age(heard.said.written, today) and (len(cells) < 2 or not asks_a_day(heard.said.text))
    told = told or (beside and find_age(heard.said.written, today) is not None)
    further = (
        rule in state.stated and bool(state.checked) and not heard.days and asks_to_wait(heard.said.text)
    )
    if not (told or further):
        return heard
    meaning = replace(meaning, outcome="answer", targets=(rule,), manner="ask", choices=())
    return replace(heard, meaning=meaning)


def _may_be_the_day(heard: Heard, state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether a message with a day may be the answer to the question for one. Who asks something and has a
    day in it by the way (年底要做活动) tells none; nor is a day waited for that is known."""
    kind = state.asked.kind if state.asked else ""
    meaning = heard.meaning
    if kind not in ROLES or not heard.days:
        return False
    if meaning.outcome == "answer" and meaning.manner not in TELLING and meaning.chance >= SURE:
        return False
    theme = meaning.targets[0] if meaning.targets else ""
    if theme.startswith(UNCOVERED) and meaning.agreed(theme) >= ASKS_A_THEME:
        # 12月中旬才定，等一起弄还是先交, of what the document leaves open
        return False
    of_a_fact = meaning.outcome == "answer" and bool(set(meaning.targets) & set(kb.facts))
    if of_a_fact and asks_beside_its_days(heard):
        # 11月28号换的，要什么
        return False
    if all(hardly_more_than(found, heard) for found in heard.days):
        return True
    told, span = told_beside(heard), state.focus.span(kind)
    asks = heard.said.asks or is_polar(heard.said.text)
    if span is not None and span.exact and asks and told is None:
        return any(handed_in(found, heard) or to_come_by(found, heard) for found in heard.days)
    return not asks or told == kind or (told is None and not of_a_fact)


def of_one_day(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about one of the times that count from different days, where it asks one question: the
    one whose day it tells, else that of how far the customer is."""
    meaning = heard.meaning
    roles = {target: kb.cells[target].awaits for target in meaning.targets if target in kb.cells}
    timed = [target for target, role in roles.items() if role in ROLES]
    one = len(question_segments(heard.said.text)) == 1 and not compares(heard.said.text)
    if meaning.outcome != "answer" or len(timed) < 2 or len(timed) < len(meaning.targets) or not one:
        return heard
    rejected = of_rejection(heard.said.text) or state.phase == "rejected"
    role = told_beside(heard) or OF_PHASE.get(state.phase or "") or ("rejected" if rejected else "changed")
    kept = next((target for target in timed if roles[target] == role), timed[0])
    return replace(heard, meaning=replace(meaning, targets=(kept,)))
