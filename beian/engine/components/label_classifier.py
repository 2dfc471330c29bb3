"""The third component: what a message means by itself, and how sure that is."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from beian.arrays import Array
from beian.engine.components.attributes import NORMALIZED, SPELLING
from beian.engine.components.component import MessageComponent
from beian.engine.components.examples import Examples
from beian.engine.components.handed_on import HandedOn
from beian.engine.components.held_out import HELD_OUT_FILE, load_held_out, save_held_out
from beian.engine.components.normalizer import Normalizer
from beian.engine.components.outcome import write_outcome
from beian.kb import KnowledgeBase, load_knowledge
from beian.nlu.counterfactual import copies_of
from beian.nlu.encoders import ENCODER, load_encoder
from beian.nlu.entities import build_pipeline
from beian.nlu.evidence import Evidence
from beian.nlu.label_training import train_model
from beian.nlu.labels import label_of
from beian.nlu.model import Example, LabelModel
from beian.nlu.understanding import Understanding, understand
from beian.nlu.vector_cache import vectors_of
from beian.progress import report
from beian.text.normalize import compact, normalize


# A featurizer for what follows it: only those hand training messages on.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LabelClassifier(MessageComponent):
    """One label for each fact, open theme, stray subject and dialogue act; one or several a message.

    The intent is the label's base; the label itself and what it rests on are in "understanding".
    """

    CODE = (
        *Normalizer.CODE,
        "engine/components/attributes",
        "engine/components/examples",
        "engine/components/handed_on",
        "engine/components/held_out",
        "engine/components/label_classifier",
        "engine/components/outcome",
        "text/clauses",
        "nlu/draw",
        "nlu/counterfactual",
        "nlu/everyday_nouns",
        "nlu/domain_words",
        "nlu/evidence",
        "nlu/pieces",
        "nlu/questions",
        "nlu/understanding",
        "nlu/model",
        "nlu/label_training",
        "nlu/lexical",
        "nlu/adaptive",
        "nlu/side_by_side",
        "nlu/softmax",
        "nlu/encoders",
        "nlu/entities",
        "nlu/labels",
        "text/linear",
        "text/matching",
        "text/patterns",
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
        self.examples = Examples(self._normalizer, build_pipeline(kb))
        own = [theme.id for theme in kb.themes.values() if theme.own_subject]
        self._own_subjects = frozenset(f"uncovered/{theme}" for theme in own)
        self.handed_on = HandedOn(self._normalizer, self.examples, self._own_subjects)
        asked = kb.questions.items()
        self._buttons = {compact(normalize(question)): label_of(fact) for question, fact in asked}

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
        written = [message for message in training_data.intent_examples if message.get(NORMALIZED)]
        pairs = {compact(message.get(NORMALIZED)): message.get_full_intent() for message in written}
        for entry in self._kb.entries:
            for wording in (entry.question, entry.title):
                pairs.setdefault(compact(normalize(wording)), label_of(entry.id))
        copies = copies_of(list(pairs.items()), self._kb.foreign_objects)
        pairs |= {text: label for text, label in copies if text not in pairs}
        texts = list(pairs)
        report("sentence vectors")
        vectors = vectors_of(ENCODER, texts)
        report("words and entities")
        examples = self.examples.of_all(texts, written)
        labels = list(pairs.values())
        held: list[tuple[Evidence, str]] = []

        def keep(places: Array, unaware: LabelModel, unseen: bool) -> None:
            held.extend(self.handed_on.held_out(places, unaware, unseen, examples, labels, vectors))

        model = train_model(examples, labels, vectors, report, keep)
        with self._model_storage.write_to(self._resource) as folder:
            model.save(folder)
            save_held_out(folder / HELD_OUT_FILE, held)
            self._model = LabelModel.load(folder)
        report(f"understanding trained in {time.monotonic() - begun:.0f} s")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """For the reading in context: messages that the classifier had not seen, with what it said of them,
        and the lines of the trees, which it never sees."""
        assert self._model is not None
        self._normalizer.use(training_data.training_examples[0].get(SPELLING))
        with self._model_storage.read_from(self._resource) as folder:
            held_out = load_held_out(folder / HELD_OUT_FILE)
        return TrainingData(self.handed_on.messages(self._model, held_out))

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
                write_outcome(message, replace(understood[text]))
            else:
                write_outcome(message, Understanding(text, [label], 1.0, [(label, 1.0)], {"answer": 1.0}))
        return messages

    def _understood(self, typed: dict[str, Message]) -> dict[str, Understanding]:
        """Of each normalised text what is asked; `typed` has a message of each."""
        if not typed:
            return {}
        if self._model is None:
            raise RuntimeError("the classifier has not been trained")

        def prepare(text: str) -> Example:
            return self.examples.of(typed[text]) if text in typed else self.examples.prepare(text)

        found = understand(self._model, list(typed), prepare, self._own_subjects)
        return dict(zip(typed, found, strict=True))
