"""The understanding as Rasa graph components, in the order of config.yml."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language

from beian.arrays import Array
from beian.kb import KnowledgeBase, default_path, load_knowledge
from beian.kb.trained import training_version
from beian.meaning.data import read_lines
from beian.nlu.counterfactual import LABEL as COPIES
from beian.nlu.counterfactual import copies_of
from beian.nlu.decide import decide
from beian.nlu.encoders import ENCODER, load_encoder
from beian.nlu.entities import build_pipeline, find_entities, load_pipeline, save_pipeline
from beian.nlu.evidence import Evidence
from beian.nlu.label_training import train_model
from beian.nlu.labels import label_of
from beian.nlu.model import Example, LabelModel
from beian.nlu.pieces import encoded_pieces
from beian.nlu.side_by_side import side_by_side
from beian.nlu.understanding import Understanding, understand
from beian.nlu.vector_cache import vectors_of
from beian.progress import report
from beian.text.normalize import compact, normalize
from beian.text.repair import Repairer
from beian.text.words import segmenter_with

NORMALIZED = "normalized"
WORDS = "words"
UNDERSTANDING = "understanding"
# For the reading in context: what the classifier says of a message; and, while training, the label of a
# message that it had not seen, the place of a line in the trees, and the names of all labels.
EVIDENCE = "evidence"
HELD_OUT = "held_out"
TREE = "tree"
LABELS = "labels"
_HELD_OUT_FILE = "held_out.npz"
# So many unseen messages of a label are enough for what follows.
_HELD_OUT_EACH = 32
_UNSEEN_EACH = 10
# The copies about other objects stand for all subjects that nobody thought of.
_COPIES_HELD_OUT = 240
_AT_ONCE = 64
# The intent of a message that fits nothing.
NOTHING_LIKELY = "out_of_scope"
_CODE = Path(__file__).resolve().parents[1]


def fingerprint(*files: Path) -> str:
    """A digest of what a component depends on outside Rasa's view: the knowledge, and its own files."""
    digest = hashlib.sha256(training_version(default_path()).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


class _Component(GraphComponent):
    """What all components share: one instance per model, the knowledge base at hand."""

    CODE: tuple[str, ...] = ("engine/components",)
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
    ) -> _Component:
        """Create the component for training or for a model without stored state."""
        return cls(load_knowledge())

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Make Rasa's training cache see the files this component reads."""
        return fingerprint(*(_CODE / f"{module}.py" for module in cls.CODE))

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


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Normalizer(_Component):
    """Normalise and repair the text, and cut it into words with jieba."""

    CODE = ("engine/components", "text/normalize", "text/repair", "text/words")

    def __init__(self, kb: KnowledgeBase) -> None:
        super().__init__(kb)
        self._segmenter = segmenter_with(kb.words)
        self._repair = Repairer(kb.words, kb.plain_terms, kb.spellings, self._segmenter.is_ordinary)

    def _found(self, message: Message) -> dict[str, Any]:
        text = self._repair(normalize(str(message.get(TEXT))))
        return {NORMALIZED: text, WORDS: self._segmenter.cut(text)}

    def words_of(self, text: str) -> list[str]:
        """The words of a part of a normalised message."""
        return [word for word, _ in self._segmenter.cut(text)]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class CaseEntities(_Component):
    """Entities of the customer's case by a spaCy pipeline built from the vocabulary."""

    CODE = ("engine/components", "nlu/entities")
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


