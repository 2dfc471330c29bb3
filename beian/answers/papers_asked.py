"""What a message names of papers: which of them, which of their points, and with which value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from beian.answers.paper_clauses import by_its_form, every_paper, with_the_form
from beian.hearing import questions
from beian.hearing.heard import Heard
from beian.hearing.verdicts import asks_which_needed
from beian.kb import Fact, KnowledgeBase
from beian.kb.papers import Paper, Point
from beian.meaning.said import LAST
from beian.text import patterns
from beian.text.clauses import offers_alternatives

# 打电话 is no paper with a number on it.
_CALLING = patterns.compile("[打通接来][个一通过了]{0,2}电话")


# 那, 的, 照片 and 呢 stand beside a name that is only asked after.
_BESIDE_A_NAME = 5
_NEW = "新"
_NOT_MEANT = ("不是", "没问", "不问", "又不是", "不是问")
# 他的承诺书还有效吗: what is still to count is there already.
_STILL = patterns.compile("还(?:有效|管用|能用|可以用|算数|作数|能接着用|继续有效)")
_VALIDITY = "validity"


@dataclass(frozen=True)
class PaperQuestion:
    """What a message names: points with the value named of each ("" for none), and papers."""

    points: tuple[tuple[Point, str], ...]
    papers: tuple[Paper, ...]
    foreign: str | None


def own_of(facts: Sequence[Fact], kb: KnowledgeBase) -> list[Paper]:
    """The papers of some facts, in the order of their lists."""
    return [paper for fact in facts for paper in kb.papers.of_fact.get(fact.id, ())]


def asked_of(heard: Heard, own: Sequence[Paper], kb: KnowledgeBase) -> PaperQuestion:
    """What a message names of its `own` papers, those of the facts in question."""
    text, found = heard.said.text, []
    for point in kb.papers.points:
        named = [value for value, words in point.values.items() if any(word in text for word in words)]
        words = [*point.words, *(word for value in point.values.values() for word in value)]
        last = max(text.rfind(word) for word in words)
        if last >= 0:
            # the more special of two values holds the other's word: 正反面 and 反面
            found.append((last, (point, named[0] if named else "")))
    # what is asked stands last: 身份证复印件要盖章吗
    points = [point for _, point in sorted(found, key=lambda one: one[0], reverse=True)]
    papers = tuple(paper for paper in own if _names(paper, heard))
    papers = with_the_form(papers, own, heard, kb) or _numbered(heard, own)
    return PaperQuestion(tuple(points), papers, None if papers else _foreign(text, heard, kb))


def of_the_question(asked: PaperQuestion, text: str, kb: KnowledgeBase) -> PaperQuestion:
    """The same with the papers of the last clause that names any, unless it says that these are not meant:
    执照上别的没动，身份证还交不交; 我问的是身份证，不是执照."""
    clauses = [clause for clause in questions.clauses_of(text) if not clause.startswith(_NOT_MEANT)]
    if questions.lacks(text):
        # 通知书我们没有，电话变更又不去工商: of what is lacking
        clauses.sort(key=questions.lacks)
    found = [
        tuple(
            paper
            for paper in asked.papers
            if any(word in clause for word in kb.words_of(paper)) or by_its_form(paper, clause, kb)
        )
        for clause in clauses
    ]
    return replace(asked, papers=next((some for some in reversed(found) if some), asked.papers))


def points_at_the_former(asked: PaperQuestion, text: str) -> bool:
    """Whether a question is if a paper that is there already still counts: 他的承诺书还有效吗."""
    return bool(asked.papers) and asked.points[0][0].id == _VALIDITY and bool(_STILL.search(text))


def _numbered(heard: Heard, own: Sequence[Paper]) -> tuple[Paper, ...]:
    """The paper that a number points at: 第二样有没有范本."""
    ordinal = heard.said.ordinal
    place = len(own) if ordinal == LAST else ordinal
    return (own[place - 1],) if place and 0 < place <= len(own) else ()


def after_the_named(heard: Heard, own: Sequence[Paper], kb: KnowledgeBase) -> str:
    """What follows the last word for a paper, a point of one or what it is of; nothing where none is."""
    text = heard.said.text
    of_points = (word for point in kb.papers.points for word in point.words)
    of_values = (word for point in kb.papers.points for words in point.values.values() for word in words)
    of_papers = (word for paper in own for word in kb.words_of(paper))
    of_items = (word for (slot, _), word in heard.said.words.items() if slot == "item")
    words = (*of_points, *of_values, *of_papers, *of_items)
    ends = [text.rfind(word) + len(word) for word in words if word in text]
    # of several clauses after it the last one asks: 身份证又没换，也得重新拍啊
    return questions.last_clause(text[max(ends) :]) if ends else ""


def is_called(paper: Paper, heard: Heard) -> bool:
    """Whether a message names a paper itself, and not only what it shows the new state of."""
    text = _CALLING.sub("", heard.said.text)
    return paper.document in heard.said.documents or any(word in text for word in paper.words)


def _names(paper: Paper, heard: Heard) -> bool:
    """Whether a message names a paper, by the document or by a word for it."""
    of_item = {value for slot, value in (*heard.said.named, *heard.said.denied) if slot == "item"}
    return is_called(paper, heard) or (paper.of in of_item and heard.said.asks)


def _foreign(text: str, heard: Heard, kb: KnowledgeBase) -> str | None:
    """The paper of another list that a message names, in the customer's word."""
    others = every_paper(kb)
    words = [word for paper in others if _names(paper, heard) for word in kb.words_of(paper)]
    return max((word for word in words if word in text), key=len, default=None)


