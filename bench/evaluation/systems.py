"""All systems on the same questions in one run."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from beian.progress import report
from bench.evaluation import scores
from bench.evaluation.calibration import bins_of, expected_error
from bench.evaluation.predictions import Prediction
from bench.evaluation.questions import Question, several, singles
from bench.evaluation.worker import Worker

TITLES = {
    "ours": "本系统",
    "lexical": "本系统，不用句向量",
    "stock": "Rasa 默认流水线（jieba）",
    "logistic": "逻辑回归（字 n-gram）",
    "bm25": "BM25 检索事实正文",
    "nearest": "句向量检索事实正文",
}
LONG_TEXT = 2000
_WARM_UP = 20
_TICK = 100


def ask_all(models: dict[str, Path | None], questions: Sequence[Question]) -> dict[str, Any]:
    """Ask every system every question in turn, so that whatever else the machine does meets all alike."""
    with ExitStack() as stack:
        workers = {}
        for system, model in models.items():
            report(f"loading: {system}")
            workers[system] = stack.enter_context(Worker(system, model))
            for question in questions[:_WARM_UP]:
                workers[system].ask(question.text)
        answers: dict[str, list[Prediction]] = {system: [] for system in workers}
        for number, question in enumerate(questions, 1):
            for system, worker in workers.items():
                answers[system].append(worker.ask(question.text))
            if number % _TICK == 0:
                report(f"{number} of {len(questions)} questions asked of {len(workers)} systems")
        long = "".join(question.text for question in questions)[:LONG_TEXT]
        return {
            "answers": answers,
            "long": {
                system: min(worker.ask(long).seconds for _ in range(5)) * 1e3
                for system, worker in workers.items()
            },
            "memory": {system: [worker.megabytes, worker.added] for system, worker in workers.items()},
        }


def measure(
    models: dict[str, Path | None], questions: Sequence[Question], similarity: Sequence[float]
) -> dict[str, Any]:
    """The table of systems and everything else that comes from the same answers."""
    asked = ask_all(models, questions)
    result: dict[str, Any] = {"questions": len(questions), "long": asked["long"], "memory": asked["memory"]}
    pairs = {system: list(zip(questions, found, strict=True)) for system, found in asked["answers"].items()}
    result["systems"] = {system: asdict(scores.score(_single(found))) for system, found in pairs.items()}
    result["wall"] = {system: scores.times([p.seconds for _, p in found]) for system, found in pairs.items()}
    result["cpu"] = {system: scores.times([p.cpu for _, p in found]) for system, found in pairs.items()}
    result["seconds"] = {
        system: [round(p.seconds * 1e3, 3) for _, p in found] for system, found in pairs.items()
    }
    result["styles"] = {system: scores.by_style(_single(found)) for system, found in pairs.items()}
    result["several"] = {system: _several(found) for system, found in pairs.items()}
    result["several_questions"] = len(several(questions))
    ours = _single(pairs["ours"])
    result["errors"] = scores.error_rows(ours)
    result["themes"] = scores.share(q.accepts(p.best) for q, p in ours if q.kind == "uncovered")
    result["two_stated"] = scores.share(p.outcome == "answer" and len(p.labels) > 1 for _, p in ours)
    result["calibration"] = {
        system: _calibration(_single(pairs[system]))
        for system in pairs
        if system in ("ours", "stock", "logistic")
    }
    result["similarity"] = _by_similarity(pairs["ours"], similarity)
    return result


def _single(pairs: scores.Pairs) -> scores.Pairs:
    return [(question, prediction) for question, prediction in pairs if question.single]


def _several(pairs: scores.Pairs) -> dict[str, float]:
    found = [(question, prediction) for question, prediction in pairs if not question.single]
    return {
        "answered": scores.share(scores.all_answered(q, p) for q, p in found),
        "ranked": scores.share(scores.all_ranked_first(q, p) for q, p in found),
    }


def _calibration(pairs: scores.Pairs) -> dict[str, Any]:
    bins = bins_of([p.confidence for _, p in pairs], [q.accepts(p.best) for q, p in pairs])
    return {"ece": expected_error(bins), "bins": [asdict(entry) for entry in bins]}


SIMILARITIES = (0.0, 0.3, 0.4, 0.5, 1.01)


def _by_similarity(pairs: scores.Pairs, similarity: Sequence[float]) -> list[dict[str, Any]]:
    """Figures by how like a question is to the nearest training message."""
    rows = []
    for low, high in itertools.pairwise(SIMILARITIES):
        inside = [
            pair
            for pair, likeness in zip(pairs, similarity, strict=True)
            if low <= likeness < high and pair[0].single
        ]
        rows.append({"low": low, "high": min(high, 1.0), **asdict(scores.score(inside))})
    return rows


def measure_in_process(predict: Any, questions: Sequence[Question]) -> dict[str, Any]:
    """The figures of a system that runs inside this process."""
    pairs = [(question, predict(question.text)) for question in questions]
    return {**asdict(scores.score(_single(pairs))), "several": _several(pairs)}


def perturbed(
    models: dict[str, Path | None], questions: Sequence[Question], kinds: Any, change: Any
) -> dict[str, Any]:
    """Figures on the questions that a change altered, before and after it."""
    found = singles(questions)
    texts = list(
        dict.fromkeys([q.text for q in found] + [change(kind, q.text) for kind in kinds for q in found])
    )
    result: dict[str, Any] = {kind: {} for kind in kinds}
    for system, model in models.items():
        with Worker(system, model) as worker:
            answers = {}
            for number, text in enumerate(texts, 1):
                answers[text] = worker.ask(text)
                if number % (10 * _TICK) == 0:
                    report(f"{system}: {number} of {len(texts)} perturbed questions")
        for kind in kinds:
            changed = [q for q in found if change(kind, q.text) != q.text]
            before = scores.score([(q, answers[q.text]) for q in changed])
            after = scores.score([(q, answers[change(kind, q.text)]) for q in changed])
            result[kind][system] = {"before": asdict(before), "after": asdict(after)}
    return result
