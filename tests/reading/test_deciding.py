"""From probabilities to one meaning, or to a question back."""

import numpy as np
import pytest

from beian.kb.cells import UNCOVERED
from beian.reading.deciding import SURE, Deciding
from beian.reading.meaning import Meaning


@pytest.fixture(scope="module")
def decide(kb, candidates):
    deciding = Deciding(candidates, kb)

    def of(**likely: float) -> Meaning:
        chances = candidates.none()
        for name, chance in likely.items():
            chances[candidates.places[name.replace("__", ".").replace("_of_", "/")]] = chance
        chances += (1 - chances.sum()) / candidates.count
        return deciding.decide(np.asarray(chances), "item", SURE)

    return of


def test_what_is_sure_is_answered(decide):
    meaning = decide(timeline__review=0.9)
    assert (meaning.outcome, meaning.targets, meaning.manner) == ("answer", ("timeline.review",), "item")


def test_between_facts_that_are_both_likely_it_asks(decide):
    meaning = decide(timeline__review=0.3, access__overview=0.28, contact__support=0.2)
    assert meaning.outcome == "ask"
    assert meaning.choices == ("timeline.review", "access.overview", "contact.support")


def test_between_open_themes_it_says_that_the_document_is_silent(decide):
    meaning = decide(uncovered_of_fees=0.3, uncovered_of_validity=0.3, uncovered_of_limits=0.3)
    assert (meaning.outcome, meaning.targets) == ("answer", (UNCOVERED,))
    assert meaning.chance > 0.8


def test_what_is_nothing_in_particular_is_not_understood(decide):
    meaning = decide(chitchat_of_greet=0.25, chitchat_of_thanks=0.25, dialogue_of_more=0.25, stop=0.24)
    assert (meaning.outcome, meaning.targets, meaning.choices) == ("not_understood", (), ())
