"""Training from trees: the states, the examples as numbers, and a small model that has learned them."""

import numpy as np
import pytest

from beian.meaning.data import MANNERS
from beian.meaning.matrices import matrices_of, words_of
from beian.meaning.model import best_manner, ranked
from beian.meaning.state import Discourse
from beian.meaning.training import crossed_manners, train
from tests.meaning.trees import trained

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"


@pytest.fixture(scope="module")
def read(tiny, candidates, evidence, said):
    def of(text: str, state: Discourse) -> tuple[str, str]:
        reading = tiny.read(candidates, evidence(text), said(text), state)
        return ranked(candidates, reading.targets)[0][0], best_manner(reading.manners)[0]

    return of


def test_manners_of_an_example_come_from_models_that_have_not_seen_its_family(turns, candidates):
    """A family alone cannot be known: its manners are as good as guessed from the others."""
    data = matrices_of(turns, candidates, words_of(turns))
    found = crossed_manners(data)
    assert np.allclose(found.sum(axis=1), 1, atol=1e-4)
    strange = data.rows(np.arange(len(turns)))
    strange.manner[strange.families == strange.families[0]] = MANNERS.index("sum_up")
    again = crossed_manners(strange)
    own = strange.families == strange.families[0]
    assert np.allclose(found[own], again[own], atol=1e-6), "it has seen its own family"
    assert not np.allclose(found[~own], again[~own], atol=1e-3)


# --- the model ------------------------------------------------------------------------------


def test_every_line_of_the_tree_is_read_right_after_its_state(turns, read):
    wrong = [
        (turn.said.text, read(turn.said.text, turn.state), turn.accept)
        for turn in turns
        if (read(turn.said.text, turn.state)[0],) not in turn.accept
    ]
    assert not wrong


@pytest.mark.parametrize("text", ["拖久了会咋样呢", "凭啥呀", "那网站呢", "那这个呢", "要不要盖章呀"])
def test_the_same_words_mean_another_thing_after_another_state(turns, read, text):
    met = [turn for turn in turns if turn.said.text == text]
    meanings = {read(text, turn.state)[0] for turn in met}
    assert len(meanings) == len({turn.accept for turn in met}) > 1


def test_without_its_state_a_follow_up_is_read_differently(turns, tiny, candidates):
    met = [turn for turn in turns if turn.state != Discourse()]
    lost = 0
    for turn in met:
        place = candidates.places[turn.accept[0][0]]
        after = tiny.read(candidates, turn.evidence, turn.said, turn.state).targets[place]
        alone = tiny.read(candidates, turn.evidence, turn.said, Discourse()).targets[place]
        lost += alone < 0.5 * after
    assert lost >= 0.7 * len(met)


def test_what_was_learned_of_some_facts_holds_for_others(turns, read, kb):
    """After any fact, also one of which no tree speaks, the reason is that of this fact."""
    met = {target for turn in turns for option in turn.accept for target in option}
    others = [fact for fact in kb.facts if fact not in met]
    right = [read("凭啥呀", Discourse(stated=(fact,), last="answered"))[0] == fact for fact in others]
    assert len(others) > 20
    assert sum(right) >= 0.4 * len(right)


def test_ordinals_are_learned_as_such(read, kb):
    """A list that no tree has."""
    state = Discourse(
        stated=("rejection.overview",), last="answered", entries=kb.facts["rejection.overview"].lists
    )
    assert read("说说第二种呀", state)[0] == kb.facts["rejection.overview"].lists[1]


def test_manners_are_learned(turns, read):
    right = [read(turn.said.text, turn.state)[1] == turn.manner for turn in turns]
    assert sum(right) >= 0.9 * len(right)


def test_training_twice_gives_the_same_model(turns, candidates, labels, evidence, said, tiny):
    again = trained(turns, candidates, labels, evidence, said)
    for name in ("gates", "lexical", "dense"):
        assert np.array_equal(getattr(tiny, name), getattr(again, name)), name
    assert np.array_equal(tiny.manner.lexical, again.manner.lexical)
    assert np.array_equal(tiny.manner.dense, again.manner.dense)
    assert tiny.words.columns == again.words.columns
    assert np.array_equal(tiny.words.components, again.words.components)


def test_progress_is_reported(turns, candidates, labels):
    said = []
    train(turns[:6], candidates, labels, said.append)
    assert said[0].startswith("6 turns, ")
    assert said[-1] == "contextual model trained"
