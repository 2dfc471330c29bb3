"""What a system says about a message, in one form for all systems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from beian.nlu.labels import kind_of
from bench.evaluation.stock import label_of_intent

FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Prediction:
    """`ranking`: likeliest labels with probabilities. `kind`: the likeliest kind of label.

    `outcome`: "answer" (with `labels`), "ask" back (offering `labels`), "act" (talk) or "refuse".
    `seconds`: time to understand the message; `cpu`: processor time, which other work on the machine
    does not lengthen.
    """

    ranking: tuple[tuple[str, float], ...]
    kind: str
    outcome: str
    labels: tuple[str, ...]
    seconds: float = 0.0
    cpu: float = 0.0

    @property
    def best(self) -> str | None:
        """The likeliest label."""
        return self.ranking[0][0] if self.ranking else None

    @property
    def confidence(self) -> float:
        """The probability of the likeliest label."""
        return self.ranking[0][1] if self.ranking else 0.0

    @property
    def fact(self) -> str | None:
        """The likeliest label that stands for a fact."""
        return next((label for label, _ in self.ranking if kind_of(label) == "answer"), None)


def of_ours(parsed: dict[str, Any]) -> Prediction:
    """From this project's parsed message."""
    seen = parsed["understanding"]
    outcome = {"answer": "answer", "ask": "ask", "act": "act"}.get(seen["outcome"], "refuse")
    if outcome == "answer" and not any(kind_of(label) == "answer" for label in seen["labels"]):
        # Several questions, none of which the document answers.
        outcome = "refuse"
    return Prediction(
        tuple((label, chance) for label, chance in seen["ranking"]),
        max(seen["kinds"], key=seen["kinds"].__getitem__),
        outcome,
        tuple(seen["labels"]),
    )


def of_stock(parsed: dict[str, Any]) -> Prediction:
    """From a parsed message of stock Rasa; its fallback intent is a refusal."""
    ranking = [
        (label_of_intent(entry["name"]), float(entry["confidence"]))
        for entry in parsed["intent_ranking"]
        if entry["name"] != FALLBACK
    ]
    return of_ranking(ranking, refused=parsed["intent"]["name"] == FALLBACK)


def of_ranking(ranking: Iterable[tuple[str, float]], refused: bool = False) -> Prediction:
    """From labels with probabilities, best first: the first one decides."""
    ranked = tuple(ranking)
    kind = kind_of(ranked[0][0]) if ranked else "out_of_scope"
    outcome = "refuse" if refused else {"answer": "answer", "act": "act"}.get(kind, "refuse")
    return Prediction(ranked, kind, outcome, tuple(label for label, _ in ranked[:1]))
