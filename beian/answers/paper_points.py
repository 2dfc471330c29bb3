"""A point of a paper (the seal, the sides, who signs): what the document says of it, or that it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from beian.answers.paper_clauses import without_the_change
from beian.answers.papers_asked import PaperQuestion
from beian.answers.papers_beyond import SEPARATOR, listed
from beian.answers.told_already import all_told
from beian.hearing import questions
from beian.hearing.heard import Heard
from beian.kb import Fact, KnowledgeBase
from beian.kb.papers import Paper, Point
from beian.meaning.state import Discourse
from beian.text.clauses import offers_alternatives


@dataclass(frozen=True)
class Verdict:
    """What is said of the papers asked about; `also`: further facts that it states; `missing`: the point
    asked about is not in the document."""

    text: str
    also: tuple[str, ...] = ()
    missing: bool = False


def point_verdict(
    facts: Sequence[Fact],
    asked: PaperQuestion,
    heard: Heard,
    own: Sequence[Paper],
    before: Discourse,
    kb: KnowledgeBase,
) -> Verdict:
    """What is said of a point of the papers named, or of those that have it; `before` is the state before the
    message."""
    text, (point, named) = heard.said.text, asked.points[0]
    if not any(point.id in paper.says for paper in asked.papers):
        # 法人没换，要不要盖章: what the change is in is no paper of the question
        asked = replace(asked, papers=without_the_change(asked.papers, point, heard, kb))
    if not asked.papers:
        held = (found for found in asked.points if any(found[0].id in paper.says for paper in own))
        point, named = next(held, asked.points[0])
    having = [paper for paper in asked.papers or own if point.id in paper.says]
    if not having:
        missing, open_ = _phrase(kb, f"missing_{point.id}"), not point.values
        if asked.papers:
            entry = SEPARATOR.join(paper.entry for paper in asked.papers)
            return Verdict(_phrase(kb, "missing_of", missing=missing, entry=entry), missing=open_)
        if all_told((fact.id for fact in facts), before):
            return Verdict(_phrase(kb, "missing_alone", missing=missing), missing=open_)
        return Verdict(_phrase(kb, "missing", missing=missing, list=listed(facts)), missing=open_)
    value = having[0].says[point.id]
    having = [paper for paper in having if paper.says[point.id] == value]
    says = _phrase(kb, f"{point.id}_{value}")
    entry = SEPARATOR.join(dict.fromkeys(paper.entry for paper in having))
    return Verdict(_phrase(kb, _answer(point, named, value, text), says=says, entry=entry))


def _answer(point: Point, named: str, value: str, text: str) -> str:
    """The first word on a point: yes, no, you may, or simply what it is."""
    polar = questions.is_polar(text) and not offers_alternatives(text)
    if polar and (questions.does_without(text) or (named in point.partial and questions.only_part(text))):
        return "no"
    if named in point.partial:
        return "no" if polar and questions.asks_leave(text) else "yes" if polar else "plain"
    if named not in ("", value) and not offers_alternatives(text):
        return "other"
    if not polar:
        return "plain"
    return "may" if named and questions.asks_leave(text) else "yes"


def _phrase(kb: KnowledgeBase, key: str, /, **values: str) -> str:
    return kb.phrase("papers", key, **values)
