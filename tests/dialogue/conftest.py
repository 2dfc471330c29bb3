"""Turns made by hand: the text's real entities with the labels a test gives it. No model is needed."""

from collections.abc import Callable
from datetime import date

import pytest

from beian.dialogue.state import Turn
from beian.kb import load_knowledge
from beian.nlu.entities import build_pipeline, find_entities
from beian.nlu.normalize import compact, normalize

TODAY = date(2026, 11, 10)


@pytest.fixture(scope="session")
def kb():
    return load_knowledge()


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def turn(kb) -> Callable[..., Turn]:
    """A message understood as `labels`."""
    nlp = build_pipeline(kb)

    def made(text: str, *labels: str, outcome: str = "answer", confidence: float = 0.9) -> Turn:
        read = compact(normalize(text))
        understanding = {"text": read, "labels": labels, "outcome": outcome, "confidence": confidence}
        return Turn(understanding, find_entities(nlp, read), text)

    return made
