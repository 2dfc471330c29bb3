"""The customer's case in words and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse, Matter

_NAMED = ("subject_kind", "change_type", "item")
_DAYS = {"changed": "changed_on", "submitted": "submitted_on", "rejected": "rejected_on"}


def case_text(state: Discourse, kb: KnowledgeBase) -> str:
    """The case in short for people, such as 企业 · 主体信息变更 · 法定代表人 · 2026-10-08 变化; several
    changes each after the other."""
    matters = state.matters or (state.focus,)
    parts = list(dict.fromkeys(_matter(matter, kb) for matter in matters))
    reason = kb.name_of("rejection_reason", state.reason)
    return "；".join([*(part for part in parts if part), *([reason] if reason else [])])


def _matter(matter: Matter, kb: KnowledgeBase) -> str:
    names = [kb.name_of(slot, getattr(matter, slot)) for slot in _NAMED]
    names = [client_name(matter, kb) or None if any(names) else None, *names]
    for role, phrase in _DAYS.items():
        written = getattr(matter, role)
        names.append(kb.phrase("case", phrase, day=written.replace("/", " ~ ")) if written else None)
    return " · ".join(name for name in names if name)


def in_hand(state: Discourse) -> Discourse:
    """The state without what is told of other clients than the one in focus."""
    return replace(state, matters=()) if state.focus.client else state


def matter_name(matter: Matter, kb: KnowledgeBase) -> str:
    """What changes, by its defined term: the item, else the type of change; of a client after its name; else
    as the customer calls it."""
    name = kb.name_of(*matter.name)
    if name and matter.client:
        return kb.phrase("clients", "named", client=client_name(matter, kb), name=name)
    return name or client_name(matter, kb)


def client_name(matter: Matter, kb: KnowledgeBase) -> str:
    """Whose change it is, where there are several clients: 老王, 甲家, 第二家."""
    name = matter.client or ""
    bare = len(name) == 1 or (len(name) == len("第一") and name.startswith("第"))
    return kb.phrase("clients", "name", client=name.upper()) if bare else name


def for_case(state: Discourse, kb: KnowledgeBase) -> Discourse:
    """The state after its case was corrected: what was said for another case counts as said for this one,
    or not at all, so that "and the materials?" is about the case there is now."""

    def turned(facts: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(after for fact in facts for after in _of_case(fact, state.focus, kb)))

    trail = tuple(facts for facts in map(turned, state.trail) if facts)
    # What stands for nothing keeps its place among the entries.
    entries = tuple((turned([entry]) or ("",))[0] for entry in state.entries)
    return replace(state, stated=turned(state.stated), entries=entries, trail=trail)


def _of_case(fact_id: str, focus: Matter, kb: KnowledgeBase) -> list[str]:
    """The fact itself where it is for the case or for any, else those that answer the same for the case."""
    fact = kb.facts.get(fact_id)
    if fact is None or _fits(fact.when, focus):
        return [fact_id]
    return [
        other.id
        for other in kb.facts.values()
        if other.aspect == fact.aspect and other.when.keys() == fact.when.keys() and _fits(other.when, focus)
    ]


def _fits(when: Mapping[str, str], focus: Matter) -> bool:
    return all(getattr(focus, slot) in (None, value) for slot, value in when.items() if slot in _NAMED)


def case_parts(state: Discourse) -> dict[str, str]:
    """The parts that are known of the change in hand, by the names of the slots."""
    focus = state.focus
    known = {slot: getattr(focus, slot) for slot in _NAMED}
    known["rejection_reason"] = state.reason
    known |= {slot: getattr(focus, role) for role, slot in _DAYS.items()}
    return {name: value for name, value in known.items() if value is not None}
