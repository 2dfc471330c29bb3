"""The vocabulary's words, and a message normalised and repaired with them."""

from collections.abc import Callable

import pytest

from beian.kb import load_knowledge
from beian.text.normalize import normalize
from beian.text.repair import Repairer
from beian.text.word_pairs import WordPairs
from beian.text.words import Segmenter


@pytest.fixture(scope="session")
def kb():
    return load_knowledge()


@pytest.fixture(scope="session")
def segmenter(kb) -> Segmenter:
    return Segmenter(kb.words)


@pytest.fixture(scope="session")
def repair(kb, segmenter) -> Callable[[str], str]:
    """A message as written → normalised and repaired, by the terms alone."""
    pairs = WordPairs.of_terms(kb.words, segmenter.share)
    repairer = Repairer(pairs, kb.words, kb.spellings, segmenter.is_ordinary)
    return lambda text: repairer(normalize(text))
