"""From predictions to figures."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from beian.nlu.labels import kind_of
from bench.evaluation.predictions import Prediction
from bench.evaluation.questions import STYLES, Question

Pairs = Sequence[tuple[Question, Prediction]]
UNANSWERED = ("uncovered", "out_of_scope")


@dataclass(frozen=True)
class Scores:
    """Shares between 0 and 1; see docs/evaluation.md for what each of them counts."""

    forced: float
    kind: float
    handled: float
    asked: float
    handled_or_offered: float
    false_uncovered: float
    false_out_of_scope: float
    act: float
    questions: int


def share(values: Iterable[bool]) -> float:
    """The share of true values; 0 where there are none."""
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def is_handled(question: Question, prediction: Prediction) -> bool:
    """The right fact is stated, or a question that has no answer is refused."""
    if prediction.outcome == "answer":
        return any(question.accepts(label) for label in prediction.labels if kind_of(label) == "answer")
    return prediction.outcome == "refuse" and any(question.accepts_kind(kind) for kind in UNANSWERED)


def is_offered(question: Question, prediction: Prediction) -> bool:
    """The system asks back, and the right fact is among the choices."""
    return prediction.outcome == "ask" and any(question.accepts(label) for label in prediction.labels)


def score(pairs: Pairs) -> Scores:
    """All figures over questions that ask one thing."""
    asking = [(q, p) for q, p in pairs if q.kind != "act"]

    def of_kind(kind: str) -> Pairs:
        return [(q, p) for q, p in pairs if q.kind == kind]

    def false_answers(kind: str) -> float:
        return share(p.outcome == "answer" and not is_handled(q, p) for q, p in of_kind(kind))

    return Scores(
        forced=share(q.accepts(p.fact) for q, p in of_kind("answer")),
        kind=share(q.accepts_kind(p.kind) for q, p in pairs),
        handled=share(is_handled(q, p) for q, p in asking),
        asked=share(p.outcome == "ask" for _, p in asking),
        handled_or_offered=share(is_handled(q, p) or is_offered(q, p) for q, p in asking),
        false_uncovered=false_answers("uncovered"),
        false_out_of_scope=false_answers("out_of_scope"),
        act=share(q.accepts(p.best) for q, p in of_kind("act")),
        questions=len(pairs),
    )


def by(pairs: Pairs, group: Callable[[Question], str], groups: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The figures of each group of questions."""
    return {name: asdict(score([(q, p) for q, p in pairs if group(q) == name])) for name in groups}


def by_style(pairs: Pairs) -> dict[str, dict[str, Any]]:
    """The figures of each style of writing."""
    return by(pairs, lambda question: question.style, STYLES)


def all_answered(question: Question, prediction: Prediction) -> bool:
    """Every question of a message is answered (or refused by its theme) in one reply."""
    return prediction.outcome != "ask" and _covers(question, prediction.labels)


def all_ranked_first(question: Question, prediction: Prediction) -> bool:
    """The likeliest labels, as many as there are questions, are the right ones."""
    return _covers(question, [label for label, _ in prediction.ranking[: len(question.wanted)]])


def _covers(question: Question, labels: Sequence[str]) -> bool:
    return all(any(label in wanted for label in labels) for wanted in question.wanted)


def quantile(values: Sequence[float], at: float) -> float:
    """The value below which the share `at` of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(at * len(ordered)))]


def times(seconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile, in milliseconds."""
    return {"median": statistics.median(seconds) * 1e3, "p95": quantile(seconds, 0.95) * 1e3}


def error_rows(pairs: Pairs) -> list[dict[str, Any]]:
    """What went wrong, for the table of errors."""
    return [
        {
            "text": question.text,
            "wanted": question.written,
            "outcome": prediction.outcome,
            "labels": list(prediction.labels or [prediction.best or ""]),
            "confidence": prediction.confidence,
        }
        for question, prediction in pairs
        if not (
            question.accepts(prediction.best) if question.kind == "act" else is_handled(question, prediction)
        )
    ]
