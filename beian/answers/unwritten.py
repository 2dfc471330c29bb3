"""A point that what has just been said does not hold: named in the customer's own words, and not answered
with the same statement once more."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.brief import brief_text
from beian.answers.render import fact_text
from beian.hearing.heard import MAYBE_IN_FULL, Heard
from beian.hearing.questions import lacks_quantity
from beian.kb import Fact, KnowledgeBase
from beian.text import patterns
from beian.text.clauses import looks_like_question, question_segments

# Where a day was worked out, a question that may be about it by its own words, or in one of these, is.
MAYBE_ABOUT_IT = 0.05
_LONGEST_NAMED = 20
# What speaks to the assistant is no point of the document: 别给我列一堆.
_TO_US = patterns.compile("^(?:别|不要|你|您|麻烦|帮|给我|我)|[,，]")
_EDGES = " ,，。.?？!！~、…“”\"'"
_LEADING = patterns.compile(
    "^(?:那么?|所以|然后|可是|但是?|请问|我(?:就|就是)?(?:是|想)?(?:问|说)(?:的是|一下|的)?|就是|对了|还有|哦|嗯|啊)+"
)


def unwritten(found: Sequence[Fact], heard: Heard, kb: KnowledgeBase, short: str | None = None) -> str | None:
    """That the document does not say it, and in short what it does say; None for a message that asks for what
    was said in full, in another manner, by a button or by its number.

    `found` has just been stated, in this case; `short` is what was worked out of it, in short.
    """
    manner = heard.meaning.manner
    limit = MAYBE_IN_FULL if short is None else MAYBE_ABOUT_IT
    # a statement, or a question on one point, does not ask for all of it, however near its words are
    partly = manner == "what_if" or (manner in ("item", "tell") and short is None)
    in_full = heard.meaning.alone >= limit and not partly
    if heard.said.written in kb.questions or heard.said.ordinal is not None or in_full:
        return None
    if manner not in ("ask", "item", "what_if", "tell") or (manner == "tell" and short is not None):
        return None
    said = short or brief_text(found, kb)
    return kb.phrase("unwritten", "told", said=said) if manner == "tell" else _without(heard, said, kb)


def without_number(found: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> str | None:
    """That the document does not say how many, how long, where a question asks for a number and none of the
    facts holds one, and in short what it does say; None for anything else."""
    text = heard.said.text
    asks = heard.meaning.manner in ("ask", "item") and looks_like_question(text)
    if not asks or heard.said.written in kb.questions:
        return None
    if not all(lacks_quantity(text, fact_text(fact)) for fact in found):
        return None
    return _without(heard, brief_text(found, kb), kb)


def _without(heard: Heard, said: str, kb: KnowledgeBase) -> str:
    """That what is asked is not written, by its name where it can be repeated, and what is."""
    point = named_point(heard)
    if point:
        return kb.phrase("unwritten", "point", point=point, said=said)
    return kb.phrase("unwritten", "untitled", said=said)


def nothing_more(said: str, kb: KnowledgeBase, *, told: bool = False) -> tuple[str, tuple[str, ...]]:
    """That `said` is all that is written on it and whom to ask, and the facts on whom to ask; `told`: in the
    case that the customer tells as well."""
    phrase = kb.phrase("unwritten", "same" if told else "still", said=said)
    return phrase, tuple(kb.phrases["handoff"]["facts"])


def named_point(heard: Heard) -> str | None:
    """What is asked, as the customer puts it; None where it is too long to be repeated."""
    asked = question_segments(heard.said.text)[-1]
    point = _LEADING.sub("", asked.strip(_EDGES)).strip(_EDGES)
    if not 1 < len(point) <= _LONGEST_NAMED or _TO_US.search(point):
        return None
    # as it was typed: ICP and not icp, with its own commas
    typed = _LEADING.sub("", heard.said.written.strip(_EDGES)).strip(_EDGES)
    return typed if len(typed) == len(point) else point


def asked_point(heard: Heard) -> str | None:
    """What is asked by a message that is one question by itself, as the customer puts it; None for any other,
    such as keywords or words about what was said last."""
    one = heard.meaning.manner == "ask" and len(question_segments(heard.said.text)) == 1
    return named_point(heard) if one and looks_like_question(heard.said.text) else None
