"""The guided checklist: the open slots of the customer's change are asked for, then the list is made.

While it is made `Discourse.asked` holds the step; there is no other trace of it, so it can be begun, asked
for again, left and taken up at any point.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beian.answers.events import EVENT
from beian.answers.reply import Reply
from beian.checklist.result import facts_for, result
from beian.checklist.steps import STEP, ask, missing, options_of, step_of
from beian.hearing.days import tell_days
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.advance import TELLING, advance, entry_at
from beian.meaning.state import Asked, Discourse

CHECKLIST, STOP = "checklist", "stop"
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


def _next(
    state: Discourse, today: date, heard: Heard, kb: KnowledgeBase, settled: bool
) -> tuple[Reply, Discourse]:
    step = missing(state, settled, kb)
    if step is None:
        return result(replace(state, asked=None), heard, today, kb)
    return ask(step, state, kb), replace(state, asked=Asked(STEP + step), asked_back=0, last="clarify")
