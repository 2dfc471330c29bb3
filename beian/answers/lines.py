"""A fact in a line of several: its title, and what it says in short."""

from __future__ import annotations

from datetime import date

from beian.answers.brief import brief, brief_of
from beian.answers.worked import worked_out
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse


def line_of(fact: str, heard: Heard, state: Discourse, today: date, kb: KnowledgeBase) -> str:
    """A fact in short after its title, the day itself where that is known."""
    part = worked_out(fact, state, heard, today, kb)
    said = brief_of(part) if part and part.card["type"] == "deadline" else brief(kb.facts[fact], kb)
    return kb.phrase("parts", "line", title=kb.title_of(fact), text=said)
