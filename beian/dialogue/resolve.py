"""Which facts answer a label in this customer's case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from beian.dialogue.case import Case
from beian.dialogue.mentions import Mentions
from beian.kb import KnowledgeBase
from beian.nlu.labels import fact_id, kind_of

MOST_FACTS = 4
_HOW = re.compile(r"怎么|如何|怎样|咋|流程|步骤|手续|操作|在哪")
WHAT = re.compile(r"材料|资料|文件|证明|证件|什么|啥|哪些|清单|准备")
# The document has no materials for these changes; the theme that says so.
SUBJECT_CHANGE = "type.subject_change"
_SUBJECT_CHANGE_MATERIALS = (
    "materials.subject_info.enterprise",
    "materials.subject_info.individual",
    "materials.subject_transfer",
)
# A period to keep, not one to wait for.
_WITHIN = re.compile(r"[之以]内|[天久日]内")
# What a rejection makes of a question beside it.
_OF_REJECTION = {
    "timeline/submit_deadline": "timeline/resubmit_deadline",
    "overview/types": "rejection/overview",
}
_GENERAL = ("materials/overview",)
_CONTENT_TYPE = "content_type_materials"
_MATERIALS_NOT_SAID = {
    "add_website": "add_website_materials",
    "cancel_website": "cancel_website_materials",
}


@dataclass(frozen=True)
class Resolution:
    """`facts` to state in order; `theme` when the document leaves it open; `choices` to offer
    (facts) when the case decides and is not known."""

    facts: tuple[str, ...] = ()
    theme: str | None = None
    choices: tuple[str, ...] = ()


def in_context(labels: Sequence[str], text: str = "") -> list[str]:
    """The labels of one message as meant beside each other.

    A deadline, or the common kinds, asked after in a talk of rejection are those of rejections; a general
    question beside the particular one of the same subject adds nothing, nor do all cautions beside what to
    mind in preparing.
    """
    rejected = any(_about_rejection(label) for label in labels)
    meant = [_OF_REJECTION.get(label, label) if rejected else label for label in labels]
    if rejected and _WITHIN.search(text):
        meant = ["timeline/resubmit_deadline" if label == "timeline/review" else label for label in meant]
    meant = [label for label in meant if not (label == "notice/overview" and "procedure/prepare" in meant)]
    bases = [label.partition("/")[0] for label in meant if not label.endswith("/overview")]
    kept = [label for label in meant if not (label in _GENERAL and label.partition("/")[0] in bases)]
    return list(dict.fromkeys(kept))


def _about_rejection(label: str) -> bool:
    return label.startswith("rejection/") or label == "uncovered/rejection_other"


def resolve(label: str, case: Case, mentions: Mentions, text: str, kb: KnowledgeBase) -> Resolution:
    """Resolve one label. `mentions` are this message's, `case` is what is known after it."""
    if kind_of(label) == "uncovered":
        return Resolution(theme=label.partition("/")[2])
    fact = fact_id(label)
    base = label.partition("/")[0]
    if base == "which_type":
        return Resolution(facts=(f"type.{case.change_type}",) if case.change_type else ("overview.types",))
    if base == "materials":
        return _materials(fact, case, mentions, text, kb)
    if fact == SUBJECT_CHANGE and WHAT.search(text):
        return Resolution(facts=_SUBJECT_CHANGE_MATERIALS)
    if base == "type":
        return _type(fact, mentions, kb)
    if base == "access":
        return Resolution(facts=_access(fact, case, mentions))
    if fact == "procedure.after_approval" and case.item == "server":
        return Resolution(facts=("access.after_approval", fact))
    if base == "rejection" and fact != "rejection.resubmit" and mentions.rejection_reasons:
        named = [f"rejection.{reason}" for reason in mentions.rejection_reasons]
        if fact not in ("rejection.overview", *named):
            named.insert(0, fact)
        return Resolution(facts=tuple(named))
    return Resolution(facts=kb.facts_of_label(fact))


