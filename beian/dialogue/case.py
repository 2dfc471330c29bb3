"""The customer's case: what is known of their change, kept over turns and corrected by what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from beian.kb import KnowledgeBase


@dataclass(frozen=True)
class Case:
    """Ids of the vocabulary (`change_type`, `item`, `subject_kind`, `rejection_reason`), or None."""

    change_type: str | None = None
    item: str | None = None
    subject_kind: str | None = None
    rejection_reason: str | None = None

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Case:
        """The case held in a tracker's slots."""
        return cls(**{field.name: slots.get(field.name) for field in fields(cls)})

    def as_dict(self) -> dict[str, str]:
        """The parts that are known."""
        return {
            field.name: value for field in fields(self) if (value := getattr(self, field.name)) is not None
        }

    def text(self, kb: KnowledgeBase) -> str:
        """The case in short for people, such as 企业 · 主体信息变更 · 法定代表人."""
        names = [kb.name_of(key, getattr(self, key)) for key in ("subject_kind", "change_type", "item")]
        names.append(kb.name_of("rejection_reason", self.rejection_reason))
        return " · ".join(name for name in names if name)


@dataclass(frozen=True)
class Mentions:
    """What one message names, by group; a group with several different values counts as unclear."""

    change_types: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    subject_kinds: tuple[str, ...] = ()
    rejection_reasons: tuple[str, ...] = ()

    @classmethod
    def of(cls, entities: Iterable[Mapping[str, Any]]) -> Mentions:
        """Collect the values of Rasa's entities, in order, without repeats."""
        found: dict[str, list[str]] = {}
        for entity in entities:
            values = found.setdefault(str(entity.get("entity")), [])
            if entity.get("value") not in values:
                values.append(str(entity["value"]))
        return cls(
            *(
                tuple(found.get(group, ()))
                for group in ("change_type", "item", "subject_kind", "rejection_reason")
            )
        )

    @property
    def any(self) -> bool:
        """Whether the message names anything of a case."""
        return bool(self.change_types or self.items or self.subject_kinds or self.rejection_reasons)


def update_case(case: Case, mentions: Mentions, kb: KnowledgeBase) -> Case:
    """The case after a message.

    An item brings its change type, and its subject kind where the item exists for one kind only and
    nothing else is known. Another change type drops the item and the rejection reason.
    """
    if len(mentions.items) == 1:
        item = kb.term("item", mentions.items[0])
        if item and item.change_type:
            case = _with_change_type(case, item.change_type)
            case = replace(case, item=item.id)
            if item.subject_kind and case.subject_kind is None:
                case = replace(case, subject_kind=item.subject_kind)
    elif len(mentions.change_types) == 1:
        case = _with_change_type(case, mentions.change_types[0])
    if len(mentions.subject_kinds) == 1:
        case = replace(case, subject_kind=mentions.subject_kinds[0])
    if len(mentions.rejection_reasons) == 1:
        case = replace(case, rejection_reason=mentions.rejection_reasons[0])
    return case


def _with_change_type(case: Case, change_type: str) -> Case:
    if case.change_type == change_type:
        return case
    return Case(change_type=change_type, subject_kind=case.subject_kind)


def adopt_fact(case: Case, when: Mapping[str, str]) -> Case:
    """The case after an answer by a fact: what the fact is for is now known."""
    if "change_type" in when:
        case = _with_change_type(case, when["change_type"])
    return replace(
        case,
        **{
            key: value
            for key, value in when.items()
            if getattr(case, key) is None or key == "rejection_reason"
        },
    )
