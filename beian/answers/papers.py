"""A question about one paper of a list: 要, 不能省, 盖公章, 文档没有写, and then the one line concerned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from beian.hearing import questions
from beian.hearing.heard import Heard
from beian.kb import Fact, KnowledgeBase
from beian.kb.papers import Paper, Point
from beian.meaning.said import LAST
from beian.meaning.state import Discourse
from beian.text.clauses import offers_alternatives

_SEPARATOR = "、"
_MANNERS = ("ask", "item", "entry", "meaning", "what_if", "sum_up", "tell")


@dataclass(frozen=True)
class Verdict:
    """What is said of the papers asked about; `also`: further facts that it states."""

    text: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """What a message names: points with the value named of each ("" for none), and papers."""

    points: tuple[tuple[Point, str], ...]
    papers: tuple[Paper, ...]
    foreign: str | None


def paper_verdict(
    facts: Sequence[Fact], heard: Heard, before: Discourse, kb: KnowledgeBase
) -> Verdict | None:
    """The answer to a question about a paper, or about a point of the papers, of these facts; None where the
    message asks for nothing of the kind. `before` is the state before it."""
    text = heard.said.text
    own = [paper for fact in facts for paper in kb.papers.of_fact.get(fact.id, ())]
    if not own or heard.meaning.manner not in _MANNERS:
        return None
    if not (heard.said.asks or questions.is_polar(text) or questions.lacks(text)):
        return None
    asked = _asked(text, heard, own, kb)
    if questions.asks_the_rest(text) and 0 < len(asked.papers) < len(own):
        rest = [paper.entry for paper in own if paper not in asked.papers]
        return Verdict(_phrase(kb, "rest", list=_SEPARATOR.join(rest)))
    if questions.is_polar(text) and questions.asks_something_else(_after_the_named(text, own, kb)):
        return None
    if asked.points:
        return _of_point(facts, asked, text, own, kb)
    if asked.papers:
        return _of_paper(facts, asked.papers[0], heard, before, kb)
    if asked.foreign and questions.is_polar(text):
        return Verdict(_phrase(kb, "not_listed", name=asked.foreign, list=_listed(facts, kb)))
    return None


def names_a_point(facts: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether a message names a paper of these facts and a point of it: 承诺书去哪下载."""
    own = [paper for fact in facts for paper in kb.papers.of_fact.get(fact.id, ())]
    asked = _asked(heard.said.text, heard, own, kb)
    return bool(asked.points) and bool(asked.papers)


def points_given(fact: Fact, heard: Heard, shown: bool, kb: KnowledgeBase) -> bool:
    """Whether a fact's papers have a point that a message asks for, and nothing beyond it: of a paper that it
    names, or of any where the fact has just been `shown`."""
    own, text = kb.papers.of_fact.get(fact.id, ()), heard.said.text
    asked = _asked(text, heard, own, kb)
    if not asked.points or not (asked.papers or shown):
        return False
    if questions.asks_something_else(_after_the_named(text, own, kb)):
        return False
    point, _ = asked.points[0]
    values = {paper.says[point.id] for paper in asked.papers or own if point.id in paper.says}
    # 扫描件还是拍照都行 asks for one of two that the document does not have
    offered = _offered(point, text)
    return bool(values) and (not offered or bool(offered & values))


def _offered(point: Point, text: str) -> set[str]:
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


