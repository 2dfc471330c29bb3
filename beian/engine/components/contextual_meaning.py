"""The reading in context as a Rasa graph component: last in the pipeline, it is given the tracker."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from beian.engine.components.attributes import EVIDENCE, HELD_OUT, LABELS, TREE, UNDERSTANDING
from beian.engine.components.component import fingerprint
from beian.kb import KnowledgeBase, load_knowledge
from beian.meaning.candidates import candidates_of, target_of
from beian.meaning.data import FOLDER, Line, read_lines
from beian.meaning.model import ContextualModel
from beian.meaning.said import said_of
from beian.meaning.slots import state_from
from beian.meaning.state import Discourse
from beian.meaning.training import train
from beian.meaning.turns import Turn, in_passing, states_of
from beian.nlu.labels import label_of
from beian.progress import report
from beian.reading.meaning import Meaning
from beian.reading.reader import CAUTION, Reader
from beian.settings.answering import caution_from

MEANING = "meaning"
_FILE = "contextual.npz"
# The intent of a message that fits nothing.
_NOTHING = "out_of_scope"
_PACKAGE = Path(__file__).resolve().parents[2]
_CODE = _PACKAGE / "meaning"
# What makes the evidence and the cells that it trains on, and how it trains.
_ELSEWHERE = tuple(
    _PACKAGE / f"{name}.py"
    for name in (
        "engine/components/contextual_meaning",
        "kb/cells",
        "text/clauses",
        "nlu/adaptive",
        "nlu/draw",
        "nlu/evidence",
        "nlu/pieces",
        "nlu/softmax",
        "nlu/understanding",
    )
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ContextualMeaning(GraphComponent):
    """What a message means where the conversation stands: the intent, and the attribute "meaning"."""

    def __init__(
        self,
        kb: KnowledgeBase,
        model_storage: ModelStorage,
        resource: Resource,
        model: ContextualModel | None = None,
    ) -> None:
        self._kb, self._model_storage, self._resource = kb, model_storage, resource
        self._reader = Reader(model, kb, _caution()) if model else None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ContextualMeaning:
        """An untrained component."""
        return cls(load_knowledge(), model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ContextualMeaning:
        """Read the trained model from the archive."""
        with model_storage.read_from(resource) as folder:
            return cls(load_knowledge(), model_storage, resource, ContextualModel.load(folder / _FILE))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Make Rasa's training cache see the files this component reads."""
        return fingerprint(*sorted(_CODE.glob("*.py")), *sorted(FOLDER.glob("*.txt")), *_ELSEWHERE)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the trees, and on messages that the classifier has not seen."""
        begun = time.monotonic()
        labels = next(
            message.get(LABELS) for message in training_data.training_examples if message.get(LABELS)
        )
        candidates = candidates_of(self._kb, labels)
        lines = read_lines(targets=frozenset(candidates.targets))
        by_place = {message.get(TREE): message for message in training_data.training_examples}
        turns = self._turns(lines, [by_place[place] for place in range(len(lines))])
        singles = [
            (message.get(EVIDENCE), self._said(message), target_of(message.get(HELD_OUT)))
            for message in training_data.training_examples
            if message.get(HELD_OUT)
        ]
        turns += in_passing(singles, [turn.state for turn in turns], candidates)
        model = train(turns, candidates, labels, report)
        with self._model_storage.write_to(self._resource) as folder:
            model.save(folder / _FILE)
        report(f"meaning in context trained in {time.monotonic() - begun:.0f} s")
        return self._resource

    def _turns(self, lines: Sequence[Line], messages: Sequence[Message]) -> list[Turn]:
        said = [self._said(message) for message in messages]
        return [
            Turn(message.get(EVIDENCE), own, state, line.accept, line.manner, line.family)
            for line, message, own, state in zip(
                lines, messages, said, states_of(lines, said, self._kb), strict=True
            )
        ]

    def _said(self, message: Message) -> Any:
        return said_of(message.get(EVIDENCE).text, message.get(ENTITIES) or [], self._kb)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this reads the training messages."""
        return training_data

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Read messages after the conversation so far; without a tracker as the first of one."""
        state = state_from(tracker.current_slot_values()) if tracker is not None else Discourse()
        for message in messages:
            self.read(message, state)
        return messages

    def read(self, message: Message, state: Discourse) -> Meaning | None:
        """Write into a message what it means after `state`; None for one that was not understood before,
        such as an empty one. The evidence stays in the message but not in its output."""
        understanding = message.get(UNDERSTANDING)
        if not understanding:
            return None
        evidence = message.get(EVIDENCE)
        if evidence is None:
            meaning = self._of_button(understanding)
        elif self._reader is None:
            raise RuntimeError("the meaning in context has not been trained")
        else:
            written = str(message.get("text") or "")
            meaning = self._reader.read(evidence, message.get(ENTITIES) or [], state, written)
        first = next(iter(meaning.targets or meaning.choices), _NOTHING)
        intent = {"name": label_of(first).partition("/")[0], "confidence": round(meaning.chance, 4)}
        message.set(INTENT, intent, add_to_output=True)
        ranking = [
            {
                "name": label_of(target).partition("/")[0],
                "label": label_of(target),
                "confidence": round(chance, 4),
            }
            for target, chance in meaning.ranking
        ]
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(MEANING, meaning.as_dict(), add_to_output=True)
        return meaning

    def reader_for(self, kb: KnowledgeBase) -> Reader | None:
        """A reader with this model for a knowledge base whose trained parts are those of the one in use;
        None for an untrained component. It takes a while, and changes nothing."""
        return self._reader.with_knowledge(kb) if self._reader is not None else None

    def use(self, kb: KnowledgeBase, reader: Reader | None) -> None:
        """Read with a knowledge base, and what `reader_for` made of it, from now on."""
        self._kb, self._reader = kb, reader

    def _of_button(self, understanding: dict[str, Any]) -> Meaning:
        """The wording of a button needs no model, and means the same everywhere."""
        target = target_of(understanding["questions"][0])
        return Meaning("answer", (target,), chance=1.0, ranking=((target, 1.0),), alone=1.0)


def _caution() -> float:
    given = caution_from()
    return CAUTION if given is None else given
