"""Fit what the second layer is chosen by: the weights of `beian.supplement.choose`, from questions.

`python -m bench.supplement_fit` prints them, to be put into `beian.supplement.weights`; again, with
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

from beian.dialogue.second_layer_taken import read_of
from beian.nlu.labels import kind_of
from beian.reading.meaning import Meaning
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


def fit(
    features: np.ndarray, readings: np.ndarray, wanted: np.ndarray, penalty: float = PENALTY
) -> tuple[np.ndarray, np.ndarray, float]:
    """(the weights, those of "none", its score) from features (Q, E, F), what is known of each reading (Q, R)
    and which entries answer (Q, E)."""
    width = features.shape[2]
    spread = _spread(features.reshape(-1, width))
    scaled = features / spread
    reading, middle = _spread(readings), readings.mean(axis=0)
    known = (readings - middle) / reading
    # the last column is none of them
    right = np.concatenate([wanted, ~wanted.any(axis=1, keepdims=True)], axis=1)

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        held, none = point[:-1], point[-1]
        weights, of_none = held[:width], held[width:]
        scores = np.concatenate([scaled @ weights, (known @ of_none + none)[:, None]], axis=1)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances = powers / powers.sum(axis=1, keepdims=True)
        mass = np.maximum((chances * right).sum(axis=1), 1e-12)
        surplus = chances - chances * right / mass[:, None]
        of_entries, of_others = surplus[:, :-1], surplus[:, -1]
        slope = np.concatenate([np.einsum("qef,qe->f", scaled, of_entries), known.T @ of_others])
        value = -float(np.log(mass).sum()) + penalty * float(held @ held)
        return value, np.append(slope + 2 * penalty * held, of_others.sum())

    start = np.concatenate([np.ones(width), np.zeros(readings.shape[1]), [1.0]])
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B").x
    of_none = found[width:-1] / reading
    return found[:width] / spread, of_none, float(found[-1] - middle @ of_none)


def _spread(values: np.ndarray) -> np.ndarray:
    spread = values.std(axis=0)
    return np.where(spread > 0, spread, 1.0)


def described(layer: Layer, read: Iterable[tuple[str, Meaning]]) -> tuple[np.ndarray, np.ndarray]:
    """(features (Q, E, F), what is known of the readings (Q, R)) of normalised messages as understood."""
    known = [(text, read_of(meaning)) for text, meaning in read]
    features = np.stack([layer.facts.features(text, one.themes) for text, one in known])
    return features, np.array([one.features for _, one in known])


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
    weights, of_none, none = fit(*described(layer, read), wanted)
    shown = [np.round(found, 2).tolist() for found in (weights, of_none)]
    sys.stdout.write(f"{shown[0]}, none {none:.2f}, {shown[1]}\n")


if __name__ == "__main__":
    main()
