"""Small pieces that several tests of the understanding share."""

from collections.abc import Callable

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from beian.engine.components.attributes import NORMALIZED
from beian.engine.components.normalizer import Normalizer
from beian.kb import load_knowledge
from beian.nlu.entities import build_pipeline
from beian.text.words import Segmenter


@pytest.fixture(scope="session")
def kb():
    return load_knowledge()


@pytest.fixture(scope="session")
def segmenter(kb) -> Segmenter:
    return Segmenter(kb.words)


@pytest.fixture(scope="session")
def repair(kb) -> Callable[[str], str]:
    """A message as written → normalised and repaired, as the pipeline does it."""
    normalizer = Normalizer(kb)

    def repaired(text: str) -> str:
        [message] = normalizer.process([Message({TEXT: text})])
        return message.get(NORMALIZED)

    return repaired


@pytest.fixture(scope="session")
def nlp(kb):
    return build_pipeline(kb)
