"""Where a person is from (他是外省户口，有影响吗) is no place of a server."""

from __future__ import annotations

from dataclasses import replace

from beian.calendar.age_text import RESPONSIBLE_PERSON
from beian.hearing.heard import MAYBE_IN_FULL, Heard
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED


def of_the_origin(heard: Heard, kb: KnowledgeBase) -> Heard:
    """The message as about the open theme of who may be the person in charge, where it was taken for the rule
    on places and names where a person is from, and no server."""
    meaning, origin = heard.meaning, kb.rulings.origin
    # 身份证是外地的 has no word of the rule on a person either
    beside = meaning.targets == (RESPONSIBLE_PERSON,) and meaning.alone < MAYBE_IN_FULL
    of_places = meaning.targets == (kb.rulings.places,)
    if not (of_places or beside) or heard.said.values("item") or heard.said.written in kb.questions:
        return heard
    if not any(word in heard.said.text for word in origin.words):
        return heard
    target = f"{UNCOVERED}{origin.theme}"
    meaning = replace(meaning, outcome="answer", targets=(target,), manner="ask", choices=())
    return replace(heard, meaning=meaning)
