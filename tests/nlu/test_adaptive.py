"""Steps that adapt to each feature, and the lots that messages are drawn into."""

import numpy as np
import pytest
from scipy import sparse

from beian.nlu.adaptive import FIRST_SLOPE, LOT_SIZE, AdaptiveWeights, Held, lots_of


@pytest.mark.parametrize("count", [1, 90, 10_000, 60_000])
def test_every_message_is_in_one_lot(count):
    lots = lots_of(np.random.default_rng(1).random(count))
    assert sorted(np.concatenate(lots).tolist()) == list(range(count))
    if count > 20_000:
        assert LOT_SIZE / 2 < np.mean([len(lot) for lot in lots]) < LOT_SIZE * 2


def test_a_message_less_leaves_the_others_in_their_lots():
    chance = np.random.default_rng(1).random(20_000)
    every = [set(chance[lot].tolist()) for lot in lots_of(chance)]
    rest = [set(chance[1:][lot].tolist()) for lot in lots_of(chance[1:])]
    assert sum(one != other for one, other in zip(every, rest, strict=True)) == 1


def test_the_columns_that_rows_hold():
    rows = sparse.csr_matrix(np.array([[0, 2, 0, 0, 1], [0, 0, 0, 0, 3]], dtype=np.float32))
    held = Held.of(rows)
    assert held.columns.tolist() == [1, 4]
    assert held.narrow.toarray().tolist() == [[2, 1], [0, 3]]
    assert held.transposed.toarray().tolist() == [[2, 0], [1, 3]]


def test_the_first_step_and_the_steps_after_it():
    weights = AdaptiveWeights(np.zeros((2, 2)), step=0.5)
    slope = np.array([[3.0, 0.0], [0.0, 4.0]], dtype=np.float32)
    weights.descend(slope)
    first = -0.5 * slope / np.sqrt(FIRST_SLOPE**2 + np.array([[9.0], [16.0]]))
    assert np.allclose(weights.values, first)
    weights.descend(slope[1:], np.array([1]))
    assert np.allclose(weights.values[0], first[0]), "the other feature stays"
    assert np.allclose(weights.values[1] - first[1], -0.5 * slope[1] / np.sqrt(FIRST_SLOPE**2 + 32))


def test_each_weight_by_its_own_slope():
    weights = AdaptiveWeights(np.zeros((1, 2)), step=1.0, apart=True)
    weights.descend(np.array([[3.0, 30.0]], dtype=np.float32))
    expected = [-3 / np.hypot(FIRST_SLOPE, 3), -30 / np.hypot(FIRST_SLOPE, 30)]
    assert np.allclose(weights.values, [expected])


def test_the_penalty_draws_towards_the_start_by_a_share_each_time():
    start = np.array([[1.0], [1.0]])
    weights = AdaptiveWeights(start, 1.0, penalty=6.0, met=np.array([2, 3]))
    assert np.array_equal(weights.values, start)
    weights.descend(np.zeros((2, 1), dtype=np.float32))
    assert np.array_equal(weights.values, start), "nothing draws where it began"
    weights.values += 1
    weights.descend(np.zeros((2, 1), dtype=np.float32))
    shares = np.array([[3.0], [2.0]])
    assert np.allclose(weights.values, 2 - shares / np.sqrt(FIRST_SLOPE**2 + shares**2))
