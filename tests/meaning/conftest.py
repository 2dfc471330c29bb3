"""What the tests of the reading in context share: messages as the trained classifier understands them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from beian.engine.components.attributes import EVIDENCE
from beian.engine.components.contextual_meaning import ContextualMeaning
from beian.kb import load_knowledge
from beian.meaning.candidates import Candidates, candidates_of
from beian.meaning.data import Line
from beian.meaning.model import ContextualModel
from beian.meaning.said import Said, said_of
from beian.meaning.turns import Turn
from beian.nlu.evidence import Evidence
from tests.meaning.trees import TREE, lines_of, trained, turns_of


@pytest.fixture(scope="session")
def kb():
    return load_knowledge()


@pytest.fixture(scope="session")
def said(talk, kb) -> Callable[[str], Said]:
    """What a message brings by itself."""

    def brought(text: str) -> Said:
        message = talk.alone(text)
        normalised = message.get("understanding")["text"]
        return said_of(normalised, message.get("entities") or [], kb, text)

    return brought


@pytest.fixture(scope="session")
def evidence(talk) -> Callable[[str], Evidence]:
    """What the trained classifier says of a message; of the wording of a button it says nothing."""

    def found(text: str) -> Evidence:
        evidence = talk.alone(text).get(EVIDENCE)
        assert evidence is not None, f"{text} is the wording of a button"
        return evidence

    return found


@pytest.fixture(scope="session")
def component(talk) -> ContextualMeaning:
    return talk.component


@pytest.fixture(scope="session")
def labels(component) -> tuple[str, ...]:
    """The labels of the trained classifier, in its order."""
    return component._reader._model.labels


@pytest.fixture(scope="session")
def candidates(kb, labels) -> Candidates:
    return candidates_of(kb, labels)


@pytest.fixture(scope="session")
def lines(tmp_path_factory, candidates) -> list[Line]:
    """A small tree."""
    return lines_of(TREE, tmp_path_factory.mktemp("tree"), frozenset(candidates.targets))


@pytest.fixture(scope="session")
def turns(lines, evidence, said, kb) -> list[Turn]:
    """The examples of the small tree."""
    return turns_of(lines, evidence, said, kb)


@pytest.fixture(scope="session")
def tiny(turns, candidates, labels, evidence, said) -> ContextualModel:
    """A model trained from the small tree."""
    return trained(turns, candidates, labels, evidence, said)
