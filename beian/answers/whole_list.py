"""A whole list, wanted after one entry of it (还有呢，不止这一样吧), or to be read out
(把要带的东西念一遍)."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.lists_again import asks_for_each
from beian.hearing.heard import Heard
from beian.hearing.whole_list import asks_for_the_rest, asks_to_read_out
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse


def of_the_whole_list(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as asking for a list in full, as its button does; as it is where it asks for no list."""
    if heard.meaning.notice or heard.said.written in kb.questions:
        return heard
    of_a_point = bool(state.point or state.open_now)
    if of_a_point and asks_for_the_rest(heard.said.text):
        return _in_full(heard, _lists(state.stated, kb), kb)
    if asks_to_read_out(heard.said.text) and not asks_for_each(heard.said.text):
        return _in_full(heard, _lists(heard.meaning.targets, kb), kb)
    return heard


def _lists(targets: tuple[str, ...], kb: KnowledgeBase) -> tuple[str, ...]:
    """The first list of papers, where there is one."""
    return tuple(target for target in targets if target in kb.papers.of_fact)[:1]


def _in_full(heard: Heard, facts: tuple[str, ...], kb: KnowledgeBase) -> Heard:
    if not facts:
        return heard
    asked = kb.question_of(facts[0])
    # whose list it is, is told by the question for it
    own = tuple(kb.cells[facts[0]].when.items())
    named = tuple(dict.fromkeys((*heard.said.named, *own)))
    said = replace(heard.said, text=asked, written=asked, named=named, documents=(), ordinal=None)
    meaning = replace(heard.meaning, outcome="answer", targets=facts, manner="ask", choices=())
    return replace(heard, said=said, meaning=replace(meaning, alone=1.0, foreign=0.0))
