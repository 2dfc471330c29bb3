"""The steps of the guided checklist: what is still open of a change, and the question for it."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.case import case_text
from beian.answers.events import EVENT, ask_event
from beian.answers.reply import Reply, button
from beian.contract.reply import Card
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse

STEP = "checklist_"
CHOOSING = ("change_type", "subject_kind", "item")


def step_of(state: Discourse) -> str | None:
    """The step that the guide waits for: change_type (or the event that tells it), subject_kind, item or day;
    None without a guide."""
    kind = state.asked.kind if state.asked else ""
    return kind.removeprefix(STEP) if kind.startswith(STEP) else None


def missing(state: Discourse, settled: bool, kb: KnowledgeBase) -> str | None:
    """The step to ask for next, or None when the case is complete: what tells its materials apart."""
    focus = state.focus
    if focus.change_type is None:
        return "change_type"
    known = {slot: getattr(focus, slot) for slot in CHOOSING}
    cells = [
        kb.cells[name]
        for name in materials(kb)
        if kb.cells[name].when.get("change_type") == focus.change_type
    ]
    for slot in ("subject_kind", "item"):
        if known[slot] is None and any(slot in cell.when for cell in cells):
            return slot
    return None if settled or focus.changed or not is_change(state, kb) else "day"


def materials(kb: KnowledgeBase) -> list[str]:
    """The facts that list materials."""
    return [name for name, cell in kb.cells.items() if cell.aspect == "materials" and name in kb.facts]


def is_change(state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether something that is filed has changed, so that there is a day to count from: not for what is
    only added."""
    return state.focus.change_type in {term.change_type for term in kb.terms if term.group == "item"} | {
        cell.when["change_type"] for name in materials(kb) if (cell := kb.cells[name]).when.get("change_type")
    }


def options_of(step: str, kb: KnowledgeBase) -> list[str]:
    """What can be chosen at a step, as ids of the vocabulary: of items those of the type that needs one."""
    if step in ("day", EVENT):
        return []
    if step != "item":
        return [term.id for term in kb.terms if term.group == step]
    needing = {
        kb.cells[name].when.get("change_type") for name in materials(kb) if "item" in kb.cells[name].when
    }
    return [term.id for term in kb.terms if term.group == "item" and term.change_type in needing]


def ask(step: str, state: Discourse, kb: KnowledgeBase) -> Reply:
    """The question for a step, with what can be chosen."""
    if step == EVENT:
        return ask_event(kb)
    options = [str(kb.name_of(step, value)) for value in options_of(step, kb)]
    options = options or list(kb.phrases["checklist"]["day_options"])
    question = kb.phrase("checklist", f"ask_{step}")
    known = case_in_hand(state, kb)
    text = f"{kb.phrase('checklist', 'known', case=known)}\n{question}" if known else question
    titles = "\n".join(f"{number}. {option}" for number, option in enumerate(options, 1))
    card: Card = {"type": "choices", "title": question, "items": options}
    return Reply("clarify", f"{text}\n{titles}", (), [button(option) for option in options], card)


def case_in_hand(state: Discourse, kb: KnowledgeBase) -> str:
    """The change that the list is for, without others that are in question beside it."""
    return case_text(replace(state, matters=()), kb)
