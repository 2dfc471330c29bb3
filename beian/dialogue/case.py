"""The customer's case: what is known of their change, kept over turns and corrected by what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from beian.dialogue.mentions import Mentions
from beian.kb import KnowledgeBase


@dataclass(frozen=True)
class Case:
    """Ids of the vocabulary (`change_type`, `item`, `subject_kind`, `rejection_reason`); days as
    YYYY-MM-DD: when the information changed, when the change was rejected, when it was submitted."""

    change_type: str | None = None
    item: str | None = None
    subject_kind: str | None = None
    rejection_reason: str | None = None
    changed_on: str | None = None
    rejected_on: str | None = None
    submitted_on: str | None = None

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Case:
        """The case held in a tracker's slots."""
        return cls(**{field.name: slots.get(field.name) for field in fields(cls)})

    def as_dict(self) -> dict[str, str]:
        """The parts that are known."""
        return {name: value for name, value in self.as_slots().items() if value is not None}

    def as_slots(self) -> dict[str, str | None]:
        """Every part, the unknown ones as None."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def text(self, kb: KnowledgeBase) -> str:
        """The case in short for people, such as 企业 · 主体信息变更 · 法定代表人 · 2026-10-08 变更."""
        names = [kb.name_of(key, getattr(self, key)) for key in ("subject_kind", "change_type", "item")]
        names.append(kb.name_of("rejection_reason", self.rejection_reason))
        for name in ("changed_on", "submitted_on", "rejected_on"):
            day = getattr(self, name)
            names.append(kb.phrase("case", name, day=day) if day else None)
        return " · ".join(name for name in names if name)

    def day(self, name: str) -> date | None:
        """One of the days as a date."""
        value = getattr(self, name)
        return date.fromisoformat(value) if value else None


def update_case(case: Case, mentions: Mentions, kb: KnowledgeBase) -> Case:
    """The case after a message.

    An item brings its change type, and its subject kind where the item exists for one kind only and
    nothing else is known. Another item, unless it corrects the first, drops the days; another change type
    drops everything but the subject kind.
    """
    if case.item in mentions.denied_items:
        case = replace(case, item=None)
    if len(mentions.items) == 1:
        item = kb.term("item", mentions.items[0])
        if item and item.change_type:
            if case.item not in (None, item.id) and not mentions.corrects:
                # another matter: when the first one changed says nothing of it
                case = replace(case, changed_on=None, rejected_on=None, submitted_on=None)
            case = with_change_type(case, item.change_type)
            case = replace(case, item=item.id)
            if item.subject_kind and case.subject_kind is None:
                case = replace(case, subject_kind=item.subject_kind)
    elif len(mentions.change_types) == 1:
        case = with_change_type(case, mentions.change_types[0])
    if len(mentions.subject_kinds) == 1:
        case = replace(case, subject_kind=mentions.subject_kinds[0])
    item = kb.term("item", case.item) if case.item else None
    if item and item.subject_kind not in (None, case.subject_kind) and mentions.subject_kinds:
        case = replace(case, item=None)  # an individual has no legal representative
    if len(mentions.rejection_reasons) == 1:
        case = replace(case, rejection_reason=mentions.rejection_reasons[0])
    return case


def with_change_type(case: Case, change_type: str) -> Case:
    """The case with this change type; of another change nothing but the subject kind stays."""
    if case.change_type == change_type:
        return case
    if case.change_type is None:
        return replace(case, change_type=change_type)
    return Case(change_type=change_type, subject_kind=case.subject_kind)


def adopt_fact(case: Case, when: Mapping[str, str]) -> Case:
    """The case after an answer by a fact: what the fact is for is now known."""
    if "change_type" in when:
        case = with_change_type(case, when["change_type"])
    known = {
        key: value for key, value in when.items() if getattr(case, key) is None or key == "rejection_reason"
    }
    return replace(case, **known)
