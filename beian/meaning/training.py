"""Train the contextual model: examples from the trees and from single messages, then L-BFGS.

The state of an example is made by `advance` from the meanings of the messages before it, so the model
learns on what it will be given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, sparse

from beian.arrays import Array
from beian.kb import KnowledgeBase
from beian.meaning.advance import advance
from beian.meaning.data import MANNERS, Line
from beian.meaning.features import Candidates, describe
from beian.meaning.model import (
    GATE_COMPONENTS,
    ContextualModel,
    MannerHead,
    Words,
    grams_of,
)
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.nlu.draw import lot, one_of
from beian.nlu.evidence import Evidence

COMPONENTS = 96
RAREST_GRAM = 4
ITERATIONS = 70
MANNER_ITERATIONS = 60
PENALTY_GATES, PENALTY_WORDS, PENALTY_MANNER = 12.0, 8.0, 4.0
# What the classifier by itself says of a candidate is where the search begins.
START = 4.0
FOLDS = 5
# There are more of them than of the turns, and they are easier.
SINGLE_WEIGHT = 0.4


@dataclass(frozen=True)
class Turn:
    """One example: a message, the state before it, the acceptable meanings (best first), the manner.

    `family` is what is left out together when a figure is measured; `weight` scales its loss.
    """

    evidence: Evidence
    said: Said
    state: Discourse
    accept: tuple[tuple[str, ...], ...]
    manner: str
    family: str
    weight: float = 1.0


def states_of(lines: Sequence[Line], said: Sequence[Said], kb: KnowledgeBase) -> list[Discourse]:
    """The state before each line of the trees."""
    after: list[Discourse] = []
    before: list[Discourse] = []
    for line, own in zip(lines, said, strict=True):
        state = Discourse() if line.parent is None else after[line.parent]
        before.append(state)
        after.append(advance(state, line.accept[0], line.manner, own, kb))
    return before


def in_passing(
    singles: Sequence[tuple[Evidence, Said, str]], states: Sequence[Discourse], weight: float = SINGLE_WEIGHT
) -> list[Turn]:
    """Complete messages, once by themselves and once after a random state: a complete question is
    understood as such wherever it stands."""
    turns = []
    for evidence, said, target in singles:
        other = one_of(states, evidence.text, "state")
        family = f"single{int(lot(evidence.text, 'family') * FOLDS)}"
        for state in (Discourse(), other):
            turns.append(Turn(evidence, said, state, ((target,),), MANNERS[0], family, weight))
    return turns


@dataclass(frozen=True)
class Matrices:
    """All examples as arrays: `features` (n, K, F), `gates` (n, G), `columns` (n, n-grams) sparse,
    `components` (n, C), `aim` (n, K) and `any_of` (n,): whether one of the aims is enough, `manner` (n,)."""

    features: Array
    gates: Array
    columns: sparse.csr_matrix
    components: Array
    aim: Array
    any_of: Array
    manner: Array
    weight: Array
    families: Array

    def rows(self, chosen: Array) -> Matrices:
        """Those of some examples."""
        return Matrices(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


def words_of(turns: Sequence[Turn]) -> Words:
    """The n-grams that are common enough, and the principal components of the sentence vectors."""
    seen: dict[str, int] = {}
    for text in {turn.said.text for turn in turns}:
        for gram in grams_of(text):
            seen[gram] = seen.get(gram, 0) + 1
    columns = {
        gram: number for number, gram in enumerate(sorted(g for g, n in seen.items() if n >= RAREST_GRAM))
    }
    vectors = np.stack([turn.evidence.vector for turn in turns]).astype(np.float64)
    centre = vectors.mean(axis=0)
    values, axes = np.linalg.eigh(np.cov((vectors - centre).T))
    order = np.argsort(-values)[:COMPONENTS]
    components = axes[:, order] / np.sqrt(np.maximum(values[order[:1]], 1e-9))
    signs = np.sign(components[np.abs(components).argmax(axis=0), np.arange(components.shape[1])])
    return Words(columns, centre.astype(np.float32), (components * signs).astype(np.float32))


def matrices_of(turns: Sequence[Turn], candidates: Candidates, words: Words) -> Matrices:
    """Describe every example."""
    places = {target: place for place, target in enumerate(candidates.targets)}
    described = [describe(candidates, turn.evidence, turn.said, turn.state) for turn in turns]
    aim = np.zeros((len(turns), candidates.count), dtype=np.float32)
    any_of = np.zeros(len(turns), dtype=bool)
    for row, turn in enumerate(turns):
        alone = [option[0] for option in turn.accept if len(option) == 1]
        if len(turn.accept[0]) > 1 and not alone:
            aim[row, [places[target] for target in turn.accept[0]]] = 1.0 / len(turn.accept[0])
        else:
            any_of[row] = True
            best = turn.accept[0][0]
            for target in {best, *alone}:
                aim[row, places[target]] = 1.0
    columns = [words.lexical(turn.said.text) for turn in turns]
    lengths = np.array([len(row) for row in columns])
    data = np.repeat(1.0 / np.sqrt(np.maximum(lengths, 1)), lengths).astype(np.float32)
    flat = np.concatenate(columns) if len(columns) else np.zeros(0, dtype=int)
    lexical = sparse.csr_matrix(
        (data, flat, np.concatenate([[0], np.cumsum(lengths)])), shape=(len(turns), len(words.columns))
    )
    return Matrices(
        np.stack([features for features, _ in described]),
        np.stack([gates for _, gates in described]),
        lexical,
        np.stack([words.dense(turn.evidence.vector) for turn in turns]).astype(np.float32),
        aim,
        any_of,
        np.array([MANNERS.index(turn.manner) for turn in turns]),
        np.array([turn.weight for turn in turns], dtype=np.float32),
        np.array([turn.family for turn in turns]),
    )


def fit_manner(data: Matrices) -> MannerHead:
    """The head for the manners."""
    dense = np.concatenate([data.components, data.gates], axis=1)
    count, classes, width = len(dense), len(MANNERS), data.columns.shape[1]
    cut = width * classes
    share = (data.weight / data.weight.sum())[:, None]
    rows, transposed = np.arange(count), data.columns.T.tocsr()

    def objective(flat: Array) -> tuple[float, Array]:
        lexical, weights = flat[:cut].reshape(width, classes), flat[cut:].reshape(-1, classes)
        chance = _softmax(data.columns @ lexical + dense @ weights)
        loss = -float((share[:, 0] * np.log(chance[rows, data.manner] + 1e-30)).sum())
        chance[rows, data.manner] -= 1.0
        chance *= share
        gradient = np.concatenate([(transposed @ chance).ravel(), (dense.T @ chance).ravel()])
        scale = PENALTY_MANNER / count
        return loss + 0.5 * scale * float(flat @ flat), gradient + scale * flat

    flat = _minimize(objective, np.zeros(cut + dense.shape[1] * classes), MANNER_ITERATIONS)
    return MannerHead(
        flat[:cut].reshape(width, classes).astype(np.float32),
        flat[cut:].reshape(-1, classes).astype(np.float32),
    )


def manners_of(head: MannerHead, data: Matrices) -> Array:
    """The manners' probabilities of all examples (n, M)."""
    dense = np.concatenate([data.components, data.gates], axis=1)
    return _softmax(data.columns @ head.lexical + dense @ head.dense)


