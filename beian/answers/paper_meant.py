"""A point of a paper that the document does give (正反面, 盖章, 复印件), where it was taken for one that it
leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from beian.answers.papers import paper_verdict
from beian.answers.papers_asked import asked_of, asks_after, of_the_question, own_of, points_given
from beian.hearing import questions
from beian.hearing.heard import Heard
from beian.hearing.verdicts import asks_which_needed
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.state import Discourse

_THE_WAY = frozenset({"login", "steps", "submit"})


def of_a_paper(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about the fact whose paper has the point that it asks for: one that was just said, else
    one for the case; as it is where no paper has it."""
    meaning, text = heard.meaning, heard.said.text
    cell = kb.cells.get(meaning.targets[0]) if len(meaning.targets) == 1 else None
    if cell is None:
        return heard
    lists = [fact for fact in state.stated if fact in kb.papers.of_fact]
    if len(lists) == 1 and lists != [cell.target] and _asks_after_one(cell.target, heard, kb):
        # of the list that was just shown, whatever other list has it
        return replace(heard, meaning=replace(meaning, outcome="answer", targets=(lists[0],), manner="item"))
    if cell.target in kb.papers.of_fact and asks_which_needed(text):
        # which of the papers have to be given is asked of the list, whatever was talked of between
        return replace(heard, meaning=replace(meaning, manner="item"))
    if meaning.manner == "correct" and cell.target in state.stated and _only_a_paper(heard, cell.target, kb):
        # 我问的是身份证，不是执照: another paper of the same list, and no other case
        return replace(heard, meaning=replace(meaning, manner="item"))
    if cell.aspect in _THE_WAY and not heard.said.named:
        return _of_its_place(heard, state, kb)
    if not cell.target.startswith(UNCOVERED):
        return heard
    if not (heard.said.asks or questions.is_polar(text)):
        return heard
    # a point without its paper is meant of what was just shown, as long as materials are in question
    shown = {fact for fact in state.stated if kb.cells[fact].aspect == cell.aspect}
    concerns = cell.concerns.items()
    facts = [
        fact
        for fact in _likeliest(heard, state, kb)
        if all(set(kb.cells[fact].values(slot)) & set(values) for slot, values in concerns)
    ]
    said = next((fact for fact in facts if points_given(kb.facts[fact], heard, fact in shown, kb)), None)
    if said is None and not concerns:
        said = next((fact for fact in lists if _leaves_open(fact, heard, state, kb)), None)
    if said is None:
        return heard
    meaning = replace(meaning, outcome="answer", targets=(said,), manner="item", choices=())
    return replace(heard, meaning=meaning)


def _told(state: Discourse, kb: KnowledgeBase) -> list[str]:
    """The lists that were told, the latest first."""
    told = (fact for facts in (state.stated, *reversed(state.trail)) for fact in facts)
    return [fact for fact in dict.fromkeys(told) if fact in kb.papers.of_fact]


def _of_its_place(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """Where a paper of a list in hand is found (那个申请书去哪儿下), and not where the change is made."""
    found = next((fact for fact in _told(state, kb) if _leaves_open(fact, heard, state, kb)), None)
    if found is None:
        return heard
    meaning = replace(heard.meaning, outcome="answer", targets=(found,), manner="item", choices=())
    return replace(heard, meaning=meaning)


def _leaves_open(fact: str, heard: Heard, state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether a message asks for a point of a paper of a list in hand that is left open: 协议要公证吗."""
    found = [kb.facts[fact]]
    one = replace(heard, meaning=replace(heard.meaning, targets=(fact,), manner="item"))
    said = paper_verdict(found, one, state, kb)
    return bool(said and said.missing and asked_of(heard, own_of(found, kb), kb).papers)


def _only_a_paper(heard: Heard, fact: str, kb: KnowledgeBase) -> bool:
    """Whether a message names papers of a fact, and no change besides."""
    own = own_of([kb.facts[fact]], kb)
    asked = of_the_question(asked_of(heard, own, kb), heard.said.text, kb)
    words = {word for paper in own for word in kb.words_of(paper)}
    changes = {heard.said.words.get(pair, "") for pair in heard.said.named if pair[0] == "item"}
    return bool(asked.papers) and not heard.days and changes <= words


def _asks_after_one(target: str, heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether a message only asks after a paper of a list, and names no change that it belongs to."""
    text, own = heard.said.text, kb.papers.of_fact.get(target, ())
    every = [paper for papers in kb.papers.of_fact.values() for paper in papers]
    named = [paper for paper in every if asks_after(text, kb.words_of(paper))]
    # 法人身份证 names a paper, and no change
    own_named = any(paper in own for paper in named)
    return own_named and set(heard.said.values("item")) <= {paper.of for paper in named}


def _likeliest(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Iterator[str]:
    """The facts with papers: those just said, those that the message may mean, then those for the case, the
    most special first."""
    yield from (fact for fact in state.stated if fact in kb.papers.of_fact)
    yield from (target for target, _ in heard.meaning.ranking if target in kb.papers.of_fact)
    case = state.focus.case
    fitting = [kb.cells[fact] for fact in kb.papers.of_fact if kb.cells[fact].fits(case)]
    yield from (cell.target for cell in sorted(fitting, key=lambda cell: cell.agreeing(case), reverse=True))
