"""A customer's case as an agent corrects it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from beian.answers.case import for_case
from beian.calendar.span import Span
from beian.kb import KnowledgeBase
from beian.meaning.slots import OF_CASE, REASON
from beian.meaning.state import Discourse

_DAYS = ("changed_on", "submitted_on", "rejected_on")


def correction_of(body: Mapping[str, Any], kb: KnowledgeBase) -> Callable[[Discourse], Discourse]:
    """What a request changes: of the case's parts those it names, with an id of the vocabulary, a day as
    2026-10-08, or None to forget it. Raises ValueError."""
    given = {name: body[name] for name in (*OF_CASE, REASON) if name in body}
    if not given:
        raise ValueError("nothing to correct")
    for name, value in given.items():
        if value is None:
            continue
        if not isinstance(value, str):
            raise ValueError(f"{name} is no text")
        known = Span.from_text(value) if name in _DAYS else kb.term(name, value)
        if known is None:
            raise ValueError(f"{name} is not known")
    reason = REASON in given

    def change(state: Discourse) -> Discourse:
        after = state.focused(**{OF_CASE[name]: value for name, value in given.items() if name != REASON})
        return for_case(replace(after, reason=given[REASON]) if reason else after, kb)

    return change
