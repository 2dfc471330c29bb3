"""The days of a message as they are meant in its conversation: in view of a plan, of what is to be done on
them, and of the day that another takes the place of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from beian.calendar.dates import FoundDate
from beian.calendar.plans import in_month_of, nearest_plan, seen_from_a_plan, without_month
from beian.hearing.day_words import ROLES, handed_in, not_then
from beian.hearing.heard import Heard
from beian.meaning.state import Discourse


def as_meant(heard: Heard, state: Discourse) -> Heard:
    """The message with its days as they are meant."""
    if not heard.days or heard.today is None:
        return heard
    today, text = heard.today, heard.said.written
    spans = [span for role in ROLES if (span := state.focus.span(role))]
    plan = max((span.first for span in spans), default=None)
    days: Sequence[FoundDate] = heard.days
    if plan is not None and plan > today:
        days = seen_from_a_plan(text, today, plan)
    heard = replace(heard, days=tuple(days))
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


def _in_question(heard: Heard, state: Discourse) -> date | None:
    """The day handed in on that a message corrects: 30号交, 不是23号."""
    span = state.focus.span("submitted") if heard.meaning.manner == "correct" else None
    return span.first if span and span.exact else None
