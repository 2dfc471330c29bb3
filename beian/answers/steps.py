"""The steps still to come: the one after a step, and how many are left."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.entry_meant import entry_meant
from beian.answers.papers import head_of
from beian.answers.reply import Reply, answered
from beian.hearing.heard import Heard
from beian.hearing.steps import StepAsked, step_asked
from beian.kb import Fact, KnowledgeBase
from beian.meaning.state import Discourse

_STEPS = "steps"


def steps_to_come(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse] | None:
    """The reply to a question for what comes after a step, and the state after it; None for another message,
    or where it is not known which step that is."""
    asked = step_asked(heard.said.text)
    if asked is None or heard.said.written in kb.questions:
        return None
    whole = next(fact for fact in kb.facts.values() if fact.aspect == _STEPS)
    steps = kb.cells[whole.id].entries
    at = _reached(asked, whole, heard, state, kb)
    if at is None or at > len(steps):
        return None
    number, count = at + 1, len(steps) - at
    told = (steps[number - 1],) if number <= len(steps) and not asked.left else (whole.id,)
    reply = answered(told, state, kb)
    if count == 0:
        reply.text = kb.phrase("direct", "last_step", number=str(at))
    elif asked.left:
        heads = (f"{place}. {head_of(whole.items[place - 1])}" for place in range(number, len(steps) + 1))
        reply.text = kb.phrase("direct", "steps_left", count=str(count), list="\n".join(heads))
    else:
        step = kb.phrase("direct", "next_step", number=str(number), step=whole.items[number - 1])
        reply.text = f"{step}\n{reply.text}"
    reply.card = None
    after = replace(state, stated=told, theme=None, entries=steps, asked=None, asked_back=0, last="answered")
    return reply, replace(after, point="")


def _reached(asked: StepAsked, whole: Fact, heard: Heard, state: Discourse, kb: KnowledgeBase) -> int | None:
    """The number of the step that a question is asked from: told by its number or in words, or the one that
    was spoken of last."""
    if asked.at is not None:
        return asked.at
    if asked.behind:
        part = replace(heard, said=replace(heard.said, text=asked.behind, named=(), documents=()))
        entry = entry_meant(whole, part, kb)
        return whole.items.index(entry) + 1 if entry in whole.items else None
    steps = kb.cells[whole.id].entries
    last = state.stated[-1] if state.stated else ""
    return steps.index(last) + 1 if last in steps else None
