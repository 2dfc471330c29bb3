"""One turn: what was understood and what is known so far → the reply and what is known after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from beian.dialogue.case import Case, Mentions, adopt_fact, update_case
from beian.dialogue.ellipsis import is_elliptical, pick_choice, seeks_confirmation
from beian.dialogue.reply import Reply, answered, clarify, next_buttons, question_buttons, starters, uncovered
from beian.dialogue.resolve import MOST_FACTS, Resolution, in_context, materials_of, resolve
from beian.kb import KnowledgeBase
from beian.nlu.labels import label_of

MOST_QUESTIONS_BACK = 2
# Below this a message that questions the last answer is taken to be about that answer.
UNSURE = 0.5


@dataclass(frozen=True)
class State:
    """What a conversation knows: the case, the labels answered last, the facts stated last,
    choices offered and not yet taken, and how many questions back were asked in a row."""

    case: Case = field(default_factory=Case)
    labels: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    asked: int = 0

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> State:
        """The state held in a tracker's slots."""
        return cls(
            case=Case.from_slots(slots),
            labels=tuple(slots.get("topic") or ()),
            facts=tuple(slots.get("stated") or ()),
            choices=tuple(slots.get("choices") or ()),
            asked=int(slots.get("asked_back") or 0),
        )

    def as_slots(self) -> dict[str, Any]:
        """The values of the slots that hold the state."""
        case = self.case
        return {
            "change_type": case.change_type,
            "item": case.item,
            "subject_kind": case.subject_kind,
            "rejection_reason": case.rejection_reason,
            "topic": list(self.labels) or None,
            "stated": list(self.facts) or None,
            "choices": list(self.choices) or None,
            "asked_back": float(self.asked),
        }


@dataclass(frozen=True)
class Turn:
    """A message as understood: `understanding` in its stored form, Rasa's entities."""

    understanding: dict[str, Any]
    entities: Sequence[Mapping[str, Any]]

    @property
    def text(self) -> str:
        """The normalised text."""
        return str(self.understanding["text"])

    @property
    def confidence(self) -> float:
        """The probability of the likeliest label."""
        return float(self.understanding.get("confidence", 0.0))

    @property
    def outcome(self) -> str:
        """What to do about the message (see `beian.nlu.decide`)."""
        return str(self.understanding["outcome"])

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels to answer, or to offer when asking back."""
        return tuple(self.understanding["labels"])


def continues(turn: Turn, state: State, kb: KnowledgeBase) -> bool:
    """Whether a message only makes sense as the choice offered or as a follow-up to the last answer."""
    mentions = Mentions.of(turn.entities)
    if state.choices and pick_choice(turn.text, state.choices, mentions, kb):
        return True
    written = [str(entity.get("text", "")) for entity in turn.entities]
    return bool(state.labels) and is_elliptical(turn.text, written)


def respond(turn: Turn, state: State, kb: KnowledgeBase) -> tuple[Reply, State]:
    """Answer one message that is not a dialogue act of its own."""
    mentions = Mentions.of(turn.entities)
    picked = pick_choice(turn.text, state.choices, mentions, kb) if state.choices else None
    case = update_case(state.case, mentions, kb)
    if picked:
        return _answer((label_of(picked),), turn, mentions, replace(state, case=case), kb)
    written = [str(entity.get("text", "")) for entity in turn.entities]
    if is_elliptical(turn.text, written):
        follow_up = _follow_up(turn, mentions, replace(state, case=case), kb)
        if follow_up:
            return follow_up
    if state.facts and turn.confidence < UNSURE and seeks_confirmation(turn.text):
        return answered(state.facts, case, kb), replace(state, case=case, choices=(), asked=0)
    return _carry_out(turn, mentions, replace(state, case=case), kb)


def _carry_out(turn: Turn, mentions: Mentions, state: State, kb: KnowledgeBase) -> tuple[Reply, State]:
    outcome, labels = turn.outcome, turn.labels
    if outcome == "answer":
        return _answer(labels, turn, mentions, state, kb)
    if outcome == "uncovered":
        theme = labels[0].partition("/")[2] if labels else None
        return uncovered(theme, kb), replace(state, choices=(), asked=0)
    if outcome == "out_of_scope":
        return starters("out_of_scope", kb.phrase("out_of_scope", "text"), kb), replace(
            state, choices=(), asked=0
        )
    if outcome == "ask" and state.asked < MOST_QUESTIONS_BACK:
        return _ask(labels, turn, mentions, state, kb)
    if state.asked >= MOST_QUESTIONS_BACK:
        return uncovered(None, kb), replace(state, choices=(), asked=0)
    reply = starters("clarify", kb.phrase("not_understood", "text"), kb)
    return reply, replace(state, choices=(), asked=state.asked + 1)


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
    return reply, replace(state, choices=tuple(offered), asked=state.asked + 1)


def _answer(
    labels: Sequence[str], turn: Turn, mentions: Mentions, state: State, kb: KnowledgeBase
) -> tuple[Reply, State]:
    """State the facts of one or several questions in one reply."""
    labels = in_context(labels)
    resolutions = [resolve(label, state.case, mentions, turn.text, kb) for label in labels]
    if "procedure/overview" in labels[1:] and state.case.change_type:
        # "must I change, and how": the way of this change begins with its materials
        resolutions.insert(1, materials_of(state.case, kb))
    facts = tuple(dict.fromkeys(fact for found in resolutions for fact in found.facts))[:MOST_FACTS]
    case = state.case
    for fact in facts:
        case = adopt_fact(case, kb.facts[fact].when) if len(facts) == 1 else case
    choices = next((found.choices for found in resolutions if found.choices), ())
    theme = next((found.theme for found in resolutions if found.theme), None)
    after = State(case=case, labels=tuple(labels), facts=facts)
    if not facts:
        return uncovered(theme, kb), replace(after, facts=("contact.support",))
    reply = answered(facts, case, kb)
    if theme:
        add_open_theme(reply, theme, kb)
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
    after = State(case=state.case, labels=state.labels, facts=resolution.facts)
    reply = answered(resolution.facts, state.case, kb)
    if resolution.choices:
        offer(reply, resolution.choices, resolution.facts, kb)
        after = replace(after, choices=resolution.choices)
    return reply, after


def repeat(state: State, kb: KnowledgeBase) -> Reply:
    """State the last facts again."""
    if not state.facts:
        return starters("smalltalk", kb.phrase("dialogue", "nothing_to_repeat"), kb)
    return answered(state.facts, state.case, kb)


def more(state: State, kb: KnowledgeBase) -> Reply:
    """Offer what comes after the last facts."""
    buttons = next_buttons(state.facts, kb, most=5) if state.facts else question_buttons(kb.starters, kb)
    titles = "\n".join(f"· {entry['title']}" for entry in buttons)
    return Reply("smalltalk", f"{kb.phrase('dialogue', 'more')}\n{titles}", buttons=buttons)
