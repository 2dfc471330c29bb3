"""The customer's case in words and as plain data."""

from __future__ import annotations

from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse, Matter

_NAMED = ("subject_kind", "change_type", "item")
_DAYS = {"changed": "changed_on", "submitted": "submitted_on", "rejected": "rejected_on"}


def case_text(state: Discourse, kb: KnowledgeBase) -> str:
    """The case in short for people, such as 企业 · 主体信息变更 · 法定代表人 · 2026-10-08 变化; several
    changes each after the other."""
    matters = state.matters or (state.focus,)
    parts = [_matter(matter, kb) for matter in matters]
    reason = kb.name_of("rejection_reason", state.reason)
    return "；".join([*(part for part in parts if part), *([reason] if reason else [])])


def _matter(matter: Matter, kb: KnowledgeBase) -> str:
    names = [kb.name_of(slot, getattr(matter, slot)) for slot in _NAMED]
    for role, phrase in _DAYS.items():
        written = getattr(matter, role)
        names.append(kb.phrase("case", phrase, day=written.replace("/", " ~ ")) if written else None)
    return " · ".join(name for name in names if name)


def case_parts(state: Discourse) -> dict[str, str]:
    """The parts that are known of the change in hand, by the names of the slots."""
    focus = state.focus
    known = {slot: getattr(focus, slot) for slot in _NAMED}
    known["rejection_reason"] = state.reason
    known |= {slot: getattr(focus, role) for role, slot in _DAYS.items()}
    return {name: value for name, value in known.items() if value is not None}
