"""The days of a message as they are meant in its conversation: in view of a plan, of what is to be done on
them, and of the day that another takes the place of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from beian.calendar.dates import FoundDate
from beian.calendar.plans import in_month_of, nearest_plan, seen_from_a_plan, without_month
from beian.calendar.reading import month_part
from beian.calendar.span import Span
from beian.hearing.day_words import ROLES, handed_in, not_then, to_come_by
from beian.hearing.happened import happened_then
from beian.hearing.heard import Heard
from beian.hearing.said_days import days_said, part_of_a_month
from beian.meaning.state import Discourse
from beian.text import patterns

# 过了一个礼拜了, 拖了一年多了
_PASSED = patterns.compile("[过拖](?:去|了|期|完|都|已经?|快|有|整整|差不多|将近)*$")


def as_meant(heard: Heard, state: Discourse) -> Heard:
    """The message with its days as they are meant."""
    if not heard.days or heard.today is None:
        return heard
    today, text = heard.today, heard.said.written
    spans = [span for role in ROLES if (span := state.focus.span(role))]
    plan = max((span.first for span in spans), default=None)
    days: Sequence[FoundDate] = heard.days
    if plan is not None and plan > today:
        days = days_said(seen_from_a_plan(text, today, plan), text, today)
        past = {found.start: found for found in heard.days if found.last and found.last <= today}
        # where something has happened (8号就换了) a day without its month is the last one, whatever the plan
        days = [
            past[found.start] if found.start in past and happened_then(found, heard) else found
            for found in days
        ]
    if spans:
        days = [found for found in days if not _tells_how_long(found, text)]
    heard = replace(heard, days=tuple(days))
    known = next((span for span in spans if not span.exact), None)
    if known is not None:
        heard = replace(heard, days=tuple(_within(found, known, heard) for found in days))
        days = heard.days
    denied = next((found.first for found in days if found.first and not_then(found, heard)), None)
    month = denied or _in_question(heard, state)
    if month is not None:
        days = [in_month_of(found, month, today) for found in days]
    return replace(
        heard,
        days=tuple(
            found
            if (month is not None and without_month(found.text)) or not handed_in(found, heard)
            else nearest_plan(found, text, today)
            for found in days
        ),
    )


def _within(found: FoundDate, known: Span, heard: Heard) -> FoundDate:
    """A part of a month without the month (月中), as one of the month that the day is known to be in."""
    part, first = part_of_a_month(found.text), known.first
    same_month = (first.year, first.month) == (known.last.year, known.last.month)
    if not part or not same_month or handed_in(found, heard) or to_come_by(found, heard):
        return found
    days = month_part(first.year, first.month, part)
    last = min(days.last, known.last)
    return replace(found, day=days.first, first=days.first, last=last) if days.first <= last else found


def _tells_how_long(found: FoundDate, text: str) -> bool:
    """Whether a count of days tells how long ago a day is that is known: 过了一个月了."""
    counted = found.text.endswith("了") and not found.text.startswith("过")
    return counted and bool(_PASSED.search(patterns.tail(text, found.start)))


def _in_question(heard: Heard, state: Discourse) -> date | None:
    """The day handed in on that a message corrects: 30号交, 不是23号."""
    span = state.focus.span("submitted") if heard.meaning.manner == "correct" else None
    return span.first if span and span.exact else None
