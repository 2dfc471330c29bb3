"""One turn: what was understood and what is known so far → the reply and what is known after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from beian.calendar.dates import find_dates
from beian.calendar.worded import Worded
from beian.dialogue.acts import act, again
from beian.dialogue.brief import brief_text
from beian.dialogue.case import Case, adopt_fact, update_case, with_change_type
from beian.dialogue.context import in_conversation
from beian.dialogue.ellipsis import is_elliptical, pick_choice, seeks_confirmation
from beian.dialogue.handoff import handoff
from beian.dialogue.mentions import Mentions
from beian.dialogue.personal import (
    DAYS,
    brief_of,
    deadlines_of,
    note_days,
    personal,
    question_for_day,
    settled_day,
    worked_parts,
)
from beian.dialogue.render import facts_text
from beian.dialogue.reply import Reply, answered, clarify, starters, uncovered
from beian.dialogue.resolve import MOST_FACTS, Resolution, change_of_theme, in_context, materials_of, resolve
from beian.dialogue.state import State, Turn
from beian.kb import KnowledgeBase
from beian.nlu.clauses import looks_like_question
from beian.nlu.labels import fact_id, label_of

MOST_QUESTIONS_BACK = 2
# Below this a message that questions the last answer is taken to be about that answer.
UNSURE = 0.5
# From this on a message asks its own question even while a day or a name is waited for.
SURE_QUESTION = 0.8
LONGEST_CORRECTION = 16


def reply_to(
    turn: Turn, state: State, today: date, kb: KnowledgeBase, guided: bool = False
) -> tuple[Reply, State]:
    """The reply to any message: an act, an answer, a question back. `guided` while the checklist is made."""
    turn = in_conversation(turn, state, Mentions.of(turn.entities, turn.text), today, kb)
    if turn.outcome != "act" or continues(turn, state, today, kb):
        return _respond(turn, state, today, kb)
    return act(turn.labels[0], noted(turn, state, today, kb), kb, guided)


def continues(turn: Turn, state: State, today: date, kb: KnowledgeBase) -> bool:
    """Whether a message only makes sense as what was asked for or as a follow-up to the last answer."""
    mentions = Mentions.of(turn.entities, turn.text)
    if state.choices and pick_choice(turn.text, state.choices, mentions, kb):
        return True
    if state.awaiting and (find_dates(turn.written or turn.text, today) or settled_day(turn, state, today)):
        return True
    return bool(state.labels) and is_elliptical(turn.text, turn.entity_texts)


def noted(turn: Turn, state: State, today: date, kb: KnowledgeBase) -> State:
    """The state with what the message tells of the case."""
    case = update_case(state.case, Mentions.of(turn.entities, turn.text), kb)
    settled = settled_day(turn, state, today)
    if settled and state.awaiting:
        return replace(state, case=replace(case, **{state.awaiting: settled.isoformat()}))
    return replace(state, case=note_days(case, turn, state.awaiting, today)[0])


def respond(turn: Turn, state: State, today: date, kb: KnowledgeBase) -> tuple[Reply, State]:
    """Answer one message that is not a dialogue act of its own."""
    mentions = Mentions.of(turn.entities, turn.text)
    return _respond(in_conversation(turn, state, mentions, today, kb), state, today, kb)


def _respond(turn: Turn, state: State, today: date, kb: KnowledgeBase) -> tuple[Reply, State]:
    mentions = Mentions.of(turn.entities, turn.text)
    picked = pick_choice(turn.text, state.choices, mentions, kb) if state.choices else None
    state = noted(turn, state, today, kb)
    if picked:
        return _answer((label_of(picked),), turn, mentions, state, today, kb)
    if state.awaiting and not _asks_something_else(turn):
        worked_out = personal(turn, state, (), today, kb)
        if worked_out:
            return worked_out
    if is_elliptical(turn.text, turn.entity_texts) or _corrects(turn, mentions):
        follow_up = _follow_up(turn, mentions, state, today, kb)
        if follow_up:
            return follow_up
    if state.facts and turn.confidence < UNSURE and seeks_confirmation(turn.text):
        return again(state, kb), replace(state, choices=(), asked=0)
    return _carry_out(turn, mentions, state, today, kb)


def _corrects(turn: Turn, mentions: Mentions) -> bool:
    """Whether a message corrects what was said and asks nothing new."""
    if not (mentions.corrects and mentions.any) or len(turn.text) > LONGEST_CORRECTION:
        return False
    sure = turn.outcome == "answer" and turn.confidence >= SURE_QUESTION
    return not (sure or looks_like_question(turn.text))


def _asks_something_else(turn: Turn) -> bool:
    """Whether a message is surely another question, whatever day or name stands in it."""
    if turn.outcome != "answer" or turn.confidence < SURE_QUESTION:
        return False
    return not any(fact_id(label) in DAYS for label in turn.labels)


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
        change = change_of_theme(theme)
        if change:
            # which change it is may be corrected yet
            case = replace(with_change_type(state.case, change[0]), item=change[1])
            settled = replace(settled, case=case, labels=("materials/overview",))
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
    reply = clarify(kb.phrase("clarify", "labels" if len(offered) > 1 else "one"), offered, kb)
    return reply, replace(state, choices=tuple(offered), awaiting=None, asked=state.asked + 1)


def _answer(
    labels: Sequence[str], turn: Turn, mentions: Mentions, state: State, today: date, kb: KnowledgeBase
) -> tuple[Reply, State]:
    """State the facts of one or several questions in one reply."""
    labels = in_context(labels, turn.text)
    resolutions, known = [], state.case
    for label in labels:
        resolutions.append(resolve(label, known, mentions, turn.text, kb))
        # what one question is about, the next one leaves out
        if len(labels) > 1 and len(resolutions[-1].facts) == 1:
            known = adopt_fact(known, kb.facts[resolutions[-1].facts[0]].when)
    if "procedure/overview" in labels[1:] and known.change_type:
        # "must I change, and how": the way of this change begins with its materials
        resolutions.insert(1, materials_of(known, kb))
    facts = tuple(dict.fromkeys(fact for found in resolutions for fact in found.facts))[:MOST_FACTS]
    worked_out = personal(turn, state, facts, today, kb)
    if worked_out:
        return worked_out
    bound = [kb.facts[fact].when for fact in facts if kb.facts[fact].when]
    case = adopt_fact(state.case, bound[0]) if len(bound) == 1 else state.case
    theme = next((found.theme for found in resolutions if found.theme), None)
    if not facts:
        return uncovered(theme, kb), state.stating(("contact.support",), labels, case)
    reply, after = answered(facts, case, kb), state.stating(facts, labels, case)
    parts = worked_parts(turn, state, facts, today, kb)
    if parts:
        state_parts(reply, parts, case, today, kb)
        short = {fact: brief_of(part) for fact, part in parts.items()}
        after = replace(after, said=reply.text, brief=brief_text([kb.facts[f] for f in facts], kb, short))
    if theme:
        add_open_theme(reply, theme, kb)
    asked_day = question_for_day(turn, facts, kb)
    if asked_day:
        reply.text = f"{reply.text}\n\n{asked_day[1]}"
        after = replace(after, awaiting=asked_day[0])
    choices = next((found.choices for found in resolutions if found.choices), ())
    if choices and state.asked < MOST_QUESTIONS_BACK:
        offer(reply, choices, facts, kb)
        after = replace(after, choices=choices, asked=state.asked + 1)
    return reply, after


def state_parts(
    reply: Reply, parts: Mapping[str, Worded], case: Case, today: date, kb: KnowledgeBase
) -> None:
    """Put what was worked out for this customer in the place of the facts it rests on."""
    found = [kb.facts[fact] for fact in reply.facts]
    reply.text = facts_text(found, case, kb, {fact: part.text for fact, part in parts.items()})
    first = next(iter(parts))
    reply.card = {**parts[first].card, "fact": first}
    days = [(fact, case.day(DAYS[fact][0])) for fact in parts if fact in DAYS]
    deadlines = [entry for fact, day in days if day for entry in deadlines_of(fact, day, today, kb)]
    if deadlines:
        reply.extra["deadlines"] = deadlines


def offer(reply: Reply, choices: Sequence[str], facts: Sequence[str], kb: KnowledgeBase) -> None:
    """Turn an answer that depends on the case into one that asks for it."""
    asked = clarify(kb.phrase("clarify", "materials"), choices, kb)
    reply.text = f"{reply.text}\n\n{asked.text}"
    reply.buttons, reply.card = asked.buttons, asked.card
    if len(facts) == 1:
        reply.status = "clarify"


def add_open_theme(reply: Reply, theme: str, kb: KnowledgeBase) -> None:
    """Add that the other half of the message is not in the document."""
    rest = uncovered(theme, kb, alone=False)
    reply.text = f"{reply.text}\n\n{rest.text}"
    reply.facts = tuple(dict.fromkeys([*reply.facts[: MOST_FACTS - 1], *rest.facts]))
    reply.extra |= rest.extra


def _follow_up(
    turn: Turn, mentions: Mentions, state: State, today: date, kb: KnowledgeBase
) -> tuple[Reply, State] | None:
    """Ask the last question again for what this message names; None when there was none."""
    resolution = _again(turn, mentions, state, kb)
    if resolution is None:
        return None
    worked_out = personal(turn, state, resolution.facts, today, kb)
    if worked_out:
        return worked_out
    if resolution.theme:
        return uncovered(resolution.theme, kb), replace(state, choices=(), asked=0)
    reply = answered(resolution.facts, state.case, kb)
    after = state.stating(resolution.facts, state.labels, state.case)
    if resolution.choices and state.asked < MOST_QUESTIONS_BACK:
        offer(reply, resolution.choices, resolution.facts, kb)
        after = replace(after, choices=resolution.choices, asked=state.asked + 1)
    return reply, after


def _again(turn: Turn, mentions: Mentions, state: State, kb: KnowledgeBase) -> Resolution | None:
    """What the last question resolves to in the case as it is now."""
    label = next(iter(state.labels), "")
    base = label.partition("/")[0]
    if base == "materials" and state.case.change_type:
        return materials_of(state.case, kb)
    if base == "type" and state.case.change_type and (mentions.items or mentions.change_types):
        return Resolution(facts=(f"type.{state.case.change_type}",))
    if base == "access":
        return resolve("access/overview", state.case, mentions, turn.text, kb)
    if base == "rejection" and mentions.rejection_reasons:
        return resolve("rejection/overview", state.case, mentions, turn.text, kb)
    if base in ("timeline", "procedure") and not mentions.rejection_reasons:
        return resolve(label, state.case, mentions, turn.text, kb)
    return None
