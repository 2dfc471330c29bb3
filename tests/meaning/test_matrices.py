"""The turns as numbers."""

import numpy as np
import pytest

from beian.meaning.data import MANNERS
from beian.meaning.features import describe
from beian.meaning.matrices import RAREST_GRAM, matrices_of, words_of
from beian.meaning.turns import Turn

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"


def test_words_are_those_that_are_common_enough(turns):
    words = words_of(turns)
    texts = {f"^{turn.said.text}$" for turn in turns}
    assert {"呀", "呀$", "要"} <= set(words.columns)
    assert "退回" not in words.columns
    assert all(sum(gram in text for text in texts) >= RAREST_GRAM for gram in words.columns)
    assert words.components.shape[0] == len(words.centre)
    dense = np.stack([words.dense(turn.evidence.vector) for turn in turns])
    assert np.allclose(dense.mean(axis=0), 0, atol=1e-4)
    assert dense[:, 0].std() == pytest.approx(1, abs=0.1)


def test_the_aims_of_an_example(turns, candidates):
    first = turns[0]

    def aims(accept):
        data = matrices_of(
            [Turn(first.evidence, first.said, first.state, accept, "why", "f")], candidates, words_of(turns)
        )
        wanted = {candidates.targets[place]: data.aim[0, place] for place in np.flatnonzero(data.aim[0])}
        return wanted, bool(data.any_of[0]), MANNERS[data.manner[0]]

    # either will do
    assert aims(((COMPANY,), (PERSON,))) == ({COMPANY: 1.0, PERSON: 1.0}, True, "why")
    # both are needed
    assert aims(((COMPANY, PERSON),)) == ({COMPANY: 0.5, PERSON: 0.5}, False, "why")
    # both are best, one alone will do
    assert aims(((COMPANY, PERSON), ("timeline.review",))) == (
        {COMPANY: 1.0, "timeline.review": 1.0},
        True,
        "why",
    )


def test_matrices_have_a_row_an_example(turns, candidates):
    words = words_of(turns)
    data = matrices_of(turns, candidates, words)
    features, gates = describe(candidates, turns[3].evidence, turns[3].said, turns[3].state)
    assert np.array_equal(data.features[3], features)
    assert np.array_equal(data.gates[3], gates)
    assert data.columns.shape == (len(turns), len(words.columns))
    some = data.rows(np.array([3, 1]))
    assert np.array_equal(some.features[0], features)
    assert some.columns.shape[0] == len(some.manner) == 2
    assert some.families.tolist() == [turns[3].family, turns[1].family]
