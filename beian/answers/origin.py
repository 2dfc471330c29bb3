"""Where a person is from (他是外省户口，有影响吗) is no place of a server."""

from __future__ import annotations

from dataclasses import replace

from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED


def of_the_origin(heard: Heard, kb: KnowledgeBase) -> Heard:
    """The message as about the open theme of who may be the person in charge, where it was taken for the rule
    on places and names where a person is from, and no server."""
    meaning, origin = heard.meaning, kb.rulings.origin
    of_places = meaning.targets == (kb.rulings.places,)
    if not of_places or heard.said.values("item") or heard.said.written in kb.questions:
        return heard
    if not any(word in heard.said.text for word in origin.words):
        return heard
    target = f"{UNCOVERED}{origin.theme}"
    meaning = replace(meaning, outcome="answer", targets=(target,), manner="ask", choices=())
    return replace(heard, meaning=meaning)