# A featurizer for what follows it: only those hand training messages on.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LabelClassifier(_Component):
    """One label for each fact, open theme, stray subject and dialogue act; one or several a message.

    The intent is the label's base; the label itself and what it rests on are in "understanding".
    """

    CODE = (
        "engine/components",
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
        "text/normalize",
        "text/patterns",
        "text/repair",
        "text/words",
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
        examples = self._examples(texts, written)
        labels = list(pairs.values())
        held: list[tuple[Evidence, str]] = []

        def keep(places: Array, unaware: LabelModel, unseen: bool) -> None:
            held.extend(self._held_out(places, unaware, unseen, examples, labels, vectors))

        model = train_model(examples, labels, vectors, report, keep)
        with self._model_storage.write_to(self._resource) as folder:
            model.save(folder)
            _save_held_out(folder / _HELD_OUT_FILE, held)
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

    def _examples(self, texts: Sequence[str], messages: Sequence[Message]) -> list[Example]:
        """The texts prepared for the model; those of `messages` are for the greater part already."""
        known = {message.get(NORMALIZED): message for message in messages}
        unknown = [text for text in texts if text not in known]
        prepared = side_by_side(lambda some: [self._prepare(text) for text in some], unknown)
        examples = dict(zip(unknown, prepared, strict=True))
        return [examples.get(text) or self._example(known[text]) for text in texts]

    def _held_out(
        self,
        places: Array,
        unaware: LabelModel,
        unseen: bool,
        examples: Sequence[Example],
        labels: Sequence[str],
        vectors: Array | None,
    ) -> list[tuple[Evidence, str]]:
        """What a model says of some messages of each label that it has not seen, in their order, each with
        what it means: its label, or where the label was not seen either, its kind."""
        most = _UNSEEN_EACH if unseen else _HELD_OUT_EACH
        kept, seen = [], Counter[str]()
        for place in places.tolist():
            seen[labels[place]] += 1
            if seen[labels[place]] <= (_COPIES_HELD_OUT if labels[place] == COPIES else most):
                kept.append(place)
        prepared = {examples[place].text: examples[place] for place in kept}
        known = {} if vectors is None else {examples[place].text: vectors[place] for place in kept}

        def told(texts: Sequence[str]) -> list[Evidence]:
            return self._evidence(unaware, texts, prepared, known)

        evidence = side_by_side(told, [examples[place].text for place in kept], _AT_ONCE)
        kinds = [f"{labels[place].partition('/')[0]}/" if unseen else labels[place] for place in kept]
        return list(zip(evidence, kinds, strict=True))

    def _evidence(
        self,
        model: LabelModel,
        texts: Sequence[str],
        prepared: Mapping[str, Example],
        vectors: Mapping[str, Array],
    ) -> list[Evidence]:
        """What a model says of texts; of some texts and parts of texts the example or the sentence vector is
        known."""

        def prepare(text: str) -> Example:
            return prepared.get(text) or self._prepare(text)

        def encode(pieces: Sequence[str]) -> Array:
            if model.centre is None or not vectors:
                return model.vectors(pieces)
            missing = [piece for piece in pieces if piece not in vectors]
            made = dict(zip(missing, model.vectors(missing), strict=True)) if missing else {}
            return np.stack([made[one] if one in made else vectors[one] - model.centre for one in pieces])

        found = understand(model, texts, prepare, self._own_subjects, encode)
        return [one.evidence for one in found if one.evidence is not None]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """For the reading in context: messages that the classifier had not seen, with what it said of them,
        and the lines of the trees, which it never sees."""
        assert self._model is not None
        messages = []
        with self._model_storage.read_from(self._resource) as folder:
            held_out = _load_held_out(folder / _HELD_OUT_FILE)
        for evidence, label in held_out:
            entities = find_entities(self._nlp, evidence.text)
            messages.append(Message({EVIDENCE: evidence, HELD_OUT: label, ENTITIES: entities}))
        lines = [Message({TEXT: line.user, TREE: place}) for place, line in enumerate(read_lines())]
        self._read_lines(lines)
        messages[0].set(LABELS, self._model.labels)
        return TrainingData([*messages, *lines])

    def _read_lines(self, lines: list[Message]) -> None:
        """What the classifier says of the lines of the trees, and their entities."""
        assert self._model is not None
        model = self._model
        self._normalizer.process_many(lines)
        texts = list(dict.fromkeys(message.get(NORMALIZED) for message in lines))
        entities = dict(zip(texts, side_by_side(self._entities, texts), strict=True))
        for message in lines:
            message.set(ENTITIES, entities[message.get(NORMALIZED)])
        prepared = {message.get(NORMALIZED): self._example(message) for message in lines}
        parts = list(dict.fromkeys(compact(piece) for piece in encoded_pieces(texts)))
        encoded = vectors_of(ENCODER, parts, kind="lines")
        known = {} if encoded is None else dict(zip(parts, encoded, strict=True))
        report(f"{len(lines)} lines of conversations")

        def told(some: Sequence[str]) -> list[Evidence]:
            return self._evidence(model, some, prepared, known)

        evidence = dict(zip(texts, side_by_side(told, texts, _AT_ONCE), strict=True))
        for message in lines:
            message.set(EVIDENCE, evidence[message.get(NORMALIZED)])

    def _entities(self, texts: Sequence[str]) -> list[list[dict[str, Any]]]:
        return [find_entities(self._nlp, text) for text in texts]

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
        message.set(EVIDENCE, understanding.evidence)


def _save_held_out(file: Path, held: list[tuple[Evidence, str]]) -> None:
    evidence = [one for one, _ in held]
    np.savez_compressed(
        file,
        texts=np.array([one.text for one in evidence]),
        labels=np.array([label for _, label in held]),
        denies=np.array([one.denied is not None for one in evidence]),
        domain=np.stack([one.domain for one in evidence]),
        whole=np.stack([one.whole for one in evidence]).astype(np.float16),
        first=np.stack([one.first for one in evidence]).astype(np.float16),
        last=np.stack([one.last for one in evidence]).astype(np.float16),
        denied=np.stack([one.whole * 0 if one.denied is None else one.denied for one in evidence]).astype(
            np.float16
        ),
        vector=np.stack([one.vector for one in evidence]).astype(np.float16),
    )


def _load_held_out(file: Path) -> list[tuple[Evidence, str]]:
    with np.load(file) as data:
        parts = {
            name: data[name].astype(np.float32)
            for name in ("whole", "first", "last", "denied", "vector", "domain")
        }
        texts, labels, denies = data["texts"].tolist(), data["labels"].tolist(), data["denies"].tolist()
    rows = zip(texts, labels, denies, *parts.values(), strict=True)
    return [
        (Evidence(text, whole, first, last, denied if some else None, (), vector, domain=domain), label)
        for text, label, some, whole, first, last, denied, vector, domain in rows
    ]


def _marks(entities: list[dict[str, Any]]) -> list[str]:
    """Terms are told apart; dates, names and ages count by their presence alone."""
    by_presence = ("date", "site_name", "age")
    return [
        f"{name}={name if name in by_presence else entity['value']}"
        for entity in entities
        for name in (entity["entity"],)
    ]
