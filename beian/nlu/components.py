"""The understanding as Rasa graph components, in the order of config.yml."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language

from beian.kb import KnowledgeBase, default_path, load_knowledge
from beian.kb.load import training_version
from beian.nlu.decide import decide
from beian.nlu.encoders import ENCODER, load_encoder
from beian.nlu.entities import build_pipeline, find_entities, load_pipeline, save_pipeline
from beian.nlu.labels import label_of
from beian.nlu.model import Example, LabelModel, train_model
from beian.nlu.normalize import compact, normalize
from beian.nlu.repair import Repairer
from beian.nlu.understanding import Understanding, understand
from beian.nlu.vector_cache import vectors_of
from beian.nlu.words import segmenter_with
from beian.progress import report

NORMALIZED = "normalized"
WORDS = "words"
UNDERSTANDING = "understanding"
# The intent of a message that fits nothing.
NOTHING_LIKELY = "out_of_scope"
_CODE = Path(__file__).parent


def _fingerprint(*modules: str) -> str:
    """A digest of what a component depends on outside Rasa's view: the knowledge and its own code."""
    digest = hashlib.sha256(training_version(default_path()).encode())
    for module in modules:
        digest.update((_CODE / f"{module}.py").read_bytes())
    return digest.hexdigest()


class _Component(GraphComponent):
    """What all components share: one instance per model, the knowledge base at hand."""

    CODE: tuple[str, ...] = ("components",)

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> _Component:
        """Create the component for training or for a model without stored state."""
        return cls(load_knowledge())

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Make Rasa's training cache see the files this component reads."""
        return _fingerprint(*cls.CODE)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Do to the training messages what `process` does to live ones."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Handle messages that have a text; others (such as bare intents of stories) pass through."""
        for message in messages:
            if message.get(TEXT) is not None:
                self._process_one(message)
        return messages

    def _process_one(self, message: Message) -> None:
        raise NotImplementedError


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Normalizer(_Component):
    """Normalise and repair the text, and cut it into words with jieba."""

    CODE = ("components", "normalize", "repair", "words")

    def __init__(self, kb: KnowledgeBase) -> None:
        super().__init__(kb)
        self._segmenter = segmenter_with(kb.words)
        self._repair = Repairer(kb.words, kb.plain_terms, kb.spellings, self._segmenter.is_ordinary)

    def _process_one(self, message: Message) -> None:
        text = self._repair(normalize(str(message.get(TEXT))))
        message.set(NORMALIZED, text)
        message.set(WORDS, self._segmenter.cut(text))

    def words_of(self, text: str) -> list[str]:
        """The words of a part of a normalised message."""
        return [word for word, _ in self._segmenter.cut(text)]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class CaseEntities(_Component):
    """Entities of the customer's case by a spaCy pipeline built from the vocabulary."""

    CODE = ("components", "entities")

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

    def _process_one(self, message: Message) -> None:
        written = str(message.get(TEXT))
        entities = []
        for entity in find_entities(self._nlp, message.get(NORMALIZED)):
            place = written.lower().find(entity["text"])
            if place >= 0:
                entity |= {"start": place, "end": place + len(entity["text"])}
            entities.append({**entity, "extractor": type(self).__name__})
        message.set(ENTITIES, entities, add_to_output=True)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LabelClassifier(_Component):
    """One label for each fact, open theme, stray subject and dialogue act; one or several a message.

    The intent is the label's base; the label itself and what it rests on are in "understanding".
    """

    CODE = (
        "components",
        "model",
        "lexical",
        "lbfgs",
        "softmax",
        "encoders",
        "entities",
        "labels",
        "normalize",
        "repair",
        "small_products",
        "words",
    )

    def __init__(
        self,
        kb: KnowledgeBase,
        model_storage: ModelStorage,
        resource: Resource,
        model: LabelModel | None = None,
    ) -> None:
        super().__init__(kb)
        self._model_storage, self._resource, self._model = model_storage, resource, model
        self._normalizer = Normalizer(kb)
        self._nlp = build_pipeline(kb)
        self._own_subjects = frozenset(
            f"uncovered/{theme.id}" for theme in kb.themes.values() if theme.own_subject
        )
        self._buttons = {
            compact(normalize(question)): label_of(fact) for question, fact in kb.questions.items()
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LabelClassifier:
        """An untrained classifier."""
        return cls(load_knowledge(), model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LabelClassifier:
        """Read the trained model from the archive."""
        with model_storage.read_from(resource) as folder:
            model = LabelModel.load(folder)
        if model.centre is not None:
            load_encoder(ENCODER)
        return cls(load_knowledge(), model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the labelled messages and on the wording of every button."""
        begun = time.monotonic()
        pairs = {
            compact(message.get(NORMALIZED)): message.get_full_intent()
            for message in training_data.intent_examples
            if message.get(NORMALIZED)
        }
        for entry in self._kb.entries:
            for wording in (entry.question, entry.title):
                pairs.setdefault(compact(normalize(wording)), label_of(entry.id))
        texts = list(pairs)
        report("sentence vectors")
        vectors = vectors_of(ENCODER, texts)
        model = train_model([self._prepare(text) for text in texts], list(pairs.values()), vectors, report)
        with self._model_storage.write_to(self._resource) as folder:
            model.save(folder)
            self._model = LabelModel.load(folder)
        report(f"understanding trained in {time.monotonic() - begun:.0f} s")
        return self._resource

    def _prepare(self, text: str) -> Example:
        text = compact(text)
        return Example(text, self._normalizer.words_of(text), _marks(find_entities(self._nlp, text)))

    def _example(self, message: Message) -> Example:
        """A whole message, with the words and entities that the components before found in it."""
        text, entities = message.get(NORMALIZED), message.get(ENTITIES)
        if entities is None or compact(text) != text:
            return self._prepare(text)
        return Example(text, [word for word, _ in message.get(WORDS)], _marks(entities))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this reads the training messages."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify messages that have a text, all at once; the wording of a button needs no model."""
        written = [message for message in messages if message.get(TEXT) is not None]
        buttons = [self._buttons.get(compact(message.get(NORMALIZED))) for message in written]
        typed = {
            message.get(NORMALIZED): message
            for message, label in zip(written, buttons, strict=True)
            if label is None
        }
        understood = self._understood(typed)
        for message, label in zip(written, buttons, strict=True):
            text = message.get(NORMALIZED)
            if label is None:
                self._decide(message, replace(understood[text]))
            else:
                self._decide(message, Understanding(text, [label], 1.0, [(label, 1.0)], {"answer": 1.0}))
        return messages

    def _understood(self, typed: dict[str, Message]) -> dict[str, Understanding]:
        """Of each normalised text what is asked; `typed` has a message of each."""
        if not typed:
            return {}
        if self._model is None:
            raise RuntimeError("the classifier has not been trained")

        def prepare(text: str) -> Example:
            return self._example(typed[text]) if text in typed else self._prepare(text)

        found = understand(self._model, list(typed), prepare, self._own_subjects)
        return dict(zip(typed, found, strict=True))

    @staticmethod
    def _decide(message: Message, understanding: Understanding) -> None:
        """Write what is understood into the message, and what to do about it."""
        decision = decide(understanding)
        understanding.outcome, understanding.labels = decision.outcome, decision.labels
        ranking = [
            {"name": label.partition("/")[0], "label": label, "confidence": confidence}
            for label, confidence in understanding.ranking
        ]
        first = next(iter(decision.labels), NOTHING_LIKELY)
        intent = {"name": first.partition("/")[0], "confidence": understanding.confidence}
        message.set(INTENT, intent, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(UNDERSTANDING, understanding.as_dict(), add_to_output=True)


def _marks(entities: list[dict[str, Any]]) -> list[str]:
    """Terms are told apart; dates, names and ages count by their presence alone."""
    by_presence = ("date", "site_name", "age")
    return [
        f"{name}={name if name in by_presence else entity['value']}"
        for entity in entities
        for name in (entity["entity"],)
    ]
