"""The customer's case: what is known of their change, kept over turns and corrected by what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from beian.kb import KnowledgeBase

_GROUPS = ("change_type", "item", "subject_kind", "rejection_reason")
# Who gives a number (身份证号是 1101…, or what stands for it once masked) does not say that it changes.
_NUMBER_GIVEN = re.compile(r"(?:号码?)?(?:是|为|:|：)?(?:\d{6,}|〔)|号?码?〕")
_CORRECTION = re.compile(r"不对|不是|错了|搞错|应该是|其实是|更正|改口|说反了")
# May be said of a domain and its owner too, named so many characters before.
_MISMATCHES = ("名称不一致", "信息不一致", "信息不符")
_NEARBY = 12
# These are asked for with every change; they change themselves only where a message says so.
_PAPERS = ("身份证", "手机号", "手机号码", "电话号码", "联系电话", "邮箱")
_CHANGED = re.compile(r"换|变|改|更新|更正|新|到期|过期|升级|补办|丢")
_SHORTEST_SENTENCE = 6
# A name that changes is the subject's or the site's, whichever the message speaks of.
_RENAMED = re.compile(r"[改换更](?:了|完|过|好|成|个|新)*(?:名|名字|名称)(?!单)")
_SITE_WORD = re.compile(r"网站|站点|站名|博客|官网|网店|论坛")
_COMPANY_WORD = re.compile(r"公司|企业|单位|我司|营业执照")
_NEGATED = re.compile(r"(?:不是|并非|没有?|不)(?:要|换|改|变|变更)?$")


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


@dataclass(frozen=True)
class Mentions:
    """What one message names, by group; a group with several different values counts as unclear."""

    change_types: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    subject_kinds: tuple[str, ...] = ()
    rejection_reasons: tuple[str, ...] = ()
    denied_items: tuple[str, ...] = ()
    corrects: bool = False

    @classmethod
    def of(cls, entities: Iterable[Mapping[str, Any]], text: str = "") -> Mentions:
        """The values of Rasa's entities, in order, without repeats.

        What the text denies (不是改名) is kept apart: only the items, as those are corrected that way.
        """
        found: dict[str, list[str]] = {}
        for entity in entities:
            group = str(entity.get("entity"))
            written = str(entity.get("text") or "")
            place = text.find(written) if written else -1
            if place >= 0 and group == "item" and _NUMBER_GIVEN.match(text, place + len(written)):
                continue
            if _of_the_domain(text, place, written):
                if entity.get("value") != "info_mismatch":
                    continue
                entity = {**entity, "value": "domain_mismatch"}
            if written in _PAPERS and len(text) > _SHORTEST_SENTENCE and not _CHANGED.search(text):
                continue
            if place > 0 and _NEGATED.search(text[:place]):
                group = f"denied_{group}"
            values = found.setdefault(group, [])
            if entity.get("value") not in values:
                values.append(str(entity["value"]))
        if not found.get("item") and _RENAMED.search(text):
            renamed = _renamed(text)
            if renamed:
                found["item"] = [renamed]
        types, items, kinds, reasons, denied = (
            tuple(found.get(group, ())) for group in (*_GROUPS, "denied_item")
        )
        return cls(types, items, kinds, reasons, denied, corrects=bool(_CORRECTION.search(text)))

    @property
    def any(self) -> bool:
        """Whether the message names anything of a case."""
        return bool(self.change_types or self.items or self.subject_kinds or self.rejection_reasons)


def _of_the_domain(text: str, place: int, written: str) -> bool:
    """Whether a term that may be said of a domain as well is: 域名过户, 域名所有者和主体名称不一致."""
    if place < 0:
        return False
    if written == "过户":
        return "域名" in text[max(0, place - 4) : place + len(written) + 3]
    return written in _MISMATCHES and "域名" in text[max(0, place - _NEARBY) : place]


def _renamed(text: str) -> str | None:
    """Whose name changes, where a message speaks of one only."""
    site, company = bool(_SITE_WORD.search(text)), bool(_COMPANY_WORD.search(text))
    if site == company:
        return None
    return "site_name" if site else "company_name"


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
