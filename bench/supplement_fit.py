"""Fit what the second layer is chosen by: the weights of `beian.supplement.choose`, from questions.

`python -m bench.supplement_fit` prints them, to be put into `beian.supplement.layer`; again, with
BEIAN_WITHOUT_ENCODERS=fast, for those without the encoder. A question's entries compete with each other and
with "none of them": a conditional logit over the questions of tests/questions/supplement_fit.jsonl and those
of tests/questions/own.jsonl that no entry answers, the document's own and foreign ones. bench/supplement.py
measures on neither.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from scipy import optimize

from beian.dialogue.second_layer import themes_of
from beian.meaning.reading import Meaning
from beian.nlu.labels import kind_of
from beian.supplement.layer import Layer

QUESTIONS = Path(__file__).resolve().parents[1] / "tests" / "questions"
# How strongly weights are held small, in units of the features' spread.
PENALTY = 0.5


def questions() -> list[tuple[str, tuple[str, ...]]]:
    """(text, the facts that answer it): none for questions of the document and of other subjects."""
    layer = _lines("supplement_fit")
    others = _lines("own")
    answered = [(str(line["text"]), tuple(line["facts"])) for line in layer]
    none = [(str(line["text"]), ()) for line in others if _of_no_entry(str(line["label"]))]
    return [*answered, *none]


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (QUESTIONS / f"{name}.jsonl").read_text("utf-8").splitlines()]


def _of_no_entry(label: str) -> bool:
    """Whether a label is of the document's facts or of other subjects: an open theme may have an entry."""
    return all(kind_of(one) in ("answer", "out_of_scope") for one in label.split("+"))


def fit(features: np.ndarray, wanted: np.ndarray, penalty: float = PENALTY) -> tuple[np.ndarray, float]:
    """(the weights, the score of none) from features (Q, E, F) and which entries answer (Q, E)."""
    width = features.shape[2]
    spread = features.reshape(-1, width).std(axis=0)
    scaled = features / np.where(spread > 0, spread, 1.0)
    # the last column is none of them
    right = np.concatenate([wanted, ~wanted.any(axis=1, keepdims=True)], axis=1)

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        weights, none = point[:-1], point[-1]
        scores = np.concatenate([scaled @ weights, np.full((len(scaled), 1), none)], axis=1)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances = powers / powers.sum(axis=1, keepdims=True)
        mass = np.maximum((chances * right).sum(axis=1), 1e-12)
        surplus = chances - chances * right / mass[:, None]
        slope = np.einsum("qef,qe->f", scaled, surplus[:, :-1]) + 2 * penalty * weights
        value = -float(np.log(mass).sum()) + penalty * float(weights @ weights)
        return value, np.append(slope, surplus[:, -1].sum())

    found = optimize.minimize(loss, np.append(np.ones(width), 1.0), jac=True, method="L-BFGS-B")
    return found.x[:-1] / np.where(spread > 0, spread, 1.0), float(found.x[-1])


def described(layer: Layer, read: Iterable[tuple[str, Meaning]]) -> np.ndarray:
    """The features (Q, E, F) of normalised messages with what was understood of them."""
    return np.stack([layer.facts.features(text, themes_of(meaning)) for text, meaning in read])


async def _read(texts: Iterable[str]) -> tuple[Layer, list[tuple[str, Meaning]]]:
    from beian.engine.assistant import Assistant

    assistant = await Assistant.load(None)
    try:
        parsed = [await assistant.parse(text) for text in texts]
    finally:
        assistant.close()
    read = [(str(one["understanding"]["text"]), Meaning.from_dict(one.get("meaning"))) for one in parsed]
    return Layer(assistant.kb), read


def main() -> None:
    """Fit and print."""
    asked = questions()
    layer, read = asyncio.run(_read(text for text, _ in asked))
    names = [entry.id for entry in layer.facts.entries]
    wanted = np.array([[name in facts for name in names] for _, facts in asked])
    weights, none = fit(described(layer, read), wanted)
    sys.stdout.write(f"{np.round(weights, 2).tolist()}, none {none:.2f}\n")


if __name__ == "__main__":
    main()