def crossed_manners(data: Matrices) -> Array:
    """The manners' probabilities of each example by a head that has not seen its family: the target head
    would trust them too much otherwise."""
    families = sorted(set(data.families.tolist()))
    fold = {family: place % FOLDS for place, family in enumerate(families)}
    folds = np.array([fold[family] for family in data.families])
    found = np.zeros((len(folds), len(MANNERS)), dtype=np.float32)
    for number in range(FOLDS):
        held = folds == number
        if held.any() and not held.all():
            found[held] = manners_of(fit_manner(data.rows(~held)), data.rows(held))
    return found


def fit_targets(data: Matrices, manners: Array, candidates: Candidates) -> tuple[Array, Array, Array]:
    """(W, U of the n-grams, U of the components)."""
    gates = np.concatenate([data.gates, manners, data.components[:, :GATE_COMPONENTS]], axis=1)
    count, kinds, size = data.features.shape
    classes = int(candidates.classes.max()) + 1
    one_hot = np.zeros((kinds, classes), dtype=np.float32)
    one_hot[np.arange(kinds), candidates.classes] = 1.0
    width, dense_width = data.columns.shape[1], data.components.shape[1]
    cut = gates.shape[1] * size
    end = cut + width * classes
    start = np.zeros(end + dense_width * classes)
    start[0] = START
    share = (data.weight / data.weight.sum()).astype(np.float32)
    transposed = data.columns.T.tocsr()

    def unpack(flat: Array) -> tuple[Array, Array, Array]:
        flat = flat.astype(np.float32)
        return (
            flat[:cut].reshape(-1, size),
            flat[cut:end].reshape(width, classes),
            flat[end:].reshape(dense_width, classes),
        )

    def objective(flat: Array) -> tuple[float, Array]:
        weights, lexical, dense = unpack(flat)
        mixed = gates @ weights
        scores = np.einsum("nkf,nf->nk", data.features, mixed, optimize=True)
        scores += (data.columns @ lexical + data.components @ dense)[:, candidates.classes]
        chance = _softmax(scores)
        wanted, loss = _wanted(chance, data)
        error = (chance - wanted) * share[:, None]
        by_class = error @ one_hot
        per_feature = np.einsum("nkf,nk->nf", data.features, error, optimize=True)
        gradient = np.concatenate(
            [
                (gates.T @ per_feature).ravel(),
                (transposed @ by_class).ravel(),
                (data.components.T @ by_class).ravel(),
            ]
        ).astype(np.float64)
        moved = flat - start
        scale = np.full(len(flat), PENALTY_WORDS / count)
        scale[:cut] = PENALTY_GATES / count
        total = float((share * loss).sum()) + 0.5 * float((scale * moved) @ moved)
        return total, gradient + scale * moved

    return unpack(_minimize(objective, start, ITERATIONS))


