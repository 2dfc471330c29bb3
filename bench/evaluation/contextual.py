"""The reading in context inside this process: its material, partial trainings, what is acceptable."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from beian.engine.components.attributes import EVIDENCE, HELD_OUT, LABELS, NORMALIZED, TREE
from beian.engine.components.label_classifier import LabelClassifier
from beian.engine.components.normalizer import Normalizer
from beian.kb import KnowledgeBase
from beian.meaning.advance import facts_of
from beian.meaning.candidates import Candidates, candidates_of, target_of
from beian.meaning.data import Line, read_lines
from beian.meaning.matrices import Matrices
from beian.meaning.model import GATE_COMPONENTS, ContextualModel, Words
from beian.meaning.said import Said, said_of
from beian.meaning.state import Discourse
from beian.meaning.training import crossed_manners, fit_manner, fit_targets, manners_of
from beian.meaning.turns import Turn, in_passing, states_of
from beian.nlu.entities import build_pipeline, find_entities
from beian.nlu.evidence import Evidence
from beian.nlu.softmax import softmax
from bench.evaluation.judge import MOST_FACTS
from bench.evaluation.spelling import spelling_learned

Entities = Sequence[Mapping[str, Any]]
_AT_ONCE = 64


@dataclass(frozen=True)
class Heard:
    """A message as it reaches the reading: what the classifier says of it, its entities, what it names."""

    evidence: Evidence
    entities: Entities
    said: Said

    @classmethod
    def of(cls, message: Message, kb: KnowledgeBase) -> Heard:
        """From a message that has gone through the pipeline before the reading."""
        evidence, entities = message.get(EVIDENCE), message.get(ENTITIES) or []
        return cls(evidence, entities, said_of(evidence.text, entities, kb))


@dataclass(frozen=True)
class Material:
    """What the reading is trained on: the lines of the trees as heard, and single messages that the
    classifier had not seen with the target that each means; the classifier's `labels`."""

    lines: tuple[Line, ...]
    heard: tuple[Heard, ...]
    singles: tuple[tuple[Heard, str], ...]
    labels: tuple[str, ...]

    def states(self, kb: KnowledgeBase) -> list[Discourse]:
        """The state before each line, from the meanings of those before it."""
        return states_of(self.lines, [one.said for one in self.heard], kb)

    def turns(self, kb: KnowledgeBase) -> list[Turn]:
        """The examples, as the component makes them: first those of the lines, in their order."""
        states = self.states(kb)
        turns = [
            Turn(one.evidence, one.said, state, line.accept, line.manner, line.family)
            for line, one, state in zip(self.lines, self.heard, states, strict=True)
        ]
        singles = [(one.evidence, one.said, target) for one, target in self.singles]
        return turns + in_passing(singles, states, candidates_of(kb, self.labels))


def material_of(model: Path, kb: KnowledgeBase) -> Material:
    """The material of a trained model, from its classifier. Raises LookupError if it has none."""
    with tempfile.TemporaryDirectory() as folder:
        storage, metadata = LocalModelStorage.from_model_archive(Path(folder), model)
        for node in metadata.predict_schema.nodes.values():
            if issubclass(node.uses, LabelClassifier) and node.resource:
                nothing = cast(ExecutionContext, None)
                classifier = LabelClassifier.load(node.config, storage, node.resource, nothing)
                return _material(classifier.process_training_data(TrainingData()), kb)
    raise LookupError(f"{model.name} has no classifier")


def _material(data: TrainingData, kb: KnowledgeBase) -> Material:
    examples = data.training_examples
    trees = sorted((one for one in examples if one.get(TREE) is not None), key=lambda one: int(one.get(TREE)))
    singles = [one for one in examples if one.get(HELD_OUT)]
    return Material(
        tuple(read_lines()),
        tuple(Heard.of(one, kb) for one in trees),
        tuple((Heard.of(one, kb), target_of(one.get(HELD_OUT))) for one in singles),
        tuple(next(one.get(LABELS) for one in examples if one.get(LABELS))),
    )


class Ear:
    """Hears messages with a classifier, as the components before the reading do."""

    def __init__(self, kb: KnowledgeBase, classifier: LabelClassifier) -> None:
        self._kb, self._classifier = kb, classifier
        self._normalizer, self._nlp = Normalizer(kb, spelling_learned()), build_pipeline(kb)

    def hear(self, texts: Sequence[str]) -> list[Heard | None]:
        """Messages as heard; None for the wording of a button, which is understood without a model."""
        found: list[Heard | None] = []
        for begun in range(0, len(texts), _AT_ONCE):
            portion = [Message({TEXT: text}) for text in texts[begun : begun + _AT_ONCE]]
            for message in self._normalizer.process(portion):
                message.set(ENTITIES, find_entities(self._nlp, message.get(NORMALIZED)))
            messages = self._classifier.process(portion)
            found += [Heard.of(one, self._kb) if one.get(EVIDENCE) else None for one in messages]
        return found


def fit(data: Matrices, candidates: Candidates, labels: Sequence[str], words: Words) -> ContextualModel:
    """Train on examples that are described already."""
    gates, lexical, dense = fit_targets(data, crossed_manners(data), candidates)
    return ContextualModel(tuple(labels), words, fit_manner(data), gates, lexical, dense)


def chances_of(
    model: ContextualModel, data: Matrices, candidates: Candidates
) -> tuple[np.ndarray, np.ndarray]:
    """The probabilities of candidates (n, K) and of manners (n, M), as `ContextualModel.read` has them."""
    manners = manners_of(model.manner, data)
    gates = np.concatenate([data.gates, manners, data.components[:, :GATE_COMPONENTS]], axis=1)
    scores = np.einsum("nkf,nf->nk", data.features, gates @ model.gates, optimize=True)
    by_class = data.columns @ model.lexical + data.components @ model.dense
    return softmax(scores + by_class[:, candidates.classes]), manners


Asserted = tuple[frozenset[str], frozenset[str]]


def asserted(targets: Sequence[str], kb: KnowledgeBase) -> Asserted:
    """What targets come to: the facts they state, and the themes, acts and the foreign among them."""
    others = frozenset(target for target in targets if not kb.facts_of_label(target))
    return frozenset(facts_of(targets, kb)), others


def acceptable(targets: Sequence[str], accept: Sequence[Sequence[str]], kb: KnowledgeBase) -> bool:
    """Whether exactly the facts (or the theme, act) of one acceptable meaning are stated: none missing, none
    beside them."""
    return asserted(targets, kb) in {asserted(option, kb) for option in accept}


def covers(targets: Sequence[str], accept: Sequence[Sequence[str]], kb: KnowledgeBase) -> bool:
    """Whether nothing of one acceptable meaning is missing, and not more than MOST_FACTS are stated."""
    facts, others = asserted(targets, kb)
    if len(facts) > MOST_FACTS:
        return False
    wanted = [asserted(option, kb) for option in accept]
    return any(must <= facts and theirs <= others for must, theirs in wanted)


def top_acceptable(target: str, accept: Sequence[Sequence[str]], kb: KnowledgeBase) -> bool:
    """The same of one target by itself; where only several together are acceptable, one of the best."""
    if any(len(option) == 1 for option in accept):
        return acceptable((target,), accept, kb)
    return acceptable((target,), accept, kb) or target in accept[0]
