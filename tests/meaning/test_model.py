"""The model by itself: words, probabilities, and that the archive gives back what was put in."""

from dataclasses import replace

import numpy as np
import pytest

from beian.meaning.data import MANNERS
from beian.meaning.features import describe
from beian.meaning.model import (
    GATE_COMPONENTS,
    ContextualModel,
    MannerHead,
    Words,
    best_manner,
    gates_with,
    grams_of,
    ranked,
)
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.nlu.domain_words import WIDTH
from beian.nlu.evidence import Evidence


def test_grams_of_a_text():
    assert grams_of("多久") == {"多", "久", "^多", "多久", "久$", "^多久", "多久$"}
    assert grams_of("") == {"^$"}
    assert "^" not in grams_of("多久呀")


def test_words_count_what_they_know_only():
    words = Words({"多久": 0, "^多": 1, "停": 2}, np.array([1.0, 0.0]), np.eye(2)[:, :1])
    assert words.lexical("多久").tolist() == [0, 1]
    assert words.lexical("要多久").tolist() == [0]
    assert words.lexical("别的").tolist() == []
    assert words.dense(np.array([3.0, 5.0])).tolist() == [2.0]
    assert words.width == 4


def test_probabilities_add_up(tiny, candidates, turns):
    for turn in turns[:10]:
        reading = tiny.read(candidates, turn.evidence, turn.said, turn.state)
        assert reading.targets.shape == (candidates.count,)
        assert reading.manners.shape == (len(MANNERS),)
        assert reading.targets.sum() == pytest.approx(1, abs=1e-5)
        assert reading.manners.sum() == pytest.approx(1, abs=1e-5)
        assert reading.targets.min() >= 0


def test_reading_changes_nothing(tiny, candidates, turns):
    turn = turns[4]
    first = tiny.read(candidates, turn.evidence, turn.said, turn.state)
    second = tiny.read(candidates, turn.evidence, turn.said, turn.state)
    assert np.array_equal(first.targets, second.targets)
    assert np.array_equal(first.manners, second.manners)


def test_the_score_is_what_it_is_said_to_be(tiny, candidates, turns):
    """score(y) = Σₖ (Wₖ·c) φₖ(y) + U[class(y)]·h, summed here term by term."""
    # weights of words that count, as a larger training gives them
    random = np.random.default_rng(2)
    tiny = replace(tiny, lexical=random.normal(size=tiny.lexical.shape).astype(np.float32))
    turn = turns[1]
    features, gates = describe(candidates, turn.evidence, turn.said, turn.state)
    components = tiny.words.dense(turn.evidence.vector)
    reading = tiny.read(candidates, turn.evidence, turn.said, turn.state)
    full = gates_with(gates, reading.manners, components)
    columns = tiny.words.lexical(turn.said.text)
    scores = []
    for candidate in range(candidates.count):
        own = candidates.classes[candidate]
        score = sum((full @ tiny.gates[:, k]) * features[candidate, k] for k in range(features.shape[1]))
        score += sum(tiny.lexical[column, own] for column in columns) / np.sqrt(len(columns))
        scores.append(score + components @ tiny.dense[:, own])
    chance = np.exp(np.array(scores) - max(scores))
    assert np.allclose(chance / chance.sum(), reading.targets, atol=1e-4)


def test_the_archive_holds_the_model(tiny, candidates, turns, tmp_path):
    file = tmp_path / "contextual.npz"
    tiny.save(file)
    loaded = ContextualModel.load(file)
    assert loaded.labels == tiny.labels
    assert loaded.words.columns == tiny.words.columns
    for turn in turns:
        one = tiny.read(candidates, turn.evidence, turn.said, turn.state)
        two = loaded.read(candidates, turn.evidence, turn.said, turn.state)
        # word weights are kept in half precision
        assert np.allclose(one.targets, two.targets, atol=5e-3)
        assert np.allclose(one.manners, two.manners, atol=5e-3)
    with np.load(file, allow_pickle=False) as data:
        assert all(data[name].dtype != object for name in data.files)


def test_saved_twice_it_is_the_same(tiny, tmp_path):
    first, second = tmp_path / "first.npz", tmp_path / "second.npz"
    tiny.save(first)
    ContextualModel.load(first).save(second)
    with np.load(first) as one, np.load(second) as two:
        assert one.files == two.files
        assert all(np.array_equal(one[name], two[name]) for name in one.files)


def test_its_candidates_are_those_it_was_trained_for(tiny, candidates, kb):
    assert tiny.candidates(kb).targets == candidates.targets


def test_a_message_of_no_known_words_is_read_all_the_same(tiny, candidates):
    chance = np.full(len(tiny.labels), 1 / len(tiny.labels), dtype=np.float32)
    nothing = Evidence.of_one(
        "", chance, np.zeros(len(tiny.words.centre), dtype=np.float32), np.zeros(WIDTH, dtype=np.float32)
    )
    reading = tiny.read(candidates, nothing, Said(""), Discourse())
    assert np.isfinite(reading.targets).all()
    assert reading.targets.sum() == pytest.approx(1, abs=1e-5)


def test_manners_and_components_join_the_gates():
    gates = gates_with(np.array([1.0, 2.0]), np.full(len(MANNERS), 0.5), np.arange(20.0))
    assert len(gates) == 2 + len(MANNERS) + GATE_COMPONENTS
    assert gates[-1] == GATE_COMPONENTS - 1


def test_the_head_of_the_manners():
    head = MannerHead(np.array([[4.0, 0.0], [0.0, 0.0]]), np.array([[0.0, 1.0]]))
    assert head.chances(np.array([0]), np.array([0.0]))[0] > 0.9
    assert head.chances(np.array([], dtype=int), np.array([3.0]))[1] > 0.9


def test_the_likeliest(candidates):
    chances = np.zeros(candidates.count)
    chances[[3, 7, 5]] = 0.5, 0.3, 0.2
    assert ranked(candidates, chances, 2) == [(candidates.targets[3], 0.5), (candidates.targets[7], 0.3)]
    manners = np.zeros(len(MANNERS))
    manners[2] = 1
    assert best_manner(manners) == (MANNERS[2], 1.0)
