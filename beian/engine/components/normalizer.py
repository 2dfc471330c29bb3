"""The first component: the text in its one form, spelt as it was meant, and its words."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from beian.engine.components.attributes import NORMALIZED, SPELLING, WORDS
from beian.engine.components.component import MessageComponent, fingerprint
from beian.kb import KnowledgeBase, load_knowledge
from beian.meaning.data import FOLDER, read_lines
from beian.nlu.labels import kind_of, label_of
from beian.nlu.spelling import learn
from beian.progress import report
from beian.text.normalize import normalize
from beian.text.repair import Repairer
from beian.text.word_pairs import WordPairs
from beian.text.words import segmenter_with


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class Normalizer(MessageComponent):
    """Normalise and repair the text, and cut it into words with jieba. Without what was learned of spelling
    the vocabulary's terms are restored only."""

    CODE = (
        "engine/components/component",
        "engine/components/normalizer",
        "nlu/spelling",
        "text/likeliest",
        "text/message_signs",
        "text/normalize",
        "text/repair",
        "text/sound_words",
        "text/sounds",
        "text/word_pairs",
        "text/words",
        "text/words_meant",
    )

    def __init__(
        self,
        kb: KnowledgeBase,
        spelling: WordPairs | None = None,
        model_storage: ModelStorage | None = None,
        resource: Resource | None = None,
    ) -> None:
        super().__init__(kb)
        self._segmenter = segmenter_with(kb.words)
        self._spelling, self._model_storage, self._resource = spelling, model_storage, resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normalizer:
        """A component that knows the terms."""
        return cls(load_knowledge(), None, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Normalizer:
        """Read what was learned from the archive."""
        kb = load_knowledge()
        with model_storage.read_from(resource) as folder:
            spelling = WordPairs.load(folder, segmenter_with(kb.words).share)
        return cls(kb, spelling, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """It learns from the trees as well, which Rasa does not see."""
        return fingerprint(*cls.code_files(), *sorted(FOLDER.glob("*.txt")))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the messages and from the lines of the trees how people write."""
        assert self._model_storage is not None and self._resource is not None
        messages = training_data.intent_examples
        pairs = [(str(message.get(TEXT)), str(message.get_full_intent())) for message in messages]
        with self._model_storage.write_to(self._resource) as folder:
            learned(self._kb, pairs).save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """As live messages; the first is given what was learned."""
        super().process_training_data(training_data)
        if self._spelling is not None and training_data.training_examples:
            training_data.training_examples[0].set(SPELLING, self._spelling)
        return training_data

    def use(self, spelling: WordPairs | None) -> None:
        """Repair by what was learned elsewhere from now on."""
        self._spelling = spelling
        self.__dict__.pop("_repair", None)

    @cached_property
    def _repair(self) -> Repairer:
        pairs = self._spelling or WordPairs.of_terms(self._kb.words, self._segmenter.share)
        common = self._segmenter.common_words() if self._spelling else []
        return Repairer(pairs, self._kb.words, self._kb.spellings, self._segmenter.is_ordinary, common)

    def _found(self, message: Message) -> dict[str, Any]:
        text = self._repair(normalize(str(message.get(TEXT))))
        return {NORMALIZED: text, WORDS: self._segmenter.cut(text)}

    def words_of(self, text: str) -> list[str]:
        """The words of a part of a normalised message."""
        return [word for word, _ in self._segmenter.cut(text)]


def learned(kb: KnowledgeBase, messages: Sequence[tuple[str, str]]) -> WordPairs:
    """What messages, each with its label, and the lines of the trees tell of spelling."""
    begun = time.monotonic()
    foreign = {normalize(text): kind_of(label) == "out_of_scope" for text, label in messages}
    for line in read_lines():
        meant = [target for option in line.accept for target in option]
        foreign.setdefault(
            normalize(line.user), all(kind_of(label_of(target)) == "out_of_scope" for target in meant)
        )
    found = learn(list(foreign), list(foreign.values()), kb.words, segmenter_with(kb.words))
    report(f"spelling learned in {time.monotonic() - begun:.0f} s")
    return found