def count_verdict(facts: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> str | None:
    """How many entries a list has, with their names; None where the message does not ask for that."""
    unit = questions.counted_unit(heard.said.text)
    if unit is None or len(facts) != 1 or len(facts[0].items) < 2:
        return None
    # of what has parts its own name is enough: 准备变更材料, and not all that is done there
    names = _SEPARATOR.join(_head_of(entry) for entry in facts[0].items)
    return _phrase(kb, "count", count=str(len(facts[0].items)), unit=unit, list=names)


def _head_of(entry: str) -> str:
    return entry.partition("：")[0]


def _asked(text: str, heard: Heard, own: Sequence[Paper], kb: KnowledgeBase) -> _Asked:
    found = []
    for point in kb.papers.points:
        named = [value for value, words in point.values.items() if any(word in text for word in words)]
        words = [*point.words, *(word for value in point.values.values() for word in value)]
        last = max(text.rfind(word) for word in words)
        if last >= 0:
            # the more special of two values holds the other's word: 正反面 and 反面
            found.append((last, (point, named[0] if named else "")))
    # what is asked stands last: 身份证复印件要盖章吗
    points = [point for _, point in sorted(found, key=lambda one: one[0], reverse=True)]
    papers = tuple(paper for paper in own if _names(paper, text, heard)) or _numbered(heard, own)
    return _Asked(tuple(points), papers, None if papers else _foreign(text, heard, kb))


def _numbered(heard: Heard, own: Sequence[Paper]) -> tuple[Paper, ...]:
    """The paper that a number points at: 第二样有没有范本."""
    ordinal = heard.said.ordinal
    place = len(own) if ordinal == LAST else ordinal
    return (own[place - 1],) if place and 0 < place <= len(own) else ()


def _after_the_named(text: str, own: Sequence[Paper], kb: KnowledgeBase) -> str:
    """What follows the last word for a paper or a point of one; nothing where none is named."""
    of_points = (word for point in kb.papers.points for word in point.words)
    of_values = (word for point in kb.papers.points for words in point.values.values() for word in words)
    of_papers = (word for paper in own for word in kb.words_of(paper))
    ends = [text.rfind(word) + len(word) for word in (*of_points, *of_values, *of_papers) if word in text]
    # of several clauses after it the last one asks: 身份证又没换，也得重新拍啊
    return questions.last_clause(text[max(ends) :]) if ends else ""


def _names(paper: Paper, text: str, heard: Heard) -> bool:
    """Whether a message names a paper, by the document or by a word for it."""
    of_item = {value for slot, value in (*heard.said.named, *heard.said.denied) if slot == "item"}
    by_word = paper.document in heard.said.documents or any(word in text for word in paper.words)
    return by_word or (paper.of in of_item and heard.said.asks)


def _foreign(text: str, heard: Heard, kb: KnowledgeBase) -> str | None:
    """The paper of another list that a message names, in the customer's word."""
    others = [paper for papers in kb.papers.of_fact.values() for paper in papers]
    words = [word for paper in others if _names(paper, text, heard) for word in kb.words_of(paper)]
    return max((word for word in words if word in text), key=len, default=None)


def _of_point(
    facts: Sequence[Fact], asked: _Asked, text: str, own: Sequence[Paper], kb: KnowledgeBase
) -> Verdict:
    """A point of the papers named, or of those that have it."""
    point, named = asked.points[0]
    if not asked.papers:
        held = (found for found in asked.points if any(found[0].id in paper.says for paper in own))
        point, named = next(held, asked.points[0])
    having = [paper for paper in asked.papers or own if point.id in paper.says]
    if not having:
        missing = _phrase(kb, f"missing_{point.id}")
        if asked.papers:
            entry = _SEPARATOR.join(paper.entry for paper in asked.papers)
            return Verdict(_phrase(kb, "missing_of", missing=missing, entry=entry))
        return Verdict(_phrase(kb, "missing", missing=missing, list=_listed(facts, kb)))
    value = having[0].says[point.id]
    having = [paper for paper in having if paper.says[point.id] == value]
    says = _phrase(kb, f"{point.id}_{value}")
    entry = _SEPARATOR.join(dict.fromkeys(paper.entry for paper in having))
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


def _of_paper(
    facts: Sequence[Fact], paper: Paper, heard: Heard, before: Discourse, kb: KnowledgeBase
) -> Verdict | None:
    """Whether a paper has to be given."""
    text, contact = heard.said.text, tuple(kb.phrases["handoff"]["facts"])
    lacking, without = questions.lacks(text), questions.does_without(text)
    if not (questions.is_polar(text) or lacking):
        return None
    if paper.if_any:
        if lacking or without:
            return Verdict(_phrase(kb, "if_any_without", name=paper.name), contact)
        return Verdict(_phrase(kb, "if_any", entry=paper.entry))
    changing = {before.focus.item, *(matter.item for matter in before.matters)} - {None}
    unchanged = {value for slot, value in heard.said.denied if slot == "item"}
    unchanged |= {paper.of} if paper.of and questions.unchanged(text) else set()
    whose = {paper.of, *(fact.when.get("item") for fact in facts)} - {None}
    if whose & unchanged or (paper.of and changing and paper.of not in changing):
        return Verdict(_phrase(kb, "not_apart", entry=paper.entry), contact)
    if lacking:
        return Verdict(_phrase(kb, "lacking", name=paper.name, entry=paper.entry), contact)
    if without:
        otherwise = tuple(fact.otherwise for fact in facts if fact.otherwise)
        return Verdict(_phrase(kb, "kept", entry=paper.entry), otherwise[:1])
    return Verdict(_phrase(kb, "listed", entry=paper.entry))


def _listed(facts: Sequence[Fact], kb: KnowledgeBase) -> str:
    return _SEPARATOR.join(entry for fact in facts for entry in fact.items)


def _phrase(kb: KnowledgeBase, key: str, /, **values: str) -> str:
    return kb.phrase("papers", key, **values)
