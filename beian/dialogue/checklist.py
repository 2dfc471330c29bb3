"""The guided checklist: the open slots of the customer's change are asked for, then the list is made.

While it is made `Discourse.asked` holds the step; there is no other trace of it, so it can be begun, asked
for again, left and taken up at any point.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beian.dialogue.case import case_text
from beian.dialogue.days import tell_days
from beian.dialogue.events import EVENT, ask_event
from beian.dialogue.heard import Heard
from beian.dialogue.render import fact_text
from beian.dialogue.reply import Reply, button, next_buttons
from beian.dialogue.worked import events_of, worked_out
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED, most_specific
from beian.meaning.advance import TELLING, advance, entry_at
from beian.meaning.state import Asked, Discourse

CHECKLIST, STOP = "checklist", "stop"
STEP = "checklist_"
_CHOOSING = ("change_type", "subject_kind", "item")
MOST_FACTS = 4
# From this chance on what a reading suggests of the case is told.
SURE_TOLD = 0.6
# From this chance on a message asks for something by its own words.
ITS_OWN = 0.3


def turn(heard: Heard, state: Discourse, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse] | None:
    """The guide's own turn: it is begun, asked for again, stopped or answered; None for any other."""
    step = step_of(state)
    targets = heard.meaning.targets
    if targets[:1] == (CHECKLIST,):
        return _next(advance(state, (), "tell", heard.said, kb), today, heard, kb, settled=False)
    if step is None:
        return _once_more(heard, state, today, kb)
    if targets[:1] == (STOP,):
        said = Reply("smalltalk", kb.phrase("checklist", "stopped"))
        return said, replace(state, asked=None, asked_back=0, last="smalltalk")
    return _answer(step, heard, state, today, kb)


def _once_more(
    heard: Heard, state: Discourse, today: date, kb: KnowledgeBase
) -> tuple[Reply, Discourse] | None:
    """The list again, where it was said last and is asked for once more."""
    again = heard.meaning.manner == "again" and set(heard.meaning.targets) <= set(state.stated)
    if not again or missing(state, True, kb) or facts_for(state, kb)[0] != state.stated:
        return None
    return result(state, heard, today, kb)


def step_of(state: Discourse) -> str | None:
    """The step that the guide waits for: change_type (or the event that tells it), subject_kind, item or day;
    None without a guide."""
    kind = state.asked.kind if state.asked else ""
    return kind.removeprefix(STEP) if kind.startswith(STEP) else None


