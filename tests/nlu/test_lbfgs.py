import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from beian.nlu.lbfgs import minimize


def logistic(seed: int, penalty: float = 0.1):
    """A regression on noise: value and gradient at a point of 12 weights."""
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(60, 12)) * np.geomspace(0.1, 3, 12)
    sign = np.where(rng.random(60) < 0.5, 1.0, -1.0)

    def objective(point: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (features @ point)
        value = np.logaddexp(0, -margin).mean() + penalty / 2 * point @ point
        gradient = -(features.T @ (sign / (1 + np.exp(margin)))) / 60 + penalty * point
        return float(value), gradient.astype(point.dtype)

    return objective


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_it_finds_the_minimum_that_scipy_finds(seed):
    objective = logistic(seed)
    known = optimize.minimize(lambda x: objective(x), np.zeros(12), jac=True, method="BFGS")
    found = minimize(objective, np.zeros(12, dtype=np.float32), 200)
    assert found.dtype == np.float32
    assert objective(found)[0] == pytest.approx(known.fun, abs=1e-4)


def test_every_step_goes_down_and_is_told():
    objective, values, steps = logistic(1), [], []

    def watched(point):
        value, gradient = objective(point)
        values.append(value)
        return value, gradient

    for most in range(1, 8):
        values.append(objective(minimize(objective, np.full(12, 2, dtype=np.float32), most))[0])
    assert values == sorted(values, reverse=True)
    minimize(watched, np.full(12, 2, dtype=np.float32), 5, steps.append)
    assert steps == [1, 2, 3, 4, 5]


def test_it_stops_where_nothing_gets_better():
    objective, steps = logistic(2), []
    best = minimize(objective, np.zeros(12, dtype=np.float32), 300)
    minimize(objective, best, 300, steps.append)
    assert len(steps) < 10


def test_a_step_too_long_is_shortened():
    """A steep valley: the first step of length one overshoots."""

    def valley(point):
        return float(50 * point @ point), (100 * point).astype(np.float32)

    found = minimize(valley, np.full(3, 0.2, dtype=np.float32), 50)
    assert np.abs(found).max() < 1e-3


def test_a_wrong_gradient_leaves_the_point_alone():
    start = np.ones(3, dtype=np.float32)
    assert np.array_equal(minimize(lambda x: (float(x @ x), -2 * x), start, 5), start)
