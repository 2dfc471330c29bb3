"""The first component: the text in its one form, and its words."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from beian.engine.components.attributes import NORMALIZED, WORDS
from beian.engine.components.component import MessageComponent
from beian.kb import KnowledgeBase
from beian.text.normalize import normalize
from beian.text.repair import Repairer
from beian.text.words import segmenter_with


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Normalizer(MessageComponent):
    """Normalise and repair the text, and cut it into words with jieba."""

    CODE = (
        "engine/components/component",
        "engine/components/normalizer",
        "text/normalize",
        "text/repair",
        "text/words",
    )

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
