"""What a rule of the document decides of what a question puts forward: the verdict follows from the rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beian.answers.locality import both_told, locality, places_in
from beian.hearing.heard import Heard
from beian.hearing.questions import is_polar
from beian.hearing.verdicts import asks_the_verdict, asks_to_believe, confirms_the_verdict, ranks
from beian.kb import Fact, KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.state import Discourse
from beian.text.clauses import offers_alternatives

# A fact with this chance is near, whatever the message was taken for.
LIKELY = 0.5
POSSIBLE_PLACES = 0.05
_GROUP = "rulings"
_MANNERS = ("ask", "item", "entry", "what_if", "sum_up", "doubt", "answer", "correct", "tell")


def ruling(fact: Fact, heard: Heard, before: Discourse, kb: KnowledgeBase) -> str | None:
    """The verdict that the rule of a fact gives, and the rule; None where it decides nothing. `before` is the
    state before the message."""
    if heard.meaning.manner not in _MANNERS or heard.said.written in kb.questions:
        return None
    if fact.id == kb.rulings.places:
        return locality(heard, before, kb)
    text = heard.said.text
    polar = is_polar(text) or offers_alternatives(text) or ranks(text) or asks_to_believe(text)
    if not (polar or heard.said.asks):
        return None
    cases = (one for one in kb.rulings.cases if fact.id in one.facts and (polar or one.open))
    case = next((one for one in cases if one.decides(text)), None)
    return kb.phrase(_GROUP, case.id) if case else None


def ruled(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about the fact whose rule decides what it puts forward, where it was read as about that
    fact among others, or about an open point beside it; and as about the verdict on what was said last, where
    it asks for nothing else."""
    meaning = heard.meaning
    if state.stated and of_the_verdict(heard, state):
        meaning = replace(meaning, outcome="answer", targets=state.stated, manner="sum_up", choices=())
        # it puts nothing new forward, such as a name
        return replace(heard, said=replace(heard.said, written=""), meaning=meaning)
    several = len(meaning.targets) > 1 and kb.rulings.places not in meaning.targets
    if several and not _one_rule(meaning.targets, heard, kb):
        # each of several questions gets its own answer
        return heard
    fact = next((one for one in _near(heard, state, kb) if ruling(kb.facts[one], heard, state, kb)), None)
    if fact is None:
        return heard
    cases = (one.facts for one in kb.rulings.cases if fact in one.facts and one.decides(heard.said.text))
    target = fact if fact in meaning.targets else next(cases, (fact,))[0]
    meaning = replace(meaning, outcome="answer", targets=(target,), manner="item", choices=())
    return replace(heard, meaning=meaning)


def _one_rule(targets: Sequence[str], heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether one rule decides all that a message was read as (公司和网站都没变，要不要报)."""
    asked = set(targets)
    return any(asked <= set(one.facts) and one.decides(heard.said.text) for one in kb.rulings.cases)


def of_the_verdict(heard: Heard, state: Discourse) -> bool:
    """Whether a message asks for nothing but the verdict on what was said last, or if it is taken rightly."""
    text = heard.said.text
    return asks_the_verdict(text) or (bool(state.point or state.checked) and confirms_the_verdict(text))


def _near(heard: Heard, state: Discourse, kb: KnowledgeBase) -> list[str]:
    """The facts that a message may be about: those it was read as about, those beside an open point, and what
    was said last where it was not understood."""
    meaning = heard.meaning
    likely = [target for target, chance in meaning.ranking if chance >= LIKELY]
    if both_told(heard):
        # a message with two places asks for the one beside the other, where that is possible at all
        likely += [target for target, chance in meaning.ranking if chance >= POSSIBLE_PLACES]
    read = [*meaning.targets, *meaning.choices, *likely]
    themes = [
        kb.themes.get(target.removeprefix(UNCOVERED)) for target in read if target.startswith(UNCOVERED)
    ]
    beside = [
        fact
        for theme in themes
        if theme
        # what has rules of its own (another provider, a move of the filing) is not decided by its neighbours'
        for fact in (theme.stated, *(() if theme.own_subject else _nearest(theme.nearest, heard, kb)))
        if fact
    ]
    unread = state.stated if meaning.outcome != "answer" else ()
    if themes:
        # an order of steps that is asked after a reason is that of the reason
        unread += tuple(fact for fact in state.stated if "rejection_reason" in kb.cells[fact].when)
    return [fact for fact in (*read, *beside, *unread) if fact in kb.facts]


def _nearest(nearest: tuple[str, ...], heard: Heard, kb: KnowledgeBase) -> list[str]:
    """What is near an open point; the rule on places only where the message tells where the server is."""
    told = places_in(heard.said.text).server is not None
    return [fact for fact in nearest if told or fact != kb.rulings.places]
