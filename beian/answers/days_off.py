"""Single days of a period that are asked about: whether weekends and holidays count, which is the first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from beian.calendar.dates import FoundDate
from beian.calendar.day_text import day_text, span_of_days
from beian.calendar.deadline_text import deadline_of, span_text
from beian.calendar.deadlines import RESUBMIT
from beian.calendar.finding import Finding, day_finding
from beian.calendar.plans import coming
from beian.calendar.review_text import REVIEW, day_text_of
from beian.calendar.span import Span
from beian.calendar.working_days import review_window
from beian.hearing.day_questions import (
    asks_about_days,
    asks_about_weekends,
    asks_the_first_day,
    asks_to_hand_in_off,
    asks_whether_met,
)
from beian.hearing.day_words import asked_about
from beian.hearing.heard import Heard
from beian.hearing.roles import day_of
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse

_LONGEST_ASKED = timedelta(days=20)


def days_off(state: Discourse, heard: Heard, today: date, kb: KnowledgeBase) -> Finding | None:
    """Whether the weekends, or the days that are asked about, count as working days of the review, and
    whether it lasts until then; None where the message asks nothing of the kind."""
    asked = [found for found in heard.days if asked_about(found, heard)]
    weekends = asks_about_weekends(heard.said.text)
    if not (asked or weekends or asks_about_days(heard.said.text)) or asks_the_first_day(heard.said.text):
        return None
    span = day_of(state, "submitted", today)
    if weekends:
        return day_finding(
            kb.phrase("deadline", "weekends"), [], [kb.phrase("deadline", "day_known")], REVIEW
        )
    # the day that the question ends with: 27年初才交，过年那几天算吗
    if not heard.days:
        return None
    found = [*heard.days, *asked][-1]
    if span is None or found.last is None or found.last < span.first:
        found = coming(found, heard.said.written, today)
    if found.first is None or found.last is None:
        return None
    days = Span(found.first, min(found.last, found.first + _LONGEST_ASKED))
    said = day_text_of(days.first, days.last, kb)
    met = _met(days, found, span, heard, kb) if span else None
    if met is None:
        return said
    remarks = said.text.splitlines()[1:]
    lines = [met, str(said.card["title"])]
    title, other = lines if asks_whether_met(heard.said.text) else lines[::-1]
    return day_finding(title, [other], remarks, REVIEW)


def handed_in_off(
    fact: str, state: Discourse, heard: Heard, today: date, kb: KnowledgeBase
) -> Finding | None:
    """That the document does not say if one can hand in on a day off, what it does say, and the last day of
    the case where it is known; None where nothing of the kind is asked."""
    if not asks_to_hand_in_off(heard.said.text):
        return None
    days = kb.calendar.resubmit_days if fact == RESUBMIT else kb.calendar.submit_days
    lines = [kb.phrase("deadline", "hand_in_off_written", days=str(days))]
    span = day_of(state, str(kb.cells[fact].awaits), today)
    if span:
        title = str(span_text(fact, span, today, kb).card["title"])
        lines.append(kb.phrase("deadline", "hand_in_off_last", last=title))
    found = day_finding(kb.phrase("deadline", "hand_in_off"), lines, [], fact)
    return replace(found, left_open=True)


def met_in_the_period(fact: str, span: Span, heard: Heard, today: date, kb: KnowledgeBase) -> Finding | None:
    """The last day, and whether days off that are asked about (春节会不会耽误) lie before it; None where the
    message asks nothing of the kind."""
    asked = [found for found in heard.days if asked_about(found, heard)]
    if not asked or not asks_whether_met(heard.said.text):
        return None
    days = coming(asked[-1], heard.said.written, today)
    due = span_text(fact, span, today, kb)
    last = deadline_of(fact, span.last, today, kb).last
    if days.first is None or days.last is None or days.last < today or last < today:
        return due
    off = span_of_days(days.first, days.last, kb)
    if days.first > last:
        verdict = kb.phrase("deadline", "holiday_after_due", last=day_text(last), day=off)
    else:
        count = kb.calendar.resubmit_days if fact == RESUBMIT else kb.calendar.submit_days
        verdict = kb.phrase("deadline", "holiday_within_due", days=str(count), day=off)
    return replace(due, verdict=verdict, judged=True)


def _met(days: Span, found: FoundDate, span: Span, heard: Heard, kb: KnowledgeBase) -> str | None:
    """Whether the review lasts until the days that are asked about; None where only whether they count is
    asked of days within it."""
    last, asked = review_window(span.last, kb).last, span_of_days(days.first, days.last, kb)
    if days.first > last:
        return kb.phrase("deadline", "holiday_after", last=day_text(last), day=asked)
    if days.last <= span.first:
        return kb.phrase("deadline", "holiday_before", day=asked)
    return kb.phrase("deadline", "holiday_within", day=asked) if asks_whether_met(heard.said.text) else None


def from_the_next_day(found: Finding, span: Span, heard: Heard, kb: KnowledgeBase) -> Finding:
    """What was counted, and how that is done: it is our way, and not said to be the document's."""
    calendar, review = kb.calendar, found.facts == (REVIEW,)
    shortest, longest = calendar.review_days
    counting = (
        kb.phrase("deadline", "counting_review", shortest=str(shortest), longest=str(longest))
        if review
        else kb.phrase(
            "deadline",
            "counting",
            day=span_of_days(span.first, span.last, kb),
            days=str(calendar.submit_days),
        )
    )
    return replace(found, verdict=counting, judged=True)
