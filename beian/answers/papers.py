"""A question about one paper of a list: 要, 不能省, 盖公章, 文档没有写, and then the one line concerned."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.lists_again import asks_for_each
from beian.answers.paper_points import Verdict, point_verdict
from beian.answers.papers_asked import (
    PaperQuestion,
    after_the_named,
    asked_of,
    asks_after,
    lets_choose,
    of_the_new,
    of_the_question,
    own_of,
    points_at_the_former,
)
from beian.answers.papers_beyond import SEPARATOR, counts_one, listed, unwritten_of, which_needed
from beian.answers.things import asks_within
from beian.answers.told_already import all_told
from beian.hearing import questions
from beian.hearing.heard import Heard
from beian.hearing.verdicts import asks_which_needed, has_already, speaks_of_the_former
from beian.kb import Fact, KnowledgeBase
from beian.kb.papers import Paper
from beian.meaning.state import Discourse
from beian.text.languages import is_chinese

_HEAD_ENDS = "："
_MANNERS = ("ask", "item", "entry", "meaning", "what_if", "sum_up", "tell")


def paper_verdict(
    facts: Sequence[Fact], heard: Heard, before: Discourse, kb: KnowledgeBase
) -> Verdict | None:
    """The answer to a question about a paper, or about a point of the papers, of these facts; None where the
    message asks for nothing of the kind. `before` is the state before it."""
    text, own = heard.said.text, own_of(facts, kb)
    if asks_for_each(text):
        return None
    if not own or heard.meaning.manner not in _MANNERS or not is_chinese(heard.said.written):
        return None
    asks = heard.said.asks or asks_within(text)
    if not (asks or questions.is_polar(text) or questions.lacks(text)):
        return None
    asked = asked_of(heard, own, kb)
    whole = _of_all(facts, asked, heard, own, before, kb)
    return whole or _of_one(facts, of_the_question(asked, text, kb), heard, own, before, kb)


def _of_one(
    facts: Sequence[Fact],
    asked: PaperQuestion,
    heard: Heard,
    own: Sequence[Paper],
    before: Discourse,
    kb: KnowledgeBase,
) -> Verdict | None:
    """The answer on the paper that is asked about, or on the point of it."""
    text = heard.said.text
    if asked.papers and asked.papers[0].if_any and not asked.points and questions.lacks(text):
        # the mark tells, whatever is asked besides: 没开，可以空着吗
        return _of_paper(facts, asked.papers[0], heard, before, kb)
    aside = questions.asks_something_else(after_the_named(heard, own, kb))
    if aside or lets_choose(text):
        beyond = unwritten_of(facts, asked, heard, before, kb)
        if beyond:
            return Verdict(beyond, missing=True)
    if aside and questions.is_polar(text):
        return None
    if asked.points:
        if points_at_the_former(asked, text) and of_the_new(facts, asked.papers[0]):
            return Verdict(_phrase(kb, "former", entry=asked.papers[0].entry))
        return point_verdict(facts, asked, heard, own, before, kb)
    if asked.papers:
        return _of_paper(facts, asked.papers[0], heard, before, kb)
    if asked.foreign and (questions.is_polar(text) or asks_after(text, [asked.foreign])):
        if all_told((fact.id for fact in facts), before):
            return Verdict(_phrase(kb, "not_in_list", name=asked.foreign))
        return Verdict(_phrase(kb, "not_listed", name=asked.foreign, list=listed(facts)))
    return None


def _of_all(
    facts: Sequence[Fact],
    asked: PaperQuestion,
    heard: Heard,
    own: Sequence[Paper],
    before: Discourse,
    kb: KnowledgeBase,
) -> Verdict | None:
    """What is left of the list, which of it has to be given, or how many of one paper."""
    text = heard.said.text
    has_some = all_told((fact.id for fact in facts), before) or has_already(text)
    if questions.asks_the_rest(text) and 0 < len(asked.papers) < len(own) and has_some:
        rest = [paper.entry for paper in own if paper not in asked.papers]
        return Verdict(_phrase(kb, "rest", list=SEPARATOR.join(rest)))
    if asks_which_needed(text) and not asked.papers and not asked.points:
        return Verdict(which_needed(facts, own, kb))
    if asked.papers and counts_one(asked.papers[0], text, kb):
        entry = asked.papers[0].entry
        return Verdict(_phrase(kb, "missing_of", missing=_phrase(kb, "missing_copies"), entry=entry))
    return None


def count_verdict(facts: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> str | None:
    """How many entries a list has, with their names; None where the message does not ask for that."""
    unit = questions.counted_unit(heard.said.text)
    if unit is None or len(facts) != 1 or len(facts[0].items) < 2:
        return None
    # of what has parts its own name is enough: 准备变更材料, and not all that is done there
    names = SEPARATOR.join(head_of(entry) for entry in facts[0].items)
    return _phrase(kb, "count", count=str(len(facts[0].items)), unit=unit, list=names)


def head_of(entry: str) -> str:
    """What an entry is called, without what is done in it."""
    return entry.partition(_HEAD_ENDS)[0]


def _of_paper(
    facts: Sequence[Fact], paper: Paper, heard: Heard, before: Discourse, kb: KnowledgeBase
) -> Verdict | None:
    """Whether a paper has to be given."""
    text, contact = heard.said.text, tuple(kb.phrases["handoff"]["facts"])
    lacking, without = questions.lacks(text), questions.does_without(text)
    if not (questions.is_polar(text) or lacking or asks_after(text, kb.words_of(paper))):
        return None
    if speaks_of_the_former(text) and of_the_new(facts, paper):
        return Verdict(_phrase(kb, "former", entry=paper.entry))
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


def _phrase(kb: KnowledgeBase, key: str, /, **values: str) -> str:
    return kb.phrase("papers", key, **values)
