"""The trained understanding of one message: label probabilities, one or several questions, calibrated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy import optimize, sparse

from beian.nlu import encoders
from beian.nlu.clauses import question_segments
from beian.nlu.labels import kind_of
from beian.nlu.lexical import LexicalFeatures, character_grams, word_grams
from beian.nlu.softmax import SoftmaxModel, softmax, train_softmax

ENCODER = "fast"
SEED = 20240501
PENALTY = 0.1
HOLDOUT_SHARE = 0.2
ITERATIONS = 30
REFIT_ITERATIONS = 15
RANKED = 5
# A part of a message counts as a question of its own from this probability on.
SURE_PART = 0.4
MOST_QUESTIONS = 3
# A message that is as surely as this about something open or foreign is not searched for answers.
SURE_WHOLE = 0.9
CONTEXT_WEIGHT = 0.6
CONTEXT_FLOOR = 0.003

Report = Callable[[str], None]


@dataclass
class Understanding:
    """What a message asks. `questions` holds the labels of its questions in order, most often one;
    `ranking` the likeliest labels of the whole message with their probabilities, best first;
    `kinds` the summed probability of each kind of label (see `labels.kind_of`); `outcome` and
    `labels` what to do about it (see `decide`)."""

    text: str
    questions: list[str]
    confidence: float
    ranking: list[tuple[str, float]]
    kinds: dict[str, float] = field(default_factory=dict)
    outcome: str = "answer"
    labels: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for the message that Rasa stores."""
        return asdict(self)


@dataclass(frozen=True)
class Example:
    """A message prepared for the model: normalised text, words, marks of its entities."""

    text: str
    tokens: Sequence[str]
    marks: Sequence[str]

    @property
    def grams(self) -> tuple[list[str], list[str]]:
        """Character n-grams and word n-grams."""
        return character_grams(self.text), word_grams(self.tokens, self.marks)


@dataclass(frozen=True)
class LabelModel:
    """Everything that prediction needs. `centre` is None when trained without a sentence encoder."""

    labels: list[str]
    lexical: LexicalFeatures
    weights: SoftmaxModel
    centre: np.ndarray | None
    temperature: float

    def probabilities(self, example: Example) -> np.ndarray:
        """The calibrated probability of each label."""
        columns, values = self.lexical.transform(example.grams)
        vector = self._vector(example.text)
        return softmax(self.weights.scores(columns, values, vector) / self.temperature)

    def _vector(self, text: str) -> np.ndarray:
        if self.centre is None:
            return np.zeros(1, dtype=np.float32)
        vector = encoders.encode_one(ENCODER, text)
        if vector is None:
            raise RuntimeError("this model needs the sentence encoder it was trained with")
        return vector - self.centre

    def understand(
        self, text: str, prepare: Callable[[str], Example], own_subjects: frozenset[str] = frozenset()
    ) -> Understanding:
        """Classify a normalised message, and its parts where several questions stand in it.

        A message that is surely of one of `own_subjects` (labels) asks about that alone.
        """
        chance = self.probabilities(prepare(text))
        order = np.argsort(-chance)[:RANKED]
        kinds: dict[str, float] = {}
        for label, value in zip(self.labels, chance, strict=True):
            kinds[kind_of(label)] = kinds.get(kind_of(label), 0.0) + float(value)
        questions = self._parts(text, chance, prepare, own_subjects)
        return Understanding(
            text=text,
            questions=questions or [self.labels[order[0]]],
            confidence=round(float(chance[order[0]]), 4),
            ranking=[(self.labels[place], round(float(chance[place]), 4)) for place in order],
            kinds={kind: round(value, 4) for kind, value in kinds.items()},
        )

    def _parts(
        self,
        text: str,
        whole: np.ndarray,
        prepare: Callable[[str], Example],
        own_subjects: frozenset[str],
    ) -> list[str]:
        """The labels of two or three questions in one message; empty when it holds only one."""
        segments = question_segments(text)
        surest = self.labels[int(np.argmax(whole))]
        single = surest in own_subjects or kind_of(surest) not in ("answer", "uncovered")
        if len(segments) < 2 or (single and whole.max() >= SURE_WHOLE):
            return []
        found: list[str] = []
        for segment in segments:
            label = self._part(self.probabilities(prepare(segment)), whole, found)
            if label:
                found.append(label)
        return found[:MOST_QUESTIONS] if len(found) > 1 else []

    def _part(self, alone: np.ndarray, whole: np.ndarray, found: list[str]) -> str | None:
        """The label of a part, or None when it is unsure, no question, or asked already."""
        # What the whole message is about tips the scale for a part that leaves it out.
        chance = alone * (whole + CONTEXT_FLOOR) ** CONTEXT_WEIGHT
        chance /= chance.sum()
        best = int(np.argmax(chance))
        if self.labels[best] in found:
            chance, best = alone, int(np.argmax(alone))
        label = self.labels[best]
        sure = chance[best] >= SURE_PART and kind_of(label) in ("answer", "uncovered")
        return label if sure and label not in found else None

    def save(self, folder: Path) -> None:
        """Write the model as plain arrays (no pickles)."""
        np.savez(
            folder / "label_model.npz",
            labels=np.array(self.labels),
            grams=np.array(list(self.lexical.columns)),
            idf=self.lexical.idf,
            lexical=self.weights.lexical.astype(np.float16),
            dense=self.weights.dense,
            bias=self.weights.bias,
            centre=np.zeros(0, dtype=np.float32) if self.centre is None else self.centre,
            temperature=np.array(self.temperature),
        )

    @classmethod
    def load(cls, folder: Path) -> LabelModel:
        """Read what `save` wrote."""
        with np.load(folder / "label_model.npz") as data:
            columns = {gram: column for column, gram in enumerate(data["grams"].tolist())}
            centre = data["centre"]
            return cls(
                labels=data["labels"].tolist(),
                lexical=LexicalFeatures(columns, data["idf"]),
                weights=SoftmaxModel(data["lexical"].astype(np.float32), data["dense"], data["bias"]),
                centre=centre if centre.size else None,
                temperature=float(data["temperature"]),
            )


