"""The finished checklist of a change: which facts make it up, and how it reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beian.answers.case import case_text
from beian.answers.render import fact_text
from beian.answers.reply import Reply, next_buttons
from beian.answers.worked import events_of, worked_out
from beian.checklist.steps import CHOOSING, is_change, missing
from beian.contract.reply import MOST_FACTS, Card
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED, most_specific
from beian.meaning.state import Discourse, Matter


def result(state: Discourse, heard: Heard, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """The customer's own checklist: materials, way, deadline, cautions; each section under its title. Several
    changes have one list, without doubles."""
    facts, themes = facts_for(state, kb)
    sections = [kb.phrase("uncovered", "not_said", theme=kb.themes[theme].title) for theme in themes]
    events: list[dict[str, str]] = []
    for fact in facts:
        part = worked_out(fact, state, heard, today, kb) if kb.cells[fact].awaits == "changed" else None
        events += events_of(fact, state, today, kb) if part else []
        text = part.text if part else fact_text(kb.facts[fact])
        sections.append(f"【{kb.title_of(fact)}】\n{text}")
    case = case_text(replace(state, matters=tuple(listed_matters(state, kb))), kb)
    title = kb.phrase("checklist", "title", case=case)
    steps = next(fact for fact in facts if kb.cells[fact].aspect == "steps")
    items = [item for fact in facts[: facts.index(steps) + 1] for item in kb.facts[fact].items]
    unique = list(dict.fromkeys(items))
    card: Card = {"type": "checklist", "title": title, "items": unique, "fact": facts[0]}
    reply = Reply("answered", "\n\n".join([title, *sections]), facts, next_buttons(facts, kb, state), card)
    if events:
        reply.extra["deadlines"] = events
    return reply, replace(state, stated=facts, theme=None, last="answered", entries=facts, asked_back=0)


def listed_matters(state: Discourse, kb: KnowledgeBase) -> list[Matter]:
    """The changes that the list is for, which its title names: the one in focus, and of the others those of
    which enough is known, as long as their materials leave room for the sections that all have."""
    room = MOST_FACTS - len(kb.phrases["checklist"]["sections"]) + 1
    listed: list[Matter] = []
    materials: set[str] = set()
    for matter in dict.fromkeys((state.focus, *state.matters)):
        alone = replace(state, focus=matter)
        if matter != state.focus and missing(alone, True, kb) is not None:
            continue
        first = _facts_for(alone, kb)[0][0]
        if first in materials or len(materials) < room:
            listed.append(matter)
            materials.add(first)
    return listed


def facts_for(state: Discourse, kb: KnowledgeBase) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What makes up the list of the changes, and the open themes where the document has no materials: the
    materials of each, then what is the same for all."""
    lists = [_facts_for(replace(state, focus=matter), kb) for matter in listed_matters(state, kb)]
    materials = [facts[0] for facts, _ in lists]
    rest = [fact for facts, _ in lists for fact in facts[1:]]
    # before the cautions of each stands what every list has
    common = [fact for fact in rest if all(fact in facts for facts, _ in lists)]
    found = tuple(dict.fromkeys([*materials, *common, *rest]))[:MOST_FACTS]
    return found, tuple(dict.fromkeys(theme for _, theme in lists if theme))


def _facts_for(state: Discourse, kb: KnowledgeBase) -> tuple[tuple[str, ...], str | None]:
    """What makes up the list of the change in focus, and the open theme where the document has no materials
    for it: of each aspect the most specific fact, as long as it is for this case."""
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
