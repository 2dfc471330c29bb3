"""The next thing to be done in the customer's case, in one line: 一句话告诉我现在干啥."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beian.answers.brief import brief, brief_of
from beian.answers.reply import Reply, next_buttons
from beian.answers.worked import worked_out
from beian.checklist.in_short import due_of, materials_of, with_the_told
from beian.contract.reply import MOST_FACTS
from beian.hearing.heard import Heard
from beian.hearing.recapped import asks_what_now
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse

_GROUP = "now"


def to_do_now(
    heard: Heard, state: Discourse, today: date, kb: KnowledgeBase
) -> tuple[Reply, Discourse] | None:
    """The next step in one line, and the state after it; None where that is not asked for, or the case is not
    known."""
    another = heard.said.values("item") or heard.said.values("change_type")
    if heard.meaning.notice or heard.days or another or not asks_what_now(heard.said.text):
        return None
    found = _next(state, heard, today, kb)
    if found is None:
        return None
    text, facts = found
    facts = tuple(dict.fromkeys(facts))[:MOST_FACTS]
    reply = Reply("answered", text, facts, next_buttons(facts, kb, state))
    return reply, replace(state, asked=None, asked_back=0, last="answered", point=text)


def _next(
    state: Discourse, heard: Heard, today: date, kb: KnowledgeBase
) -> tuple[str, tuple[str, ...]] | None:
    """The line and the facts that it states, by how far the customer is."""
    if state.phase == "rejected":
        reasons = [
            fact for fact, cell in kb.cells.items() if cell.when.get("rejection_reason") == state.reason
        ]
        mend = next((fact for fact in reasons if state.reason and fact in kb.facts), "rejection.resubmit")
        due = kb.awaiting("rejected")[0]
        said = {"text": brief(kb.facts[mend], kb).rstrip("。"), "due": due_of(due, state, heard, today, kb)}
        return kb.phrase(_GROUP, "mend", **said), (mend, due)
    if state.phase in ("submitted", "approved"):
        fact = "timeline.review" if state.phase == "submitted" else "procedure.after_approval"
        part = worked_out(fact, state, heard, today, kb)
        said_of = brief_of(part) if part else brief(kb.facts[fact], kb)
        return kb.phrase(_GROUP, state.phase, text=said_of), (fact,)
    known = with_the_told(state, kb)
    return _hand_in(known, heard, today, kb) if known.focus.named else None


def _hand_in(
    state: Discourse, heard: Heard, today: date, kb: KnowledgeBase
) -> tuple[str, tuple[str, ...]] | None:
    """To hand in the change in hand: with which papers, and by when."""
    materials = materials_of(state.focus, state, kb)
    change = kb.name_of("change_type", state.focus.change_type)
    if len(materials) != 1 or change is None:
        return None
    due = kb.awaiting("changed")[0]
    part = worked_out(due, state, heard, today, kb)
    late = part is not None and part.verdict == kb.phrase("deadline", "too_late")
    by_when = kb.phrase(_GROUP, "late") if late else due_of(due, state, heard, today, kb)
    papers = brief(kb.facts[materials[0]], kb).rstrip("。")
    return kb.phrase(_GROUP, "hand_in", papers=papers, change=change, due=by_when), (*materials, due)
