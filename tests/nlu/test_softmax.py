import numpy as np
import pytest
from scipy import optimize, sparse

from beian.nlu.softmax import STRETCH, SoftmaxModel, softmax, train_softmax

CHANCE = np.random.default_rng(5).random(90)


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


def fit(toy, passes: int = 100, penalty: float = 0.1, **options) -> SoftmaxModel:
    lexical, dense, labels = toy
    return train_softmax(
        lexical, dense, labels, 3, penalty=penalty, passes=passes, **{"chance": CHANCE, **options}
    )


def objective(model: SoftmaxModel, toy, penalty: float, weights: np.ndarray | None = None) -> float:
    """What training makes small."""
    lexical, dense, labels = toy
    chance = softmax(model.scores_many(lexical, dense).astype(np.float64))[np.arange(len(labels)), labels]
    squares = sum(float((part.astype(np.float64) ** 2).sum()) for part in (model.lexical, model.dense))
    loss = -float((np.log(chance) * (1 if weights is None else weights)).sum())
    return loss + penalty / 2 * squares / STRETCH**2


def lowest(toy, penalty: float, weights: np.ndarray | None = None) -> float:
    """The least that scipy finds."""
    lexical, dense, _ = toy

    def of(flat: np.ndarray) -> float:
        cut, end = 3 * lexical.shape[1], 3 * (lexical.shape[1] + dense.shape[1])
        parts = flat[:cut].reshape(-1, 3), flat[cut:end].reshape(-1, 3), flat[end:]
        return objective(SoftmaxModel(*parts), toy, penalty, weights)

    start = np.zeros(3 * (lexical.shape[1] + dense.shape[1] + 1))
    return float(optimize.minimize(of, start, method="L-BFGS-B", options={"maxfun": 10**6}).fun)


def test_it_learns_by_both_kinds_of_features(toy):
    lexical, dense, labels = toy
    assert (fit(toy, penalty=0.9).scores_many(lexical, dense).argmax(axis=1) == labels).all()


@pytest.mark.parametrize("penalty", [0.5, 20.0])
@pytest.mark.parametrize("weighed", [False, True])
def test_it_finds_the_minimum_that_scipy_finds(toy, penalty, weighed):
    weights = np.linspace(0.2, 1.8, 90) if weighed else None
    found = objective(fit(toy, 200, penalty, weights=weights), toy, penalty, weights)
    assert found == pytest.approx(lowest(toy, penalty, weights), rel=0.01)


def test_one_message_scores_as_among_many(toy):
    lexical, dense, _ = toy
    model = fit(toy, 5)
    many = model.scores_many(lexical, dense)
    for row in range(5):
        one = lexical[row]
        assert np.allclose(model.scores(one.indices, one.data, dense[row]), many[row], atol=1e-5)


def test_training_again_gives_the_same_weights(toy):
    first, second = (fit(toy, 5) for _ in range(2))
    assert np.array_equal(first.lexical, second.lexical)
    assert np.array_equal(first.dense, second.dense)
    assert np.array_equal(first.bias, second.bias)


def test_the_order_of_the_messages_does_not_matter(toy):
    lexical, dense, labels = toy
    order = np.random.default_rng(1).permutation(90)
    model = fit(toy, 5)
    again = fit((lexical[order], dense[order], labels[order]), 5, chance=CHANCE[order])
    assert np.allclose(model.lexical, again.lexical, atol=1e-4)
    assert np.allclose(model.dense, again.dense, atol=1e-4)


def test_one_message_less_moves_the_weights_little(toy):
    lexical, dense, labels = toy
    model, rest = fit(toy, 5), fit((lexical[1:], dense[1:], labels[1:]), 5, chance=CHANCE[1:])
    other = fit(toy, 5, chance=CHANCE[::-1].copy())
    nearest = np.abs(model.dense - rest.dense).max()
    assert 0 < nearest < np.abs(model.dense - other.dense).max()


def test_a_higher_penalty_keeps_weights_smaller(toy):
    loose, tight = (fit(toy, penalty=penalty) for penalty in (1, 1000))
    assert np.abs(tight.lexical).sum() < np.abs(loose.lexical).sum()
    assert np.abs(tight.dense).sum() < np.abs(loose.dense).sum()


def test_every_pass_is_told(toy):
    told = []
    fit(toy, 4, on_pass=told.append)
    assert told == [1, 2, 3, 4]


def test_messages_can_weigh_nothing(toy):
    lexical, dense, labels = toy
    model = fit(toy, weights=(labels != 2).astype(float))
    assert not (model.scores_many(lexical, dense).argmax(axis=1) == 2).any()
