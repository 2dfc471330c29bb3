"""The finished checklist of a change: which facts make it up, and how it reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beian.dialogue.checklist_steps import CHOOSING, case_in_hand, is_change
from beian.dialogue.heard import Heard
from beian.dialogue.render import fact_text
from beian.dialogue.reply import MOST_FACTS, Reply, next_buttons
from beian.dialogue.worked import events_of, worked_out
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED, most_specific
from beian.meaning.state import Discourse


def result(state: Discourse, heard: Heard, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """The customer's own checklist: materials, way, deadline, cautions; each section under its title."""
    facts, theme = facts_for(state, kb)
    sections = []
    if theme:
        sections.append(kb.phrase("uncovered", "not_said", theme=kb.themes[theme].title))
    events: list[dict[str, str]] = []
    for fact in facts:
        part = worked_out(fact, state, heard, today, kb) if kb.cells[fact].awaits == "changed" else None
        events += events_of(fact, state, today, kb) if part else []
        text = part.text if part else fact_text(kb.facts[fact])
        sections.append(f"【{kb.title_of(fact)}】\n{text}")
    title = kb.phrase("checklist", "title", case=case_in_hand(state, kb))
    first = kb.facts[facts[0]]
    steps = next(kb.facts[fact].items for fact in facts if kb.cells[fact].aspect == "steps")
    card = {"type": "checklist", "title": title, "items": [*first.items, *steps], "fact": first.id}
    reply = Reply("answered", "\n\n".join([title, *sections]), facts, next_buttons(facts, kb, state), card)
    if events:
        reply.extra["deadlines"] = events
    return reply, replace(state, stated=facts, theme=None, last="answered", entries=facts, asked_back=0)


def facts_for(state: Discourse, kb: KnowledgeBase) -> tuple[tuple[str, ...], str | None]:
    """What makes up the list of a case, and the open theme where the document has no materials for it.

    Of each of these aspects the most specific fact, as long as it is for this case.
    """
    case = {slot: getattr(state.focus, slot) for slot in CHOOSING}
    best = [_best(aspect, case, kb) for aspect in kb.phrases["checklist"]["sections"]]
    cautions = [_best(aspect, case, kb) for aspect in kb.phrases["checklist"]["cautions"]]
    best += [fact for fact in cautions if fact and kb.cells[fact].agreeing(case)][:1] or cautions[:1]
    facts = [fact for fact in best if fact]
    theme = None
    if facts[0].startswith(UNCOVERED):
        theme = facts.pop(0).removeprefix(UNCOVERED)
        facts.insert(0, str(_best("type", case, kb)))
    if not is_change(state, kb):
        facts = [fact for fact in facts if kb.cells[fact].awaits != "changed"]
    return tuple(dict.fromkeys(facts))[:MOST_FACTS], theme


def _best(aspect: str, case: dict[str, str | None], kb: KnowledgeBase) -> str | None:
    cells = [cell for cell in kb.cells.values() if cell.aspect == aspect and cell.target not in kb.topics]
    bound = [cell for cell in most_specific(cells, case) if cell.agreeing(case)]
    free = [cell for cell in cells if not cell.bound and not cell.target.startswith(UNCOVERED)]
    found = bound or free
    return found[0].target if found else None
