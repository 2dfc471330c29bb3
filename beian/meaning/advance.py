"""The state after a message, from what it means and what it names. No words are read here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from beian.kb import KnowledgeBase
from beian.kb.cells import SLOTS, UNCOVERED, Cell
from beian.meaning.focus import with_values
from beian.meaning.said import LAST, Said
from beian.meaning.state import MOST_REMEMBERED, Discourse, Matter, Status

# Manners that say how things are; the others ask, and what they name in passing changes little.
TELLING = frozenset({"tell", "correct", "answer"})
# These mean the whole of what was said last, once more in another way.
RETELLING = frozenset({"again", "brief", "detail", "source", "doubt", "sum_up"})
# A question about what would be, or about a word, tells nothing of the case.
SUPPOSING = frozenset({"what_if", "meaning", "doubt", "compare", "item", "source", "why"})
_CASE = ("change_type", "item", "subject_kind")


def advance(
    before: Discourse, targets: Sequence[str], manner: str, said: Said, kb: KnowledgeBase
) -> Discourse:
    """The state after a message that means `targets` in this `manner`, before the reply is composed."""
    cells = [kb.cells[target] for target in targets if target in kb.cells]
    after = _retract(before, said)
    after = _inform(after, cells, manner, said, kb)
    if not cells:
        return replace(after, last=_status(targets))
    facts = facts_of(targets, kb)
    theme = next((cell.target for cell in cells if cell.target.startswith(UNCOVERED)), None)
    phase = next((cell.phase for cell in cells if cell.phase), after.phase)
    if before.reason and phase == "submitted" and manner not in TELLING and not said.values("item"):
        # who was rejected for a known reason, and asks how long a review takes, is where they were
        phase = before.phase
    trail = before.trail
    if before.stated and facts != before.stated:
        trail = (*trail, before.stated)[-MOST_REMEMBERED:]
    reason = next((cell.when["rejection_reason"] for cell in cells if "rejection_reason" in cell.when), None)
    return replace(
        after,
        stated=facts,
        theme=theme,
        last="answered" if facts else "uncovered",
        entries=_entries(before, cells),
        trail=trail,
        phase=phase,
        reason=reason or (after.reason if phase == "rejected" else None),
    )


def facts_of(targets: Iterable[str], kb: KnowledgeBase) -> tuple[str, ...]:
    """The facts that targets stand for, in order."""
    return tuple(dict.fromkeys(fact for target in targets for fact in kb.facts_of_label(target)))


def entries_of(cells: Sequence[Cell]) -> tuple[str, ...]:
    """What 第二个 means after these: an entry of the one list shown, or one of several answers."""
    if len(cells) == 1:
        return cells[0].entries
    return tuple(cell.target for cell in cells)


def entry_at(entries: Sequence[str], ordinal: int | None) -> str | None:
    """What an ordinal stands for among entries; None where there is no such entry."""
    place = len(entries) if ordinal == LAST else ordinal
    return entries[place - 1] if place and 0 < place <= len(entries) else None


def _entries(before: Discourse, cells: Sequence[Cell]) -> tuple[str, ...]:
    """The entries after an answer: who has picked one of those shown may pick another of them, also after
    one that the document has nothing on."""
    target = cells[0].target
    shown = target in before.entries or ("" in before.entries and target.startswith(UNCOVERED))
    picked = len(cells) == 1 and shown and before.stated != (target,)
    return before.entries if picked and len(set(before.entries)) > 1 else entries_of(cells)


def _status(targets: Sequence[str]) -> Status:
    base = targets[0].partition("/")[0] if targets else ""
    known: dict[str, Status] = {
        "out_of_scope": "out_of_scope",
        "handoff": "handoff",
        "uncovered": "uncovered",
    }
    return known.get(base, "smalltalk")


def _retract(state: Discourse, said: Said) -> Discourse:
    """Empty what the message denies, unless it names that as well."""
    gone = {
        slot: None
        for slot, value in said.denied
        if slot in _CASE and getattr(state.focus, slot) == value and (slot, value) not in said.named
    }
    if state.focus.item and "item" not in gone:
        # another item of the same type is denied: 服务器没换 while it is the name that changes
        gone.pop("change_type", None)
    left = tuple(matter for matter in state.matters if matter.name not in said.denied)
    if len(left) == len(state.matters):
        return state.focused(**gone) if gone else state
    focus = state.focus if state.focus in left else (left[0] if left else Matter())
    kept = replace(focus, subject_kind=focus.subject_kind or state.focus.subject_kind)
    return replace(state, focus=kept, matters=left if len(left) > 1 else ())


def _inform(state: Discourse, cells: Sequence[Cell], manner: str, said: Said, kb: KnowledgeBase) -> Discourse:
    """Fill the case with what the message states, and with what its answer is bound to.

    A statement overwrites; a question fills what is open, and overwrites where it asks for just that case or
    names the one item that its answer may be about.
    What contradicts the answer (words in passing) is left alone.
    """
    if not cells and manner not in TELLING and not (said.clients or said.further):
        return state
    several = _several(said, cells, manner, kb)
    if several:
        kind = said.case().get("subject_kind") or (None if said.clients else state.focus.subject_kind)
        new = tuple(replace(matter, subject_kind=kind or matter.subject_kind) for matter in several)
        kept = (state.matters or (state.focus,)) if said.further and state.focus.named else ()
        kept = tuple(matter for matter in kept if matter.name not in {matter.name for matter in new})
        return replace(state, focus=new[0], matters=(*kept, *new) if len(kept) + len(new) > 1 else ())
    told = said.case()
    if len(said.values("item")) > 1:
        # several items of one answer: none of their types is the case's
        told.pop("change_type", None)
    bound = _bound(cells)
    asks_of = asked_of(said, manner) if all(cell.fits(told) for cell in cells) else None
    values: dict[str, str] = {}
    for slot in _CASE:
        value = told.get(slot)
        asked_for = bound.get(slot, ())
        is_meant = value in asked_for or value == asks_of
        if value and asked_for and not is_meant:
            continue
        overwrites = manner in TELLING or is_meant
        if value and (overwrites or not getattr(state.focus, slot)):
            if manner not in SUPPOSING or value in asked_for:
                values[slot] = value
        elif not value and len(asked_for) == 1 and _adopts(slot, cells, manner, state):
            values[slot] = asked_for[0]
    return with_values(state, values, kb)


def _adopts(slot: str, cells: Sequence[Cell], manner: str, state: Discourse) -> bool:
    """Whether the case an answer is for becomes the customer's: of one fact that was asked for plainly.
    Whether it is a company only the customer tells, or picks; what a fact concerns among other things, or
    while another change is in hand, does not tell."""
    if slot == "subject_kind" and manner not in ("answer", "entry"):
        return False
    if len(cells) != 1 or manner in SUPPOSING:
        return False
    return slot in cells[0].when or (len(cells[0].concerns) == 1 and not state.focus.named)


def _bound(cells: Sequence[Cell]) -> dict[str, tuple[str, ...]]:
    """The values that the answers are for, by slot."""
    bound: dict[str, tuple[str, ...]] = {}
    for slot in SLOTS:
        values = [cell.values(slot) for cell in cells]
        if values and all(values):
            bound[slot] = tuple(dict.fromkeys(value for group in values for value in group))
    return bound


def _several(said: Said, cells: Sequence[Cell], manner: str, kb: KnowledgeBase) -> list[Matter]:
    """Several changes that one message states or asks about together, or one beside those in hand."""
    changes = changes_named(said, kb)
    together = len(changes) > 1 and (bool(said.clients) or (manner in (*TELLING, "ask") and bool(cells)))
    return changes if together or said.further else []


def asked_of(said: Said, manner: str) -> str | None:
    """The one item whose change a question or statement is about; None where it names several or none, or
    asks about a point of what was shown, or about a paper."""
    items = said.values("item")
    return items[0] if len(items) == 1 and manner in (*TELLING, "ask") and not said.documents else None


def changes_named(said: Said, kb: KnowledgeBase) -> list[Matter]:
    """The changes that a message names, in order: items, and types of change without one (注销一个站)."""
    terms = {item: term for item in said.values("item") if (term := kb.term("item", item))}
    of_items = {term.change_type for term in terms.values()}
    # 是主体变更还是网站变更 asks which of two it is, and tells of neither
    types_count = not said.offers
    changes = []
    for slot, value in dict.fromkeys(said.named):
        if slot == "item" and value in terms and terms[value].change_type:
            term = terms[value]
            changes.append(
                Matter(term.change_type, value, term.subject_kind, client=said.clients.get((slot, value)))
            )
        elif slot == "change_type" and value not in of_items and types_count:
            changes.append(Matter(value, client=said.clients.get((slot, value))))
    return changes