def fit_temperature(scores: np.ndarray, labels: np.ndarray) -> float:
    """The divisor of the scores that makes the probabilities honest on messages held out."""
    rows = np.arange(len(labels))

    def loss(temperature: float) -> float:
        return -float(np.log(softmax(scores / temperature)[rows, labels] + 1e-12).mean())

    return float(optimize.minimize_scalar(loss, bounds=(0.1, 3.0), method="bounded").x)


def train_model(
    examples: Sequence[Example],
    labels: Sequence[str],
    vectors: np.ndarray | None,
    report: Report,
) -> LabelModel:
    """Train on labelled messages; `vectors` (messages, dimensions) is None without an encoder."""
    names = sorted(set(labels))
    index = {name: place for place, name in enumerate(names)}
    target = np.array([index[label] for label in labels])
    grams = [example.grams for example in examples]
    lexical = LexicalFeatures.fit(grams)
    matrix = lexical.transform_many(grams)
    centre = None if vectors is None else vectors.mean(axis=0)
    dense = np.zeros((len(labels), 1), dtype=np.float32) if vectors is None else vectors - centre
    report(f"{len(labels)} messages, {len(names)} labels, {matrix.shape[1]} n-grams")

    held = np.random.default_rng(SEED).random(len(labels)) < HOLDOUT_SHARE
    first = _fit(matrix[~held], dense[~held], target[~held], len(names), ITERATIONS, None, report)
    scores = first.scores_many(matrix[held], dense[held])
    temperature = fit_temperature(scores, target[held])
    right = float((scores.argmax(axis=1) == target[held]).mean())
    report(f"held out {int(held.sum())} messages: {right:.1%} right, temperature {temperature:.2f}")
    weights = _fit(matrix, dense, target, len(names), REFIT_ITERATIONS, first, report)
    return LabelModel(names, lexical, weights, centre, temperature)


def _fit(
    matrix: sparse.csr_matrix,
    dense: np.ndarray,
    target: np.ndarray,
    classes: int,
    iterations: int,
    start: SoftmaxModel | None,
    report: Report,
) -> SoftmaxModel:
    def step(number: int) -> None:
        if number % 10 == 0:
            report(f"classifier: {number} of {iterations} steps")

    return train_softmax(
        matrix, dense, target, classes, penalty=PENALTY, iterations=iterations, start=start, on_step=step
    )
