"""Cross-validation and the learning curve of the label model."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from beian.nlu import softmax as softmax_module
from beian.nlu.label_training import PENALTY, fit_temperature
from beian.nlu.labels import kind_of
from beian.nlu.model import Example
from beian.nlu.softmax import softmax
from beian.nlu.vector_cache import CACHE_FOLDER
from beian.progress import report
from bench.evaluation.calibration import bins_of, expected_error
from bench.evaluation.ours import Prepared, fit, vectors_for
from bench.evaluation.questions import Question

FOLDS = 5
SHARES = (0.25, 0.5, 0.75, 1.0)
SEED = 20240501
MOST_CONFUSIONS = 20


def cross_validate(data: Prepared, passes: int) -> dict[str, Any]:
    """Every message predicted by a model that has not seen it: accuracy, calibration, confusions."""
    scores, fold = _held_out_scores(data, passes)
    rows = np.arange(len(fold))
    chance = np.empty_like(scores)
    for number in range(FOLDS):
        inside = fold == number
        # A fold's temperature comes from the other folds' predictions, all of them on unseen messages.
        temperature = fit_temperature(scores[~inside], data.target[~inside])
        chance[inside] = softmax(scores[inside] / temperature)
    best = chance.argmax(axis=1)
    right = best == data.target
    kinds = np.array([kind_of(name) for name in data.names])
    bins = bins_of(chance[rows, best], right)
    confused = Counter(zip(data.target[~right].tolist(), best[~right].tolist(), strict=True))
    by_fold = [float(right[fold == number].mean()) for number in range(FOLDS)]
    return {
        "messages": len(fold),
        "labels": len(data.names),
        "passes": passes,
        "accuracy": float(right.mean()),
        "accuracy_by_fold": by_fold,
        "kind": float((kinds[best] == kinds[data.target]).mean()),
        "forced": _forced(chance, data.target, kinds),
        "top3": float((np.argsort(-chance, axis=1)[:, :3] == data.target[:, None]).any(axis=1).mean()),
        "ece": expected_error(bins),
        "bins": [asdict(entry) for entry in bins],
        "confused": [
            [data.names[wanted], data.names[got], count]
            for (wanted, got), count in confused.most_common(MOST_CONFUSIONS)
        ],
        "within_kind_errors": float((kinds[best] == kinds[data.target])[~right].mean()),
    }


def _forced(chance: np.ndarray, target: np.ndarray, kinds: np.ndarray) -> float:
    """The share of messages about a fact whose likeliest fact is the right one."""
    facts = np.flatnonzero(kinds == "answer")
    about = np.isin(target, facts)
    return float((facts[chance[about][:, facts].argmax(axis=1)] == target[about]).mean())


def _held_out_scores(data: Prepared, passes: int) -> tuple[np.ndarray, np.ndarray]:
    """Scores (messages, labels) by the folds' models, and each message's fold; kept for the next run."""
    fold = np.random.default_rng(SEED).permutation(len(data.target)) % FOLDS
    file = CACHE_FOLDER / "evaluation" / f"crossval-{_digest(data, passes)}.npy"
    if file.exists():
        report("cross-validation: known from an earlier run")
        return np.load(file), fold
    scores = np.zeros((len(fold), len(data.names)), dtype=np.float32)
    for number in range(FOLDS):
        held = np.flatnonzero(fold == number)
        model = fit(data, np.flatnonzero(fold != number), f"fold {number + 1} of {FOLDS}", passes)
        scores[held] = model.scores([data.grams[row] for row in held], data.vectors[held])
    file.parent.mkdir(parents=True, exist_ok=True)
    np.save(file, scores)
    return scores, fold


def _digest(data: Prepared, passes: int) -> str:
    digest = hashlib.sha256(f"{passes} {PENALTY} {FOLDS} {SEED} {data.names}".encode())
    digest.update(Path(softmax_module.__file__).read_bytes())
    digest.update(repr([data.grams[row] for row in range(len(data.grams))]).encode())
    digest.update(np.ascontiguousarray(data.vectors).tobytes())
    digest.update(data.target.tobytes())
    return digest.hexdigest()[:16]


def learning_curve(
    data: Prepared, questions: Sequence[Question], examples: Sequence[Example], passes: int
) -> list[dict[str, float]]:
    """The figures on the questions, by models trained on shares of the messages."""
    vectors, grams = vectors_for(examples), [example.grams for example in examples]
    order = np.random.default_rng(SEED).permutation(len(data.target))
    kinds = np.array([kind_of(name) for name in data.names])
    facts = np.flatnonzero(kinds == "answer")
    points = []
    for share in SHARES:
        rows = np.sort(order[: round(share * len(order))])
        scores = fit(data, rows, f"{share:.0%} of the messages", passes).scores(grams, vectors)
        best, fact = scores.argmax(axis=1), facts[scores[:, facts].argmax(axis=1)]
        answerable = [at for at, question in enumerate(questions) if question.kind == "answer"]
        points.append(
            {
                "share": share,
                "messages": len(rows),
                "forced": float(np.mean([questions[at].accepts(data.names[fact[at]]) for at in answerable])),
                "kind": float(
                    np.mean([q.accepts_kind(kinds[b]) for q, b in zip(questions, best, strict=True)])
                ),
                "label": float(
                    np.mean([q.accepts(data.names[b]) for q, b in zip(questions, best, strict=True)])
                ),
            }
        )
    return points
