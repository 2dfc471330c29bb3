"""How it is done, asked in the barest words (怎么弄, 咋办理) after papers or days: the steps."""

from __future__ import annotations

from dataclasses import replace

from beian.hearing.day_words import ROLES
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse
from beian.text.clauses import asks_only_how

_STEPS = "steps"


def of_the_way(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as the question for the steps, where it asks nothing but how, and what stands above it is
    what is handed in or by when. What was rejected is mended in another way."""
    said = heard.said
    if state.phase == "rejected" or said.named or said.documents or not asks_only_how(said.text):
        return heard
    if not state.stated or not all(_papers_or_days(fact, kb) for fact in state.stated):
        return heard
    steps = next(fact for fact, cell in kb.cells.items() if cell.aspect == _STEPS and fact in kb.facts)
    meaning = replace(heard.meaning, outcome="answer", targets=(steps,), manner="ask", choices=())
    return replace(heard, meaning=meaning)


def _papers_or_days(fact: str, kb: KnowledgeBase) -> bool:
    return fact in kb.papers.of_fact or kb.cells[fact].awaits in ROLES
