"""What one message names of a customer's case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from beian.dialogue.rejection import reasons_in

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
            group, value = _named(entity, text)
            if group and value not in found.setdefault(group, []):
                found[group].append(value)
        if not found.get("item"):
            found["item"] = _renamed(text)
        told = reasons_in(text)
        if len(told) > 1:
            found["rejection_reason"] = list(dict.fromkeys([*told, *found.get("rejection_reason", [])]))
        types, items, kinds, reasons, denied = (
            tuple(found.get(group, ())) for group in (*_GROUPS, "denied_item")
        )
        return cls(types, items, kinds, reasons, denied, corrects=bool(_CORRECTION.search(text)))

    @property
    def any(self) -> bool:
        """Whether the message names anything of a case."""
        return bool(self.change_types or self.items or self.subject_kinds or self.rejection_reasons)


def _named(entity: Mapping[str, Any], text: str) -> tuple[str | None, str]:
    """The group and the value that an entity stands for in this message; no group where it names nothing."""
    group, value = str(entity.get("entity")), str(entity.get("value"))
    written = str(entity.get("text") or "")
    place = text.find(written) if written else -1
    if place < 0:
        return group, value
    if group == "item" and _NUMBER_GIVEN.match(text, place + len(written)):
        return None, value
    if written.endswith("名") and text.startswith("下", place + len(written)):
        return None, value  # 公司名下
    if written in _PAPERS and len(text) > _SHORTEST_SENTENCE and not _CHANGED.search(text):
        return None, value
    if _of_the_domain(text, place, written):
        return (group, "domain_mismatch") if value == "info_mismatch" else (None, value)
    if _NEGATED.search(text[:place]):
        return f"denied_{group}", value
    return group, value


def _of_the_domain(text: str, place: int, written: str) -> bool:
    """Whether a term that may be said of a domain as well is: 域名过户, 域名所有者和主体名称不一致."""
    if written == "过户":
        return "域名" in text[max(0, place - 4) : place + len(written) + 3]
    return written in _MISMATCHES and "域名" in text[max(0, place - _NEARBY) : place]


def _renamed(text: str) -> list[str]:
    """Whose name changes, where a message speaks of one only."""
    site, company = bool(_SITE_WORD.search(text)), bool(_COMPANY_WORD.search(text))
    if site == company or not _RENAMED.search(text):
        return []
    return ["site_name" if site else "company_name"]
