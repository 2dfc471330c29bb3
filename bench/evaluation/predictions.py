"""What a system says about a message, in one form for all systems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from beian.nlu.labels import kind_of, label_of
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
    """From this project's parsed message: its meaning as the first of a conversation; where it has not been
    read for that, what the classifier decides."""
    return _of_meaning(parsed["meaning"]) if "meaning" in parsed else _of_classifier(parsed["understanding"])


def _of_meaning(meaning: dict[str, Any]) -> Prediction:
    ranking = tuple((label_of(target), chance) for target, chance in meaning["ranking"])
    stated = meaning["outcome"] == "answer"
    labels = tuple(label_of(target) for target in (meaning["targets"] if stated else meaning["choices"]))
    kinds = [kind_of(label) for label in labels]
    outcome = {"ask": "ask", "not_understood": "refuse"}.get(meaning["outcome"], "refuse")
    if stated and kinds:
        # Several questions, none of which the document answers, are refused.
        outcome = "answer" if "answer" in kinds else ("act" if kinds[0] == "act" else "refuse")
    kind = kinds[0] if stated and kinds else kind_of(ranking[0][0])
    return Prediction(ranking, kind, outcome, labels)


def _of_classifier(seen: dict[str, Any]) -> Prediction:
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