def asks_after(text: str, words: Iterable[str]) -> bool:
    """Whether a message only asks after a paper by one of the words for it: 那身份证呢."""
    clauses = [clause for clause in questions.clauses_of(text) if clause.rstrip("?？").endswith("呢")]
    return any(word in one and len(one) <= len(word) + _BESIDE_A_NAME for one in clauses for word in words)


def names_a_point(facts: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether a message names a paper of these facts and a point of it: 承诺书去哪下载."""
    own = own_of(facts, kb)
    asked = asked_of(heard, own, kb)
    return bool(asked.points) and bool(asked.papers)


def points_given(fact: Fact, heard: Heard, shown: bool, kb: KnowledgeBase) -> bool:
    """Whether a fact's papers have a point that a message asks for, and nothing beyond it: of a paper that it
    names, or of any where the fact has just been `shown`."""
    own, text = kb.papers.of_fact.get(fact.id, ()), heard.said.text
    asked = asked_of(heard, own, kb)
    if shown and own and asks_which_needed(text) and not asked.papers and not asked.points:
        return True
    if not asked.points or not (asked.papers or shown):
        return False
    if questions.asks_something_else(after_the_named(heard, own, kb)):
        return False
    point, _ = asked.points[0]
    values = {paper.says[point.id] for paper in asked.papers or own if point.id in paper.says}
    # 扫描件还是拍照都行 asks for one of two that the document does not have
    offered = offered_of(point, text)
    return bool(values) and (not offered or bool(offered & values))


def offered_of(point: Point, text: str) -> set[str]:
    """The values of a point between which a question lets choose: the last before 还是, the first after."""
    if not offers_alternatives(text):
        return set()
    before, after = questions.alternatives(text)
    places = [
        (value, before.rfind(word), after.find(word))
        for value, words in point.values.items()
        for word in words
    ]
    left = max((one for one in places if one[1] >= 0), key=lambda one: one[1], default=None)
    right = min((one for one in places if one[2] >= 0), key=lambda one: one[2], default=None)
    return {one[0] for one in (left, right) if one}


def lets_choose(text: str) -> bool:
    """Whether a question lets choose between two things, and not between one and none."""
    return offers_alternatives(text) and not questions.alternatives(text)[1].startswith(
        ("不", "别", "没", "都")
    )


def of_the_new(facts: Sequence[Fact], paper: Paper) -> bool:
    """Whether the list wants a paper of the new state, or of the new person."""
    own = [fact for fact in facts if paper.entry in fact.items]
    heads = [line for fact in own for kind, lines in fact.body if kind == "text" for line in lines]
    return any(_NEW in words for words in (paper.entry, *heads))
