"""Which paper a clause is about that names none by its name: by its form, or only by what changes."""

from __future__ import annotations

from collections.abc import Sequence

from beian.hearing import questions
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.kb.papers import Paper, Point


def with_the_form(
    papers: tuple[Paper, ...], own: Sequence[Paper], heard: Heard, kb: KnowledgeBase
) -> tuple[Paper, ...]:
    """The papers that are named, and the one of which a clause that names none tells the form and a point:
    复印件要不要盖章 where one entry is a copy."""
    for clause in questions.clauses_of(heard.said.text):
        if any(word in clause for paper in every_paper(kb) for word in kb.words_of(paper)):
            continue
        formed = [paper for paper in own if by_its_form(paper, clause, kb)]
        if len({paper.entry for paper in formed}) == 1:
            papers = (*papers, *(paper for paper in formed if paper not in papers))
    return papers


def by_its_form(paper: Paper, clause: str, kb: KnowledgeBase) -> bool:
    """Whether a clause calls a paper by the word for its form, and asks for another point of it."""
    for point in kb.papers.points:
        words = [word for word in point.values.get(paper.says.get(point.id, ""), ()) if word in paper.name]
        ends = [clause.find(word) + len(word) for word in words if word in clause]
        if ends and any(
            word in clause[max(ends) :]
            for other in kb.papers.points
            if other is not point
            for word in (*other.words, *(one for value in other.values.values() for one in value))
        ):
            return True
    return False


def without_the_change(
    papers: Sequence[Paper], point: Point, heard: Heard, kb: KnowledgeBase
) -> tuple[Paper, ...]:
    """The papers without those that are named only by what changes, or has not, in another clause than that
    of the point: 换了电话，要盖公章吗."""
    words = (*point.words, *(word for value in point.values.values() for word in value))
    asking = [clause for clause in questions.clauses_of(heard.said.text) if any(w in clause for w in words)]
    items = {value for slot, value in (*heard.said.named, *heard.said.denied) if slot == "item"}
    return tuple(
        paper
        for paper in papers
        if paper.of is None
        or paper.document in heard.said.documents
        or paper.of not in items
        or any(word in clause for clause in asking for word in (*kb.words_of(paper), *_item_words(heard)))
    )


def _item_words(heard: Heard) -> list[str]:
    return [word for (slot, _), word in heard.said.words.items() if slot == "item"]


def every_paper(kb: KnowledgeBase) -> list[Paper]:
    """The papers of all lists."""
    return [paper for papers in kb.papers.of_fact.values() for paper in papers]
