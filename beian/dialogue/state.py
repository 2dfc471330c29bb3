"""What a conversation knows between turns, and a turn as understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from beian.dialogue.case import Case

MOST_REMEMBERED = 5
# Awaited after the question what happened, which decides the type of the change.
EVENT = "event"


@dataclass(frozen=True)
class State:
    """The case; the labels answered and the facts stated last; choices offered and not yet taken; what
    was asked for (`awaiting`: a day, a site name, what happened); how many questions back and failures
    came in a row; the facts of earlier answers, latest last; the last answer in full and in short where
    it was worked out for this customer; a day (YYYY-MM-DD) told that is still to come."""

    case: Case = field(default_factory=Case)
    labels: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    awaiting: str | None = None
    asked: int = 0
    trail: tuple[tuple[str, ...], ...] = ()
    said: str | None = None
    brief: str | None = None
    doubted: str | None = None

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> State:
        """The state held in a tracker's slots."""
        return cls(
            case=Case.from_slots(slots),
            labels=tuple(slots.get("topic") or ()),
            facts=tuple(slots.get("stated") or ()),
            choices=tuple(slots.get("choices") or ()),
            awaiting=slots.get("awaiting"),
            asked=int(slots.get("asked_back") or 0),
            trail=tuple(tuple(facts) for facts in slots.get("trail") or ()),
            said=slots.get("said"),
            brief=slots.get("brief"),
            doubted=slots.get("doubted"),
        )

    def as_slots(self) -> dict[str, Any]:
        """The values of the slots that hold the state."""
        return {
            **self.case.as_slots(),
            "topic": list(self.labels) or None,
            "stated": list(self.facts) or None,
            "choices": list(self.choices) or None,
            "awaiting": self.awaiting,
            "asked_back": float(self.asked),
            "trail": [list(facts) for facts in self.trail] or None,
            "said": self.said,
            "brief": self.brief,
            "doubted": self.doubted,
        }

    def stating(self, facts: Sequence[str], labels: Sequence[str], case: Case) -> State:
        """The state after an answer with these facts."""
        trail = self.trail
        if self.facts and tuple(facts) != self.facts:
            trail = (*trail, self.facts)[-MOST_REMEMBERED:]
        return State(case=case, labels=tuple(labels), facts=tuple(facts), trail=trail)


@dataclass(frozen=True)
class Turn:
    """A message as understood: `understanding` in its stored form, Rasa's entities, the text as written."""

    understanding: dict[str, Any]
    entities: Sequence[Mapping[str, Any]]
    written: str = ""

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

    @property
    def ranking(self) -> list[tuple[str, float]]:
        """The likeliest labels with their probabilities, best first."""
        return [(str(label), float(chance)) for label, chance in self.understanding.get("ranking", ())]

    @property
    def questions(self) -> tuple[str, ...]:
        """The labels of the questions that stand in the message; two `labels` of one are two readings."""
        return tuple(self.understanding.get("questions", self.labels))

    def meaning(self, *labels: str, outcome: str = "answer") -> Turn:
        """The turn understood otherwise."""
        meant = {**self.understanding, "labels": labels, "questions": labels, "outcome": outcome}
        return replace(self, understanding=meant)

    @property
    def entity_texts(self) -> list[str]:
        """What of the text names something."""
        return [str(entity.get("text", "")) for entity in self.entities]
