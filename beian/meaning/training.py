"""Train the contextual model: examples from the trees and from single messages, then adaptive steps.

The state of an example is made by `advance` from the meanings of the messages before it, so the model
learns on what it will be given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from beian.arrays import Array
from beian.kb import KnowledgeBase
from beian.meaning.advance import advance
from beian.meaning.candidates import Candidates
from beian.meaning.data import MANNERS, Line
from beian.meaning.features import describe
from beian.meaning.model import (
    GATE_COMPONENTS,
    ContextualModel,
    MannerHead,
    Words,
    grams_of,
)
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.nlu.adaptive import AdaptiveWeights, Held, lots_of
from beian.nlu.draw import lot, one_of
from beian.nlu.evidence import Evidence
from beian.nlu.side_by_side import side_by_side
from beian.nlu.softmax import STRETCH, softmax, train_softmax

COMPONENTS = 96
RAREST_GRAM = 4
PASSES, GATE_STEP, WORD_STEP = 10, 0.1, 0.3
MANNER_PASSES, MANNER_STEP = 8, 0.3
PENALTY_GATES, PENALTY_WORDS, PENALTY_MANNER = 12.0, 8.0, 4.0
# What the classifier by itself says of a candidate is where the search begins.
START = 4.0
FOLDS = 5
_DESCRIBED_AT_ONCE = 256
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
    `components` (n, C), `aim` (n, K) and `any_of` (n,): whether one of the aims is enough, `manner` (n,),
    `weight` (n,) of its loss, `families` (n,), and by `chance` (n,) the lot that it is in."""

    features: Array
    gates: Array
    columns: sparse.csr_matrix
    components: Array
    aim: Array
    any_of: Array
    manner: Array
    weight: Array
    families: Array
    chance: Array

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

    def of(some: Sequence[Turn]) -> list[tuple[Array, Array]]:
        return [describe(candidates, turn.evidence, turn.said, turn.state) for turn in some]

    described = side_by_side(of, turns, _DESCRIBED_AT_ONCE)
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
        words.dense(np.stack([turn.evidence.vector for turn in turns])).astype(np.float32),
        aim,
        any_of,
        np.array([MANNERS.index(turn.manner) for turn in turns]),
        np.array([turn.weight for turn in turns], dtype=np.float32),
        np.array([turn.family for turn in turns]),
        np.array([lot(f"{turn.family}\0{turn.evidence.text}", "turn") for turn in turns]),
    )


def fit_manner(data: Matrices) -> MannerHead:
    """The head for the manners."""
    dense = np.concatenate([data.components, data.gates], axis=1)
    share = float(data.weight.mean())
    fitted = train_softmax(
        data.columns,
        dense,
        data.manner,
        len(MANNERS),
        penalty=PENALTY_MANNER * share * STRETCH**2,
        passes=MANNER_PASSES,
        chance=data.chance,
        weights=data.weight,
        step=MANNER_STEP,
    )
    # the first gate is the same for all
    fitted.dense[data.components.shape[1]] += fitted.bias
    return MannerHead(fitted.lexical, fitted.dense)


def manners_of(head: MannerHead, data: Matrices) -> Array:
    """The manners' probabilities of all examples (n, M)."""
    dense = np.concatenate([data.components, data.gates], axis=1)
    return softmax(data.columns @ head.lexical + dense @ head.dense)


def crossed_manners(data: Matrices) -> Array:
    """The manners' probabilities of each example by a head that has not seen its family: the target head
    would trust them too much otherwise."""
    # rows of the candidates would be copied for nothing
    data = replace(data, features=data.features[:, :0], aim=data.aim[:, :0])
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
    kinds, size = data.features.shape[1:]
    classes = int(candidates.classes.max()) + 1
    one_hot = np.zeros((kinds, classes), dtype=np.float32)
    one_hot[np.arange(kinds), candidates.classes] = 1.0
    lots = lots_of(data.chance)
    held = [Held.of(data.columns[places]) for places in lots]
    width = data.columns.shape[1]
    met = np.bincount(np.concatenate([one.columns for one in held]), minlength=width)
    share = float(data.weight.mean())
    start = np.zeros((gates.shape[1], size))
    start[0, 0] = START
    mixture = AdaptiveWeights(start, GATE_STEP, PENALTY_GATES * share, len(lots), apart=True)
    lexical = AdaptiveWeights(np.zeros((width, classes)), WORD_STEP, PENALTY_WORDS * share, met)
    dense = AdaptiveWeights(
        np.zeros((data.components.shape[1], classes)), WORD_STEP, PENALTY_WORDS * share, len(lots)
    )
    for _ in range(PASSES):
        for places, grams in zip(lots, held, strict=True):
            features, mixed, components = data.features[places], gates[places], data.components[places]
            by_class = grams.narrow @ lexical.values[grams.columns] + components @ dense.values
            scores = np.matmul(features, (mixed @ mixture.values)[:, :, None])[:, :, 0]
            chance = softmax(scores + by_class[:, candidates.classes])
            error = chance - wanted(chance, data.aim[places], data.any_of[places])
            error *= data.weight[places, None]
            of_class = error @ one_hot
            mixture.descend(mixed.T @ np.matmul(error[:, None, :], features)[:, 0])
            lexical.descend(grams.transposed @ of_class, grams.columns)
            dense.descend(components.T @ of_class)
    return mixture.values, lexical.values, dense.values


def wanted(chance: Array, aim: Array, any_of: Array) -> Array:
    """What the probabilities of the candidates should be (n, K): of acceptable targets their sum counts, so
    it keeps its parts; of targets that belong together each does."""
    mass = (chance * (aim > 0)).sum(axis=1, keepdims=True)
    return np.where(any_of[:, None], chance * (aim > 0) / np.maximum(mass, 1e-12), aim)


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
