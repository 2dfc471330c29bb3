"""One turn: what was understood and what is known so far → the reply and what is known after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from beian.calendar.dates import find_dates
from beian.dialogue.case import Mentions, adopt_fact, update_case
from beian.dialogue.ellipsis import is_elliptical, pick_choice, seeks_confirmation
from beian.dialogue.handoff import handoff
from beian.dialogue.personal import note_days, personal, question_for_day
from beian.dialogue.reply import Reply, answered, clarify, starters, uncovered
from beian.dialogue.resolve import MOST_FACTS, Resolution, in_context, materials_of, resolve
from beian.dialogue.state import State, Turn
from beian.kb import KnowledgeBase
from beian.nlu.labels import label_of

MOST_QUESTIONS_BACK = 2
# Below this a message that questions the last answer is taken to be about that answer.
UNSURE = 0.5


def continues(turn: Turn, state: State, today: date, kb: KnowledgeBase) -> bool:
    """Whether a message only makes sense as what was asked for or as a follow-up to the last answer."""
    mentions = Mentions.of(turn.entities, turn.text)
    if state.choices and pick_choice(turn.text, state.choices, mentions, kb):
        return True
    if state.awaiting and find_dates(turn.written or turn.text, today):
        return True
    return bool(state.labels) and is_elliptical(turn.text, turn.entity_texts)


def respond(turn: Turn, state: State, today: date, kb: KnowledgeBase) -> tuple[Reply, State]:
    """Answer one message that is not a dialogue act of its own."""
    mentions = Mentions.of(turn.entities, turn.text)
    picked = pick_choice(turn.text, state.choices, mentions, kb) if state.choices else None
    case = update_case(state.case, mentions, kb)
    case, _ = note_days(case, turn, state.awaiting, today)
    state = replace(state, case=case)
    if picked:
        return _answer((label_of(picked),), turn, mentions, state, today, kb)
    if state.awaiting:
        worked_out = personal(turn, state, (), today, kb)
        if worked_out:
            return worked_out
    if is_elliptical(turn.text, turn.entity_texts):
        follow_up = _follow_up(turn, mentions, state, kb)
        if follow_up:
            return follow_up
    if state.facts and turn.confidence < UNSURE and seeks_confirmation(turn.text):
        return answered(state.facts, case, kb), replace(state, choices=(), asked=0)
    return _carry_out(turn, mentions, state, today, kb)


def _carry_out(
    turn: Turn, mentions: Mentions, state: State, today: date, kb: KnowledgeBase
) -> tuple[Reply, State]:
    outcome, labels = turn.outcome, turn.labels
    settled = replace(state, choices=(), awaiting=None, asked=0)
    if outcome != "answer":
        worked_out = personal(turn, state, (), today, kb)
        if worked_out:
            return worked_out
    if outcome == "answer":
        return _answer(labels, turn, mentions, state, today, kb)
    if outcome == "uncovered":
        theme = labels[0].partition("/")[2] if labels else None
        return uncovered(theme, kb), settled
    if outcome == "out_of_scope":
        return starters("out_of_scope", kb.phrase("out_of_scope", "text"), kb), settled
    if state.asked >= MOST_QUESTIONS_BACK:
        return handoff(state, kb, kb.phrase("handoff", "after_failures")), settled
    if outcome == "ask":
        return _ask(labels, turn, mentions, state, kb)
    reply = starters("clarify", kb.phrase("not_understood", "text"), kb)
    return reply, replace(settled, asked=state.asked + 1)


def _ask(
    labels: Sequence[str], turn: Turn, mentions: Mentions, state: State, kb: KnowledgeBase
) -> tuple[Reply, State]:
    """Offer the facts that the likeliest labels stand for in this case."""
    offered: list[str] = []
    for label in labels:
        resolution = resolve(label, state.case, mentions, turn.text, kb)
        offered += [fact for fact in resolution.facts[:1] if fact not in offered]
    if not offered:
        return uncovered(None, kb), replace(state, choices=(), asked=0)
    reply = clarify(kb.phrase("clarify", "labels"), offered, kb)
    return reply, replace(state, choices=tuple(offered), awaiting=None, asked=state.asked + 1)


def _answer(
    labels: Sequence[str], turn: Turn, mentions: Mentions, state: State, today: date, kb: KnowledgeBase
) -> tuple[Reply, State]:
    """State the facts of one or several questions in one reply."""
    labels = in_context(labels)
    resolutions = [resolve(label, state.case, mentions, turn.text, kb) for label in labels]
    if "procedure/overview" in labels[1:] and state.case.change_type:
        # "must I change, and how": the way of this change begins with its materials
        resolutions.insert(1, materials_of(state.case, kb))
    facts = tuple(dict.fromkeys(fact for found in resolutions for fact in found.facts))[:MOST_FACTS]
    worked_out = personal(turn, state, facts, today, kb)
    if worked_out:
        return worked_out
    case = adopt_fact(state.case, kb.facts[facts[0]].when) if len(facts) == 1 else state.case
    theme = next((found.theme for found in resolutions if found.theme), None)
    if not facts:
        return uncovered(theme, kb), state.stating(("contact.support",), labels, case)
    reply, after = answered(facts, case, kb), state.stating(facts, labels, case)
    if theme:
        add_open_theme(reply, theme, kb)
    asked_day = question_for_day(turn, facts, kb)
    if asked_day:
        reply.text = f"{reply.text}\n\n{asked_day[1]}"
        after = replace(after, awaiting=asked_day[0])
    choices = next((found.choices for found in resolutions if found.choices), ())
    if choices:
        offer(reply, choices, facts, kb)
        after = replace(after, choices=choices, asked=min(state.asked + 1, MOST_QUESTIONS_BACK))
    return reply, after


def offer(reply: Reply, choices: Sequence[str], facts: Sequence[str], kb: KnowledgeBase) -> None:
    """Turn an answer that depends on the case into one that asks for it."""
    asked = clarify(kb.phrase("clarify", "materials"), choices, kb)
    reply.text = f"{reply.text}\n\n{asked.text}"
    reply.buttons, reply.card = asked.buttons, asked.card
    if len(facts) == 1:
        reply.status = "clarify"


def add_open_theme(reply: Reply, theme: str, kb: KnowledgeBase) -> None:
    """Add that the other half of the message is not in the document."""
    rest = uncovered(theme, kb)
    reply.text = f"{reply.text}\n\n{rest.text}"
    reply.facts = tuple(dict.fromkeys([*reply.facts[: MOST_FACTS - 1], *rest.facts]))
    reply.extra |= rest.extra


def _follow_up(turn: Turn, mentions: Mentions, state: State, kb: KnowledgeBase) -> tuple[Reply, State] | None:
    """Ask the last question again for what this message names; None when there was none."""
    label = next(iter(state.labels), None)
    if label is None:
        return None
    base = label.partition("/")[0]
    resolution: Resolution | None = None
    if base == "materials":
        resolution = materials_of(state.case, kb) if state.case.change_type else None
    elif base == "type" and state.case.change_type and (mentions.items or mentions.change_types):
        resolution = Resolution(facts=(f"type.{state.case.change_type}",))
    elif base == "access":
        resolution = resolve("access/overview", state.case, mentions, turn.text, kb)
    elif base == "rejection" and mentions.rejection_reasons:
        resolution = resolve("rejection/overview", state.case, mentions, turn.text, kb)
    elif base in ("timeline", "procedure") and not mentions.rejection_reasons:
        resolution = resolve(label, state.case, mentions, turn.text, kb)
    if resolution is None:
        return None
    if resolution.theme:
        return uncovered(resolution.theme, kb), replace(state, choices=(), asked=0)
    reply, after = (
        answered(resolution.facts, state.case, kb),
        state.stating(resolution.facts, state.labels, state.case),
    )
    if resolution.choices:
        offer(reply, resolution.choices, resolution.facts, kb)
        after = replace(after, choices=resolution.choices)
    return reply, after