def go_on(reply: Reply, after: Discourse, before: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """After a question in between: the guide's question follows in the same message, and what it makes a
    list for stays as it was."""
    step = step_of(before)
    if step is None or after == Discourse():
        return reply, after
    if after.asked is not None and after.asked.kind == EVENT:
        return reply, replace(after, asked=Asked(STEP + EVENT))
    question = ask(step, before, kb)
    reply.text = f"{reply.text}\n\n{question.text}"
    reply.buttons = question.buttons
    return reply, replace(after, focus=before.focus, matters=before.matters, asked=before.asked, asked_back=0)


def missing(state: Discourse, settled: bool, kb: KnowledgeBase) -> str | None:
    """The step to ask for next, or None when the case is complete: what tells its materials apart."""
    focus = state.focus
    if focus.change_type is None:
        return "change_type"
    known = {slot: getattr(focus, slot) for slot in _CHOOSING}
    cells = [
        kb.cells[name]
        for name in _materials(kb)
        if kb.cells[name].when.get("change_type") == focus.change_type
    ]
    for slot in ("subject_kind", "item"):
        if known[slot] is None and any(slot in cell.when for cell in cells):
            return slot
    return None if settled or focus.changed or not _is_change(state, kb) else "day"


def _materials(kb: KnowledgeBase) -> list[str]:
    return [name for name, cell in kb.cells.items() if cell.aspect == "materials" and name in kb.facts]


def _is_change(state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether something that is filed has changed, so that there is a day to count from: not for what is
    only added."""
    return state.focus.change_type in {term.change_type for term in kb.terms if term.group == "item"} | {
        cell.when["change_type"]
        for name in _materials(kb)
        if (cell := kb.cells[name]).when.get("change_type")
    }


def _answer(
    step: str, heard: Heard, state: Discourse, today: date, kb: KnowledgeBase
) -> tuple[Reply, Discourse] | None:
    """Take a message as the answer to the step, if it is one."""
    chosen = _chosen(step, heard, state, kb)
    if chosen is not None:
        return _next(chosen, today, heard, kb, settled=False)
    # what is named counts; what only the reading suggests does so where it is sure: 我们公司卖给别人了
    meant = heard.meaning.targets if heard.meaning.chance >= SURE_TOLD else ()
    told = advance(state, meant, "tell", heard.said, kb)
    told = replace(state, focus=told.focus, matters=told.matters)
    if told.focus != state.focus and not heard.said.asks and (step != "day" or heard.said.named):
        dated, _ = tell_days(told, heard if heard.meaning.targets else _as_answer(heard), kb)
        return _next(dated, today, heard, kb, settled=False)
    asks_fact = _asks_fact(heard, kb)
    if step == "day":
        dated, doubtful = tell_days(replace(state, asked=Asked("changed")), _as_answer(heard), kb)
        elsewhere = heard.said.asks and (asks_fact or _leads_away(heard))
        if dated.focus != state.focus and doubtful is None and not elsewhere:
            return _next(dated, today, heard, kb, settled=True)
        if not asks_fact and not heard.said.asks and not heard.days and not _leads_away(heard):
            return _next(state, today, heard, kb, settled=True)
        return None
    return None


def _asks_fact(heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether a message asks for something besides, by its own words: 不清楚 may be about what was said last,
    but here it is an answer."""
    if heard.meaning.manner in TELLING or not any(target in kb.cells for target in heard.meaning.targets):
        return False
    return heard.said.asks or heard.meaning.alone >= ITS_OWN


def _leads_away(heard: Heard) -> bool:
    """Whether a message is one that must be heard for itself: a person is wanted, a new beginning."""
    base = heard.meaning.targets[0].partition("/")[0] if heard.meaning.targets else ""
    return base in ("handoff", "feedback", "chitchat", "out_of_scope") or heard.meaning.targets == (
        "dialogue/restart",
    )


def _as_answer(heard: Heard) -> Heard:
    return replace(
        heard, meaning=replace(heard.meaning, targets=("timeline.submit_deadline",), manner="answer")
    )


def _chosen(step: str, heard: Heard, state: Discourse, kb: KnowledgeBase) -> Discourse | None:
    """The state with the choice that a message names by its number."""
    value = entry_at(options_of(step, kb), heard.said.ordinal)
    if value is None or heard.said.named:
        return None
    said = replace(heard.said, named=((step, value),))
    if step == "item":
        term = kb.term("item", value)
        said = replace(said, named=(("item", value), ("change_type", str(term and term.change_type))))
    return advance(state, (), "tell", said, kb)


def options_of(step: str, kb: KnowledgeBase) -> list[str]:
    """What can be chosen at a step, as ids of the vocabulary: of items those of the type that needs one."""
    if step in ("day", EVENT):
        return []
    if step != "item":
        return [term.id for term in kb.terms if term.group == step]
    needing = {
        kb.cells[name].when.get("change_type") for name in _materials(kb) if "item" in kb.cells[name].when
    }
    return [term.id for term in kb.terms if term.group == "item" and term.change_type in needing]


def _next(
    state: Discourse, today: date, heard: Heard, kb: KnowledgeBase, settled: bool
) -> tuple[Reply, Discourse]:
    step = missing(state, settled, kb)
    if step is None:
        return result(replace(state, asked=None), heard, today, kb)
    return ask(step, state, kb), replace(state, asked=Asked(STEP + step), asked_back=0, last="clarify")


def ask(step: str, state: Discourse, kb: KnowledgeBase) -> Reply:
    """The question for a step, with what can be chosen."""
    if step == EVENT:
        return ask_event(kb)
    options = [str(kb.name_of(step, value)) for value in options_of(step, kb)]
    options = options or list(kb.phrases["checklist"]["day_options"])
    question = kb.phrase("checklist", f"ask_{step}")
    known = _case_in_hand(state, kb)
    text = f"{kb.phrase('checklist', 'known', case=known)}\n{question}" if known else question
    titles = "\n".join(f"{number}. {option}" for number, option in enumerate(options, 1))
    card = {"type": "choices", "title": question, "items": options}
    return Reply("clarify", f"{text}\n{titles}", (), [button(option) for option in options], card)


def _case_in_hand(state: Discourse, kb: KnowledgeBase) -> str:
    """The change that the list is for, without others that are in question beside it."""
    return case_text(replace(state, matters=()), kb)


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
    title = kb.phrase("checklist", "title", case=_case_in_hand(state, kb))
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
    case = {slot: getattr(state.focus, slot) for slot in _CHOOSING}
    best = [_best(aspect, case, kb) for aspect in kb.phrases["checklist"]["sections"]]
    cautions = [_best(aspect, case, kb) for aspect in kb.phrases["checklist"]["cautions"]]
    best += [fact for fact in cautions if fact and kb.cells[fact].agreeing(case)][:1] or cautions[:1]
    facts = [fact for fact in best if fact]
    theme = None
    if facts[0].startswith(UNCOVERED):
        theme = facts.pop(0).removeprefix(UNCOVERED)
        facts.insert(0, str(_best("type", case, kb)))
    if not _is_change(state, kb):
        facts = [fact for fact in facts if kb.cells[fact].awaits != "changed"]
    return tuple(dict.fromkeys(facts))[:MOST_FACTS], theme


def _best(aspect: str, case: dict[str, str | None], kb: KnowledgeBase) -> str | None:
    cells = [cell for cell in kb.cells.values() if cell.aspect == aspect and cell.target not in kb.topics]
    bound = [cell for cell in most_specific(cells, case) if cell.agreeing(case)]
    free = [cell for cell in cells if not cell.bound and not cell.target.startswith(UNCOVERED)]
    found = bound or free
    return found[0].target if found else None
