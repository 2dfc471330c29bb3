"""The second component: the entities of a message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language

from beian.engine.components.attributes import NORMALIZED
from beian.engine.components.component import MessageComponent
from beian.kb import KnowledgeBase, load_knowledge
from beian.nlu.entities import build_pipeline, find_entities, load_pipeline, save_pipeline


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class CaseEntities(MessageComponent):
    """Entities of the customer's case by a spaCy pipeline built from the vocabulary."""

    CODE = ("engine/components/component", "engine/components/case_entities", "nlu/entities")
    TOLD = frozenset({ENTITIES})

    def __init__(
        self, kb: KnowledgeBase, model_storage: ModelStorage, resource: Resource, nlp: Language
    ) -> None:
        super().__init__(kb)
        self._model_storage, self._resource, self._nlp = model_storage, resource, nlp

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CaseEntities:
        """Build the pipeline from the knowledge base."""
        kb = load_knowledge()
        return cls(kb, model_storage, resource, build_pipeline(kb))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CaseEntities:
        """Read the pipeline from the model archive."""
        with model_storage.read_from(resource) as folder:
            return cls(load_knowledge(), model_storage, resource, load_pipeline(folder / "spacy"))

    def train(self, training_data: TrainingData) -> Resource:
        """Store the pipeline in the model archive."""
        with self._model_storage.write_to(self._resource) as folder:
            save_pipeline(self._nlp, folder / "spacy")
        return self._resource

    def _found(self, message: Message) -> dict[str, Any]:
        written = str(message.get(TEXT))
        entities = []
        for entity in find_entities(self._nlp, message.get(NORMALIZED)):
            place = written.lower().find(entity["text"])
            if place >= 0:
                entity |= {"start": place, "end": place + len(entity["text"])}
            entities.append({**entity, "extractor": type(self).__name__})
        return {ENTITIES: entities}
