"""What the components have in common: one instance a model, and a fingerprint of what they are made of."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from beian.kb import KnowledgeBase, default_path, load_knowledge
from beian.kb.trained import training_version
from beian.nlu.side_by_side import side_by_side

_CODE = Path(__file__).resolve().parents[2]


def fingerprint(*files: Path) -> str:
    """A digest of what a component depends on outside Rasa's view: the knowledge, and its own files."""
    digest = hashlib.sha256(training_version(default_path()).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


class MessageComponent(GraphComponent):
    """What all components share: one instance per model, the knowledge base at hand."""

    CODE: tuple[str, ...] = ("engine/components/component",)
    # The attributes that a client is told.
    TOLD: frozenset[str] = frozenset()

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageComponent:
        """Create the component for training or for a model without stored state."""
        return cls(load_knowledge())

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Make Rasa's training cache see the files this component reads."""
        return fingerprint(*cls.code_files())

    @classmethod
    def code_files(cls) -> list[Path]:
        """The files of what it is made of."""
        return [_CODE / f"{module}.py" for module in cls.CODE]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Do to the training messages what `process` does to live ones."""
        self.process_many(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Handle messages that have a text; others (such as bare intents of stories) pass through."""
        for message in messages:
            if message.get(TEXT) is not None:
                self._take(message, self._found(message))
        return messages

    def process_many(self, messages: list[Message]) -> None:
        """The same for as many as there are to train on."""
        written = [message for message in messages if message.get(TEXT) is not None]
        found = side_by_side(lambda some: [self._found(message) for message in some], written)
        for message, attributes in zip(written, found, strict=True):
            self._take(message, attributes)

    def _take(self, message: Message, attributes: dict[str, Any]) -> None:
        for name, value in attributes.items():
            message.set(name, value, add_to_output=name in self.TOLD)

    def _found(self, message: Message) -> dict[str, Any]:
        """The attributes that a message gets."""
        raise NotImplementedError
