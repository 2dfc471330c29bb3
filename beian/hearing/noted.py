"""What the page around the customer knows of the matter, taken into the state before anything is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse

SLOTS = ("subject_kind", "change_type", "item")
_PHASE = "phase"


def vocabulary(kb: KnowledgeBase) -> dict[str, dict[str, str]]:
    """What a page may say: the names by id, for each slot and for `phase`."""
    return {
        **{slot: {term.id: term.name for term in kb.terms if term.group == slot} for slot in SLOTS},
        _PHASE: dict(kb.phrases[_PHASE]),
    }


def noted(values: Mapping[str, str | None], state: Discourse, kb: KnowledgeBase) -> Discourse:
    """The state with these values; None takes one back. An item brings the change that it belongs to.

    Raises ValueError for a slot or an id that does not exist.
    """
    known = vocabulary(kb)
    for slot, value in values.items():
        if slot not in known or (value is not None and value not in known[slot]):
            raise ValueError(f"no such {slot}")
    matter = {slot: value for slot, value in values.items() if slot in SLOTS}
    item = matter.get("item")
    term = kb.term("item", item) if item else None
    if term is not None:
        belongs = {"change_type": term.change_type, "subject_kind": term.subject_kind}
        # What the page says itself comes first.
        matter = {**{slot: value for slot, value in belongs.items() if value}, **matter}
    after = state.focused(**matter) if matter else state
    return replace(after, phase=values[_PHASE]) if _PHASE in values else after
