"""The discourse in Rasa's slots: one that holds it, and those by which desk and tests see the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from beian.meaning.state import Discourse

DISCOURSE = "discourse"
# Each visible slot and the field of the matter in focus that it shows.
OF_CASE = {
    "change_type": "change_type",
    "item": "item",
    "subject_kind": "subject_kind",
    "changed_on": "changed",
    "submitted_on": "submitted",
    "rejected_on": "rejected",
}
REASON = "rejection_reason"


def state_from(slots: Mapping[str, Any]) -> Discourse:
    """The state held in a tracker's slots; where there is none yet, what the visible slots say (a channel
    or a test may have filled them)."""
    held = slots.get(DISCOURSE)
    if held:
        return Discourse.from_slot(held)
    focus = replace(Discourse().focus, **{field: slots.get(slot) for slot, field in OF_CASE.items()})
    return Discourse(focus=focus, reason=slots.get(REASON))


def slots_of(state: Discourse) -> dict[str, Any]:
    """The values of all slots for a state."""
    visible = {slot: getattr(state.focus, field) for slot, field in OF_CASE.items()}
    return {DISCOURSE: state.as_slot(), REASON: state.reason, **visible}
