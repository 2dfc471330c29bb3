"""Which facts answer a question in the case that is known, and which go along with them."""

from __future__ import annotations

from collections.abc import Sequence

from beian.hearing.day_words import OF_PHASE, ROLES
from beian.hearing.heard import ASKED_IN_FULL, Heard
from beian.hearing.questions import supposes
from beian.kb import KnowledgeBase
from beian.kb.cells import Cell, most_specific
from beian.meaning.advance import TELLING
from beian.meaning.state import Discourse
from beian.names import names_changed_to
from beian.text.clauses import asks_how

# The days from which a last day is counted.
_RUNNING = ("changed", "rejected")


def in_case(facts: Sequence[str], heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[str, ...]:
    """The facts for what is known of the case.

    A general answer goes with the special one of this case, or gives way to it where it only asks which;
    a special one goes with its likes where nothing tells which of them the customer's is.
    """
    found: list[str] = []
    for fact in facts:
        cell = kb.cells[fact]
        same = [
            c for f, c in kb.cells.items() if f in kb.facts and c.aspect == cell.aspect and c.target != fact
        ]
        if cell.bound:
            found += [fact, *_likes(cell, same, heard, state)]
            continue
        # what a message names goes before what is in hand; a paper's name is no item
        named = {} if heard.said.documents else heard.said.case()
        known = {slot: named.get(slot) or value for slot, value in state.focus.case.items()}
        special = [c.target for c in most_specific(same, known) if c.bound and c.agreeing(known)]
        last = state.trail[-1] if state.trail else ()
        in_hand = [other for other in last if kb.cells[other].bound and kb.cells[other].fits(named)]
        if heard.meaning.alone < ASKED_IN_FULL and in_hand and kb.cells[in_hand[0]].aspect == cell.aspect:
            # 怎么弄, after one of several: that one
            found += in_hand
        elif len(special) == 1 and not kb.facts[fact].items:
            found += special if set(special) <= set(cell.entries) else [*special, fact]
        else:
            found.append(fact)
    found = [like for fact in found for like in _as_named(fact, heard, kb)]
    found = [fact for fact in found if not _only_leads_to(fact, found, kb)]
    return tuple(dict.fromkeys(_of_the_subject(found, heard, state, kb)))


def _as_named(fact: str, heard: Heard, kb: KnowledgeBase) -> list[str]:
    """A fact on one of the reasons of a rejection that a message names: those on all of them, as named."""
    aspect, named = kb.cells[fact].aspect, heard.said.values("rejection_reason")
    if kb.cells[fact].when.get("rejection_reason") not in named:
        return [fact]
    same = [other for other in kb.facts if kb.cells[other].aspect == aspect]
    return [
        other for reason in named for other in same if kb.cells[other].when.get("rejection_reason") == reason
    ]


def _only_leads_to(fact: str, found: Sequence[str], kb: KnowledgeBase) -> bool:
    """Whether a fact only tells which cases there are of a question that another one answers."""
    cell = kb.cells[fact]
    answers = {other for other in found if other != fact and kb.cells[other].aspect == cell.aspect}
    return not cell.bound and not kb.facts[fact].items and bool(answers & set(cell.entries))


def _of_the_subject(facts: Sequence[str], heard: Heard, state: Discourse, kb: KnowledgeBase) -> Sequence[str]:
    """Without the facts for the other kind of subject, where the customer's own is known, another fact is for
    it, and the message does not name the other."""
    kind = state.focus.subject_kind
    cells = [kb.cells[fact] for fact in facts]
    own = {cell.aspect for cell in cells if kind and cell.when.get("subject_kind") == kind}
    named = heard.said.values("subject_kind")
    return [
        cell.target
        for cell in cells
        if cell.aspect not in own or cell.when.get("subject_kind") in (None, kind, *named)
    ]


def _likes(cell: Cell, same: Sequence[Cell], heard: Heard, state: Discourse) -> list[str]:
    """The cells that differ only in the kind of subject, which nothing has told."""
    kind = "subject_kind"
    if kind not in cell.when or heard.said.values(kind) or heard.meaning.manner in ("entry", "item"):
        return []
    if state.focus.subject_kind:
        return []
    rest = {slot: value for slot, value in cell.when.items() if slot != kind}
    return [
        other.target
        for other in same
        if kind in other.when and {slot: value for slot, value in other.when.items() if slot != kind} == rest
    ]


def with_the_deadline(
    facts: tuple[str, ...], heard: Heard, before: Discourse, after: Discourse, kb: KnowledgeBase
) -> tuple[str, ...]:
    """Who has told a day, whatever else was said with it, is told what follows from it."""
    told = [
        role
        for role in ROLES
        if getattr(after.focus, role) and getattr(after.focus, role) != getattr(before.focus, role)
    ]
    due = tuple(fact for role in told for fact in kb.awaiting(role))
    if not due or set(due) & set(facts):
        return facts
    if supposes(heard.said.text) and heard.meaning.manner not in TELLING:
        # 下个月中旬要是改好了，去哪看: what is only supposed has no last day
        return facts
    if _of_another_step(facts, told, heard, before, kb):
        return facts
    repeats = set(facts) <= set(before.stated)
    only_tells = heard.meaning.manner in TELLING and not heard.said.asks
    return due if repeats and only_tells else (*facts, *due)


def _of_another_step(
    facts: Sequence[str], told: Sequence[str], heard: Heard, before: Discourse, kb: KnowledgeBase
) -> bool:
    """Whether a question with a day is about something that no last day follows from: a step after the change
    was handed in, of which the day of the change is only told by the way (执照前阵子换过，是哪个不一致), or
    a case whose day was known before."""
    if heard.meaning.manner in TELLING and not heard.said.asks:
        return False
    if told == ["submitted"] and any(kb.cells[fact].awaits in _RUNNING for fact in facts):
        # 明天交算逾期吗: whether it is in time, and not how long the review takes
        return True
    later = any(kb.cells[fact].phase in OF_PHASE for fact in facts)
    return (later and told == ["changed"]) or all(before.focus.span(role) for role in told)


def otherwise_told(
    facts: tuple[str, ...], heard: Heard, before: Discourse, kb: KnowledgeBase
) -> tuple[str, ...]:
    """Who asks what happens without something just shown is told the fact that says so."""
    if heard.meaning.manner != "what_if" or not set(facts) <= set(before.stated):
        return facts
    if any(kb.cells[fact].awaits == "site_name" for fact in facts) and names_changed_to(
        heard.said.written, kb
    ):
        # 那改成绿叶书屋呢 puts a name forward
        return facts
    following = [kb.facts[fact].otherwise for fact in facts]
    return tuple(fact for fact in following if fact) or facts


def with_the_way(
    facts: tuple[str, ...], heard: Heard, before: Discourse, kb: KnowledgeBase
) -> tuple[str, ...]:
    """Who asks how something is changed wants the papers, and where it is done."""
    aspects = {kb.cells[fact].aspect for fact in facts}
    if aspects != {"materials"} or set(facts) <= set(before.stated) or not asks_how(heard.said.text):
        return facts
    return (*facts, *(fact for fact, cell in kb.cells.items() if cell.aspect == "login"))
