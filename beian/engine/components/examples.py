"""Messages prepared for the label model: words and entities, found once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language

from beian.engine.components.attributes import NORMALIZED, WORDS
from beian.engine.components.normalizer import Normalizer
from beian.nlu.entities import find_entities
from beian.nlu.model import Example
from beian.nlu.side_by_side import side_by_side
from beian.text.normalize import compact


class Examples:
    """Makes examples of normalised texts, and of messages that went through the components before."""

    def __init__(self, normalizer: Normalizer, nlp: Language) -> None:
        self._normalizer, self._nlp = normalizer, nlp

    def prepare(self, text: str) -> Example:
        """A text, or a part of one."""
        text = compact(text)
        return Example(text, self._normalizer.words_of(text), _marks(find_entities(self._nlp, text)))

    def of(self, message: Message) -> Example:
        """A whole message, with the words and entities that the components before found in it."""
        text, entities = message.get(NORMALIZED), message.get(ENTITIES)
        if entities is None or compact(text) != text:
            return self.prepare(text)
        return Example(text, [word for word, _ in message.get(WORDS)], _marks(entities))

    def of_all(self, texts: Sequence[str], messages: Sequence[Message]) -> list[Example]:
        """The texts prepared for the model; those of `messages` are for the greater part already."""
        known = {message.get(NORMALIZED): message for message in messages}
        unknown = [text for text in texts if text not in known]
        prepared = side_by_side(lambda some: [self.prepare(text) for text in some], unknown)
        examples = dict(zip(unknown, prepared, strict=True))
        return [examples.get(text) or self.of(known[text]) for text in texts]

    def entities(self, texts: Sequence[str]) -> list[list[dict[str, Any]]]:
        """The entities of each text."""
        return [find_entities(self._nlp, text) for text in texts]


def _marks(entities: list[dict[str, Any]]) -> list[str]:
    """Terms are told apart; dates, names and ages count by their presence alone."""
    by_presence = ("date", "site_name", "age")
    return [
        f"{name}={name if name in by_presence else entity['value']}"
        for entity in entities
        for name in (entity["entity"],)
    ]
