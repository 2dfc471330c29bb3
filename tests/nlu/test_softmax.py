import numpy as np
import pytest
from scipy import sparse

from beian.nlu import softmax as module
from beian.nlu.softmax import softmax, train_softmax


@pytest.fixture
def toy():
    """Three labels: two told by a column each, the third by the dense vector alone."""
    rng = np.random.default_rng(7)
    labels = np.arange(90) % 3
    lexical = np.zeros((90, 4), dtype=np.float32)
    lexical[labels == 0, 0] = 1
    lexical[labels == 1, 1] = 1
    lexical[:, 2] = rng.random(90)
    dense = rng.normal(size=(90, 2)).astype(np.float32) * 0.1
    dense[labels == 2, 0] += 1
    return sparse.csr_matrix(lexical), dense, labels


def test_probabilities():
    chance = softmax(np.array([[1.0, 2.0, 3.0], [1000.0, 0.0, -1000.0]]))
    assert np.allclose(chance.sum(axis=1), 1)
    assert chance[0].argmax() == 2
    assert np.isfinite(chance).all()


def test_it_learns_by_both_kinds_of_features(toy):
    lexical, dense, labels = toy
    model = train_softmax(lexical, dense, labels, 3, penalty=0.01, iterations=200)
    assert (model.scores_many(lexical, dense).argmax(axis=1) == labels).all()


def test_one_message_scores_as_among_many(toy):
    lexical, dense, labels = toy
    model = train_softmax(lexical, dense, labels, 3, penalty=0.1, iterations=20)
    many = model.scores_many(lexical, dense)
    for row in range(5):
        one = lexical[row]
        assert np.allclose(model.scores(one.indices, one.data, dense[row]), many[row], atol=1e-5)


def test_training_again_gives_the_same_weights(toy):
    lexical, dense, labels = toy
    first, second = (train_softmax(lexical, dense, labels, 3, penalty=0.1, iterations=30) for _ in range(2))
    assert np.array_equal(first.lexical, second.lexical)
    assert np.array_equal(first.dense, second.dense)
    assert np.array_equal(first.bias, second.bias)


def test_the_gradient_is_the_slope_of_the_loss(toy, monkeypatch):
    lexical, dense, labels = toy
    seen = {}

    def inspect(objective, flat, *_):
        seen["objective"] = objective
        return flat

    monkeypatch.setattr(module, "minimize", inspect)
    weights = np.linspace(0.5, 1.5, len(labels))
    # the pool of threads must outlive the training for the loss to be asked again
    monkeypatch.setattr(module, "ThreadPoolExecutor", _Inline)
    train_softmax(lexical, dense, labels, 3, penalty=0.7, iterations=1, weights=weights)
    objective = seen["objective"]
    point = (np.random.default_rng(3).normal(size=3 * (4 + 2) + 3) * 0.5).astype(np.float32)
    _, gradient = objective(point)
    for place in range(len(point)):
        step = np.zeros_like(point)
        step[place] = 1e-2
        slope = (objective(point + step)[0] - objective(point - step)[0]) / 2e-2
        assert slope == pytest.approx(gradient[place], abs=5e-4)


class _Inline:
    """A pool without threads."""

    def __init__(self, _count):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    @staticmethod
    def map(function, values):
        return list(map(function, values))


def test_a_higher_penalty_keeps_weights_smaller(toy):
    lexical, dense, labels = toy
    loose, tight = (
        train_softmax(lexical, dense, labels, 3, penalty=penalty, iterations=100) for penalty in (0.01, 10)
    )
    assert np.abs(tight.lexical).sum() < np.abs(loose.lexical).sum()


def test_a_start_is_where_the_search_begins(toy):
    lexical, dense, labels = toy
    start = train_softmax(lexical, dense, labels, 3, penalty=0.1, iterations=200)
    steps = []
    train_softmax(lexical, dense, labels, 3, penalty=0.1, iterations=200, start=start, on_step=steps.append)
    fresh = []
    train_softmax(lexical, dense, labels, 3, penalty=0.1, iterations=200, on_step=fresh.append)
    assert len(steps) < len(fresh)
    assert fresh == list(range(1, len(fresh) + 1))


def test_messages_can_weigh_nothing(toy):
    lexical, dense, labels = toy
    weights = (labels != 2).astype(float)
    model = train_softmax(lexical, dense, labels, 3, penalty=0.01, iterations=100, weights=weights)
    assert not (model.scores_many(lexical, dense).argmax(axis=1) == 2).any()