def _wanted(chance: Array, data: Matrices) -> tuple[Array, Array]:
    """What the probabilities should be (n, K), and the loss of each example: of acceptable targets their
    sum counts; of targets that belong together each does."""
    mass = (chance * (data.aim > 0)).sum(axis=1, keepdims=True)
    among = chance * (data.aim > 0) / np.maximum(mass, 1e-12)
    wanted = np.where(data.any_of[:, None], among, data.aim)
    together = -(data.aim * np.log(chance + 1e-12)).sum(axis=1)
    return wanted, np.where(data.any_of, -np.log(mass[:, 0] + 1e-12), together)


def train(
    turns: Sequence[Turn], candidates: Candidates, labels: Sequence[str], report: Callable[[str], None]
) -> ContextualModel:
    """Train on all examples. Deterministic."""
    words = words_of(turns)
    data = matrices_of(turns, candidates, words)
    report(f"{len(turns)} turns, {len(words.columns)} n-grams")
    manners = crossed_manners(data)
    gates, lexical, dense = fit_targets(data, manners, candidates)
    report("contextual model trained")
    return ContextualModel(tuple(labels), words, fit_manner(data), gates, lexical, dense)


def _softmax(scores: Array) -> Array:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def _minimize(objective: Callable[[Array], tuple[float, Array]], start: Array, iterations: int) -> Array:
    found = optimize.minimize(
        objective, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 20}
    )
    return np.asarray(found.x)
