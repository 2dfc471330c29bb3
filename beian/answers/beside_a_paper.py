"""What else a message asks, beside a paper: each of its questions is answered."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.compare import difference_of, lines_of, types_named
from beian.hearing.heard import Heard
from beian.hearing.questions import compares
from beian.kb import Fact, KnowledgeBase
from beian.text import patterns
from beian.text.clauses import question_segments

_TELLS_APART = patterns.compile("区分|区别|分清|辨别")


def beside_a_paper(found: Sequence[Fact], said: str, heard: Heard, kb: KnowledgeBase) -> str:
    """What is said of a paper, after what the other facts of a message of several questions say; of types of
    change that it sets side by side each in a line."""
    if len(question_segments(heard.said.text)) < 2:
        return said
    asked = [fact.id for fact in found if fact.id in heard.meaning.targets]
    rest = [fact for fact in asked if fact not in kb.papers.of_fact]
    rest = list(dict.fromkeys([*rest, *_set_beside(heard, kb)]))
    apart = difference_of(rest, kb)
    head = [kb.phrase("compare", apart)] if apart else []
    return "\n".join([*head, *lines_of(rest, kb), said])


def _set_beside(heard: Heard, kb: KnowledgeBase) -> list[str]:
    """The types of change that a message names where it asks how to tell them apart."""
    text = heard.said.text
    if not (compares(text) or _TELLS_APART.search(text)):
        return []
    named = types_named(heard, kb)
    types = [fact for fact in kb.facts if fact in named]
    return types if len(types) > 1 else []
