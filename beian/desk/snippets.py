"""The variables of canned replies, filled in from a customer's case."""

from __future__ import annotations

from datetime import date

from beian.calendar.day_text import day_text, span_of_days
from beian.calendar.deadline_text import deadline_of
from beian.calendar.deadlines import RESUBMIT, SUBMIT
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse
from beian.store.desk.snippets import VARIABLE, VARIABLES


def unfilled(text: str) -> list[str]:
    """The variables that stand in a text, each once: a customer is not to read them."""
    return [found for found in dict.fromkeys(VARIABLE.findall(text)) if found in VARIABLES]


def values_of(state: Discourse, agent: str, today: date, kb: KnowledgeBase) -> dict[str, str]:
    """What is known of the variables, in words."""
    focus = state.focus
    found = {
        "客服": agent,
        "主体性质": kb.name_of("subject_kind", focus.subject_kind),
        "变更类型": kb.name_of("change_type", focus.change_type),
        "变更项": kb.name_of("item", focus.item),
    }
    changed, rejected = focus.span("changed"), focus.span("rejected")
    if changed:
        found["变化日"] = span_of_days(changed.first, changed.last, kb)
    counted, fact = (rejected, RESUBMIT) if rejected else (changed, SUBMIT)
    if counted:
        # Of days only roughly known the earliest deadline is safe.
        found["截止日"] = day_text(deadline_of(fact, counted.first, today, kb).last)
    return {name: value for name, value in found.items() if value}
