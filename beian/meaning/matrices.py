"""All turns as arrays, as the search for the weights reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from beian.arrays import Array
from beian.meaning.candidates import Candidates
from beian.meaning.data import MANNERS
from beian.meaning.features import describe
from beian.meaning.model import Words, grams_of
from beian.meaning.turns import Turn
from beian.nlu.draw import lot
from beian.nlu.side_by_side import side_by_side

COMPONENTS = 96
RAREST_GRAM = 4
_DESCRIBED_AT_ONCE = 256


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
