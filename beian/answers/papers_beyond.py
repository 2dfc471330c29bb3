"""What the document does not say of a paper, and which papers have to be given at all."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.papers_asked import (
    PaperQuestion,
    after_the_named,
    is_called,
    lets_choose,
    offered_of,
    own_of,
)
from beian.answers.things import asks_within
from beian.answers.told_already import all_told
from beian.answers.unwritten import point_phrase
from beian.hearing import questions
from beian.hearing.heard import ASKED_IN_FULL, Heard
from beian.kb import Fact, KnowledgeBase
from beian.kb.papers import Paper
from beian.meaning.state import Discourse

SEPARATOR = "、"


def listed(facts: Sequence[Fact]) -> str:
    """All entries in a row."""
    return SEPARATOR.join(entry for fact in facts for entry in fact.items)


def which_needed(facts: Sequence[Fact], own: Sequence[Paper], kb: KnowledgeBase) -> str:
    """Which of the papers need not be given: the document marks them."""
    optional = SEPARATOR.join(paper.entry for paper in own if paper.if_any)
    if optional:
        return kb.phrase("papers", "needed", list=optional)
    return kb.phrase("papers", "all_listed", list=listed(facts))


def unwritten_of(
    facts: Sequence[Fact], asked: PaperQuestion, heard: Heard, before: Discourse, kb: KnowledgeBase
) -> str | None:
    """That the document does not say what is asked of a paper, and its one line; of a list that was told
    before, or where the question is on one point."""
    text, own = heard.said.text, own_of(facts, kb)
    named = [paper for paper in asked.papers if is_called(paper, heard)]
    known = all_told((fact.id for fact in facts), before) or heard.meaning.manner == "item"
    chooses = lets_choose(text)
    whole = heard.meaning.alone >= ASKED_IN_FULL and not (questions.is_polar(text) or chooses)
    neither = bool(asked.points) and chooses and len(offered_of(asked.points[0][0], text)) < 2
    # 扫描得清晰到什么程度 asks for what comes after the point
    further = bool(asked.points) and asks_within(after_the_named(heard, own, kb))
    given = bool(asked.points) and not (neither or further)
    if not named or not known or given or (whole and not neither):
        return None
    point = point_phrase(heard, kb) or kb.phrase("papers", "this_point")
    entry = SEPARATOR.join(paper.entry for paper in named)
    return kb.phrase("papers", "beyond", point=point, entry=entry)


def counts_one(paper: Paper, text: str, kb: KnowledgeBase) -> bool:
    """Whether a question is how many of one paper: 几个凭证, not 几样材料."""
    unit = questions.counted_unit(text)
    return unit is not None and any(f"{unit}{word}" in text for word in kb.words_of(paper))
