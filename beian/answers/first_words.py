"""The first words of an answer, and how what was said is said once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from beian.answers.brief import brief_text
from beian.answers.confirmed import confirms
from beian.answers.grounds import grounds, sources
from beian.answers.render import fact_text
from beian.answers.unwritten import unwritten, without
from beian.hearing.heard import Heard
from beian.kb import Fact, KnowledgeBase


@dataclass(frozen=True)
class Direct:
    """`text` leads; `alone`: the facts in full need not follow, since it holds what was asked for; `also`:
    further facts that it states; `missing`: the point asked about is not in the document; `named`: of a
    paper that is named, and so of no other subject."""

    text: str
    alone: bool = False
    also: tuple[str, ...] = ()
    missing: bool = False
    named: bool = False


def with_phrase(kb: KnowledgeBase, phrase: str, rest: str) -> Direct:
    """A phrase of its own, and what follows it."""
    return Direct(f"{kb.phrase('direct', phrase)}\n{rest}", True)


def missing(
    found: Sequence[Fact],
    heard: Heard,
    shown: bool,
    kb: KnowledgeBase,
    short: str | None = None,
    line: str | None = None,
) -> Direct | None:
    """That what has just been shown does not hold the point asked about."""
    said = unwritten(found, heard, kb, short, line) if shown else None
    return Direct(said, True, missing=heard.meaning.manner != "tell") if said else None


def missing_point(found: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> Direct:
    """That a point of what was told is not written, and in short what is: not the rule in other words."""
    # it is of what was told, and of no other subject
    return Direct(without(heard, brief_text(found, kb), kb), True, missing=True, named=True)


def again(found: Sequence[Fact], heard: Heard, short: str, kb: KnowledgeBase) -> Direct | None:
    """What has been said, once more in another way."""
    manner = heard.meaning.manner
    if manner in ("doubt", "sum_up"):
        return said_again(in_full(found, kb), found, heard, kb)
    if manner == "source":
        lines, law = grounds(found, heard, kb)
        return Direct("\n".join([*lines, in_full(found, kb)]), True, law)
    if manner == "detail":
        return Direct(kb.phrase("direct", "detail"))
    if manner == "brief":
        return Direct(f"{kb.phrase('dialogue', 'simplify')}{short}", True)
    return None


def said_again(said: str, found: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> Direct:
    """What was said, to who doubts it, sums it up or asks if that is how it is."""
    if confirms(heard.said.text):
        return Direct(kb.phrase("direct", "said", entry=said.rstrip("。")), True)
    lead = kb.phrase("direct", heard.meaning.manner)
    return Direct("\n".join([f"{lead}{said}", *sources(found, kb)]), True)


def in_full(found: Sequence[Fact], kb: KnowledgeBase) -> str:
    """The statements word for word where they are no lists: who doubts them wants to see them."""
    if len(found) == 1 and not found[0].items:
        return fact_text(found[0])
    return brief_text(found, kb)
