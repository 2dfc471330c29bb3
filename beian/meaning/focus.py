"""The matter in focus: what becomes of it when the message names values of the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse, Matter


def with_values(state: Discourse, values: Mapping[str, str], kb: KnowledgeBase) -> Discourse:
    """The state with new values of the matter in focus; another item or type is another matter, whose days
    and item are not known. A kind of subject that cannot have the item drops it."""
    if not values:
        return state
    known = next(
        (
            matter
            for matter in state.matters
            if values.get("item") and matter.item == values["item"] and matter != state.focus
        ),
        None,
    )
    if known:
        return replace(state, focus=known)
    focus = state.focus
    item = kb.term("item", values["item"]) if "item" in values else None
    change = values.get("change_type") or (item.change_type if item else None)
    if change and focus.change_type not in (None, change):
        focus = Matter(subject_kind=focus.subject_kind, client=focus.client)
    elif "item" in values and focus.item not in (None, values["item"]):
        focus = Matter(focus.change_type, subject_kind=focus.subject_kind, client=focus.client)
    focus = replace(focus, **values)
    focus = replace(focus, change_type=focus.change_type or change)
    if item and item.subject_kind and focus.subject_kind is None:
        focus = replace(focus, subject_kind=item.subject_kind)
    held = kb.term("item", focus.item) if focus.item else None
    if held and held.subject_kind and focus.subject_kind not in (None, held.subject_kind):
        focus = replace(focus, item=None)
    matters = tuple(focus if matter == state.focus else matter for matter in state.matters)
    return replace(state, focus=focus, matters=matters)