def _type(fact: str, mentions: Mentions, kb: KnowledgeBase) -> Resolution:
    """Several changes at once are each told their type; an item beside a new domain is told its own."""
    types = [term.change_type for item in mentions.items if (term := kb.term("item", item))]
    named = tuple(dict.fromkeys(f"type.{change}" for change in types if change))
    if fact in ("type.subject_info", "type.website_info") and len(named) == 2:
        return Resolution(facts=named)
    if fact == "type.replace_domain" and named:
        return Resolution(facts=(*named, *kb.facts_of_label(fact)))
    return Resolution(facts=kb.facts_of_label(fact))


def _materials(fact: str, case: Case, mentions: Mentions, text: str, kb: KnowledgeBase) -> Resolution:
    if fact == "materials.overview":
        if not case.change_type:
            return Resolution(facts=(fact,), choices=kb.facts[fact].next)
        return materials_of(case, kb)
    several = _materials_of_items(mentions, case, kb)
    if len(several) > 1:
        facts = several
    elif fact.startswith("materials.subject_info"):
        facts = _subject_info(fact, case, mentions)
    else:
        facts = (fact,)
    if _HOW.search(text) and not WHAT.search(text):
        facts = (*facts, "procedure.login")
    return Resolution(facts=facts)


def _materials_of_items(mentions: Mentions, case: Case, kb: KnowledgeBase) -> tuple[str, ...]:
    """The materials of each item a message names, where the document has them."""
    found = []
    for item in mentions.items:
        term = kb.term("item", item)
        if term and term.change_type == "subject_info":
            kind = term.subject_kind or case.subject_kind or "enterprise"
            found.append(f"materials.subject_info.{kind}")
        elif fact := kb.materials_of_item(item):
            found.append(fact)
    return tuple(dict.fromkeys(found))[:MOST_FACTS]


def _subject_info(fact: str, case: Case, mentions: Mentions) -> tuple[str, ...]:
    """For the kind of subject that is known; for both where nothing tells the kind."""
    both = ("materials.subject_info.enterprise", "materials.subject_info.individual")
    if len(mentions.subject_kinds) > 1:
        return both
    if case.subject_kind:
        return (f"materials.subject_info.{case.subject_kind}",)
    if mentions.change_types or case.item == "contact":
        return both
    return (fact,)


def materials_of(case: Case, kb: KnowledgeBase) -> Resolution:
    """The materials for a change type that is known."""
    change = case.change_type
    if change in _MATERIALS_NOT_SAID:
        return Resolution(theme=_MATERIALS_NOT_SAID[change])
    if change == "subject_info":
        return Resolution(facts=_subject_info("", case, Mentions(change_types=(change,))))
    if change == "website_info":
        if case.item == "content_type":
            return Resolution(theme=_CONTENT_TYPE)
        fact = kb.materials_of_item(case.item)
        if fact:
            return Resolution(facts=(fact,))
        choices = tuple(name for name in kb.facts if name.startswith("materials.website_info."))
        return Resolution(facts=("materials.overview",), choices=choices)
    return Resolution(facts=("materials.subject_transfer",))


def change_of_theme(theme: str | None) -> tuple[str, str | None] | None:
    """The change, and the item, whose materials a theme says the document leaves out."""
    if theme == _CONTENT_TYPE:
        return "website_info", "content_type"
    return next(((change, None) for change, name in _MATERIALS_NOT_SAID.items() if name == theme), None)


def _access(fact: str, case: Case, mentions: Mentions) -> tuple[str, ...]:
    """Whether the site stays up, for the change at hand."""
    if fact != "access.overview":
        return (fact,)
    if case.item == "server":
        return ("access.server_change", "access.overview")
    subject = case.change_type in ("subject_info", "subject_transfer") or case.item == "responsible_person"
    return ("access.subject_or_responsible_change", "access.overview") if subject else (fact,)
