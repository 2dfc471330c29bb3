"""What is said first of an answer that was worked out for the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from beian.answers.first_words import Direct, missing
from beian.calendar.finding import Finding
from beian.hearing.day_questions import (
    asks_a_day,
    asks_about_days,
    asks_about_weekends,
    asks_when,
    wanted_end,
)
from beian.hearing.day_words import asked_about, cannot_by_then
from beian.hearing.heard import MAYBE_IN_FULL, Heard
from beian.hearing.questions import (
    is_polar,
)
from beian.kb import Fact, KnowledgeBase

# What happens otherwise is told of what a message may ask for by its own words, or a short one (不交呢).
SHORT = 8


def of_worked(
    found: Sequence[Fact],
    heard: Heard,
    shown: bool,
    new: bool,
    short: str,
    parts: Mapping[str, Finding],
    kb: KnowledgeBase,
) -> Direct | None:
    """What is said first of an answer that was worked out: it in short, one end of it, whether it is in
    time, or what happens otherwise; where nothing is `new`, the day alone."""
    manner, text, first = heard.meaning.manner, heard.said.text, next(iter(parts.values()))
    if manner == "brief":
        return Direct(f"{kb.phrase('dialogue', 'simplify')}{short}", True)
    of_a_paper = shown and not new and not heard.days and not asks_a_day(text)
    if of_a_paper and any(
        word in text for own in kb.papers.of_fact.values() for paper in own for word in paper.words
    ):
        # 身份证快过期了没关系吧 asks about the paper, and not about the last day
        lacks = missing(found, heard, True, kb, short)
        if lacks:
            return lacks
    ends = [fact.consequence for fact in found if fact.consequence]
    if ends and not first.judged and cannot_by_then(heard) and first.card["type"] == "deadline":
        return Direct(f"{first.card['title']}。{ends[0]}", True)
    judges = bool(first.verdict) and (first.judged or (is_polar(text) and bool(heard.days)))
    if manner == "what_if" and ends and shown and not (judges or heard.days) and about_the_end(heard):
        return Direct(ends[0], True)
    asked_days = (
        asks_about_days(text)
        or asks_about_weekends(text)
        or any(asked_about(found, heard) for found in heard.days)
    )
    about_days = judges or asks_when(text) or asked_days
    if shown and not (new or about_days) and first.card["type"] == "deadline":
        lacks = missing(found, heard, True, kb, short)
        if lacks:
            return lacks
    end = wanted_end(text) if shown and manner in ("ask", "item") else None
    if end and first.ends:
        return Direct(f"{first.ends[end == 'last']}。", True)
    judged = first.verdict if len(found) == 1 and (is_polar(text) or first.judged) else ""
    whole = heard.said.asks and not is_polar(text)
    if shown and not (new or whole) and manner in ("ask", "item") and first.card["type"] == "deadline":
        return Direct(f"{judged}{first.card['title']}。", True)
    return Direct(judged) if judged else None


def about_the_end(heard: Heard) -> bool:
    """Whether what happens otherwise is what a message means: 晚了会怎样, 不交呢."""
    return heard.meaning.alone >= MAYBE_IN_FULL or len(heard.said.text) <= SHORT
