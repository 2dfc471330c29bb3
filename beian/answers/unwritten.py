"""A point that what has just been said does not hold: named in the customer's own words, and not answered
with the same statement once more."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.beyond import beyond_its_words
from beian.answers.brief import brief_text
from beian.answers.render import fact_text
from beian.answers.things import as_asked, asks_within, thing_named
from beian.hearing.heard import MAYBE_IN_FULL, Heard
from beian.hearing.questions import is_polar, lacks_quantity
from beian.kb import Fact, KnowledgeBase
from beian.text import patterns
from beian.text.clauses import looks_like_question, question_segments, split_clauses

# Where a day was worked out, a question that may be about it by its own words, or in one of these, is.
MAYBE_ABOUT_IT = 0.05
_LONGEST_NAMED = 20
# What speaks to the assistant is no point of the document: 别给我列一堆.
_TO_US = patterns.compile("^(?:别|不要|你|您|麻烦|直接|帮|给我|我)|[,，]")
# What is only supposed, or speaks of what was said, is no name for anything.
_SUPPOSING = patterns.compile("^(?:要是|如果|万一|假如|假设|若是|岂不|难道)|[对是]吧$|对不对$|是不是$")
# 不是问会不会停 says what is not asked.
_NOT_MEANT = ("不是", "没问", "没说", "我不", "我没")
_EDGES = " ,，。.?？!！~、…“”\"'"
_POINTING = ("个", "件", "些", "几")
_LEADING = patterns.compile(
    "^(?:到底|究竟|那么?|所以|然后|可是|但是?|请问|我(?:就|就是)?(?:是|想)?(?:问|说)(?:的是|一下|的)?|就是|对了|还有|哦|嗯|啊)+"
)


def unwritten(
    found: Sequence[Fact], heard: Heard, kb: KnowledgeBase, short: str | None = None, line: str | None = None
) -> str | None:
    """That the document does not say it, and in short what it does say; None for a message that asks for what
    was said in full, in another manner, by a button or by its number.

    `found` has just been stated, in this case; `short` is what was worked out of it, in short;
    `line`: the one line of it that is concerned.
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
    if short is not None:
        # what was worked out is not written anywhere
        return kb.phrase("unwritten", "computed", said=short)
    if line is None and manner != "tell" and all(fact.items for fact in found):
        # a list that has just been told is not told once more
        thing = thing_named(named_point(heard) or "", kb)
        if not thing and not _asks(heard.said.text):
            # who asks for nothing of it wants all of it: 材料你重新列一遍
            return None
        if thing and all(fact.id in kb.papers.of_fact for fact in found):
            return kb.phrase("papers", "not_in_list", name=thing)
        point = point_phrase(heard, kb)
        return (
            kb.phrase("unwritten", "not_in_list", point=point)
            if point
            else kb.phrase("unwritten", "not_listed")
        )
    said = line or brief_text(found, kb)
    near = heard.meaning.alone >= MAYBE_IN_FULL and not beyond_its_words(heard.said.text, found, kb)
    if manner == "tell" and near:
        # what is told is the very case that the statement is on
        return kb.phrase("unwritten", "told_it", said=said)
    return kb.phrase("unwritten", "told", said=said) if manner == "tell" else without(heard, said, kb)


def _asks(text: str) -> bool:
    """Whether it is put as a question, and not as a wish: 户口本呢, not 重新列一遍."""
    return is_polar(text) or asks_within(text) or text.endswith(("呢", "?", "？"))


def without_number(found: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> str | None:
    """That the document does not say how many, how long, where a question asks for a number and none of the
    facts holds one, and in short what it does say; None for anything else."""
    text = heard.said.text
    asks = heard.meaning.manner in ("ask", "item") and looks_like_question(text)
    if not asks or heard.said.written in kb.questions:
        return None
    if not all(lacks_quantity(text, fact_text(fact)) for fact in found):
        return None
    return without(heard, brief_text(found, kb), kb)


def without(heard: Heard, said: str, kb: KnowledgeBase) -> str:
    """That what is asked is not written, by its name where it can be repeated, and what is."""
    point = point_phrase(heard, kb)
    if point is None:
        return kb.phrase("unwritten", "untitled", said=said)
    return kb.phrase("unwritten", "point", point=point, said=said)


def point_phrase(heard: Heard, kb: KnowledgeBase) -> str | None:
    """The point asked about as it begins a sentence of ours: as it is spoken of, or the thing, quoted; None
    for a whole sentence."""
    point = named_point(heard)
    if point is None:
        return None
    thing = None if as_asked(point) else thing_named(point, kb)
    return f"“{thing}”" if thing else as_asked(point)


def nothing_more(said: str, kb: KnowledgeBase, *, told: bool = False) -> tuple[str, tuple[str, ...]]:
    """That `said` is all that is written on it and whom to ask, and the facts on whom to ask; `told`: in the
    case that the customer tells as well."""
    phrase = kb.phrase("unwritten", "same" if told else "still", said=said)
    return phrase, tuple(kb.phrases["handoff"]["facts"])


def named_point(heard: Heard) -> str | None:
    """What is asked, as the customer puts it; None where it is too long to be repeated."""
    asked = question_segments(heard.said.text)[-1]
    clauses = split_clauses(asked)
    if len(clauses) > 1:
        # of several clauses the one that asks names it
        asked = _asking(clauses) or asked
    point = _LEADING.sub("", asked.strip(_EDGES)).strip(_EDGES)
    if point.startswith(_POINTING):
        # 那个名字 is no 那 that leads to something
        point = f"那{point}"
    if not 1 < len(point) <= _LONGEST_NAMED or _TO_US.search(point) or _SUPPOSING.search(point):
        return None
    # as it was typed: ICP and not icp, with its own commas
    typed = _LEADING.sub("", heard.said.written.strip(_EDGES)).strip(_EDGES)
    return typed if len(typed) == len(point) else point


def _asking(clauses: Sequence[str]) -> str | None:
    """The clause of several that asks, not one that only adds to it: 结婚证行不行，夫妻共有嘛."""
    asking = [one for one in clauses if looks_like_question(one) and not one.startswith(_NOT_MEANT)]
    plainly = [one for one in asking if asks_within(one)]
    return next(reversed(plainly or asking), None)


def asked_point(heard: Heard, kb: KnowledgeBase) -> str | None:
    """What is asked by a message that is one question by itself, as it begins a sentence of ours; None for
    any other, such as keywords or words about what was said last."""
    one = heard.meaning.manner == "ask" and len(question_segments(heard.said.text)) == 1
    return point_phrase(heard, kb) if one and looks_like_question(heard.said.text) else None
