"""Where statements stand and what they rest on, and exceptions that are asked along with a rule."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.exceptions import exceptions
from beian.answers.pressing import asks_exceptions, asks_the_ground, asks_the_original
from beian.answers.reply import Reply
from beian.contract.reply import MOST_FACTS
from beian.hearing.heard import Heard
from beian.hearing.questions import asks_the_law
from beian.kb import Fact, KnowledgeBase
from beian.text.clauses import split_clauses


def grounds(
    found: Sequence[Fact], heard: Heard, kb: KnowledgeBase
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(the lines that say where statements stand and, if the law is asked for, what they rest on; the facts
    that say the latter)."""
    text = heard.said.text
    law = _law(kb) if asks_the_law(text) else ()
    head = (kb.phrase("direct", "restated"),) if asks_the_original(text) else ()
    return (*head, *sources(found, kb), *(line for _, line in law)), tuple(fact for fact, _ in law)


def sources(found: Sequence[Fact], kb: KnowledgeBase) -> tuple[str, ...]:
    """Where they stand, each section once."""
    sections = dict.fromkeys(fact.section_path for fact in found)
    return tuple(kb.phrase("direct", "source", section=section) for section in sections)


def with_grounds(reply: Reply, facts: Sequence[str], heard: Heard, kb: KnowledgeBase) -> None:
    """Add to a rule its exceptions and where it stands, where a clause of the message asks for these."""
    clauses = split_clauses(heard.said.text)
    if len(clauses) < 2 or heard.meaning.manner == "source" or reply.status != "answered":
        return
    found = [kb.facts[fact] for fact in facts]
    lines: list[str] = []
    also: list[str] = []
    held = exceptions(found, heard, kb) if any(map(asks_exceptions, clauses)) else None
    if held and held[0] not in reply.text:
        lines.append(held[0])
        also += held[1]
    if any(map(asks_the_ground, clauses)):
        told, law = grounds(found, heard, kb)
        lines += told
        also += law
    reply.text = "\n".join([reply.text, *lines])
    reply.facts = tuple(dict.fromkeys([*reply.facts, *also]))[:MOST_FACTS]


def _law(kb: KnowledgeBase) -> tuple[tuple[str, str], ...]:
    """(fact, line): what the document says its rules rest on."""
    defining = [fact for target, fact in kb.facts.items() if kb.cells[target].aspect == "definition"]
    lines = [(fact.id, line) for fact in defining for _, body in fact.body for line in body]
    return tuple((fact, line) for fact, line in lines if asks_the_law(line))
