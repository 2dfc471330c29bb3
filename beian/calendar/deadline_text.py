"""A deadline in words."""

from __future__ import annotations

from datetime import date

from beian.calendar.deadlines import RESUBMIT, Deadline, resubmit_deadline, submit_deadline
from beian.calendar.span import Span
from beian.calendar.worded import Worded, day_text, worded
from beian.kb import KnowledgeBase


def span_text(fact: str, span: Span, today: date, kb: KnowledgeBase) -> Worded:
    """The last day counted from a day, the days left or how late it is, and the fact.

    Of days only roughly known the earliest and the latest last day; it is late only when the latest is past.
    """
    first, last = deadline_of(fact, span.first, today, kb), deadline_of(fact, span.last, today, kb)
    kind = "resubmit" if fact == RESUBMIT else "submit"
    rest: list[str] = []
    if span.exact:
        items = [
            kb.phrase("deadline", f"{kind}_start", day=day_text(span.first)),
            kb.phrase("deadline", f"{kind}_last", day=day_text(first.last)),
            _left(first, kb),
        ]
    else:
        between = kb.phrase("deadline", "between", first=day_text(span.first), last=day_text(span.last))
        ends = kb.phrase("deadline", "ends", first=day_text(first.last), last=day_text(last.last))
        items = [
            kb.phrase("deadline", f"{kind}_start", day=between),
            kb.phrase("deadline", f"{kind}_last", day=ends),
        ]
        if last.late:
            items.append(_left(last, kb))
        elif first.late:
            items.append(kb.phrase("deadline", "perhaps_late", day=day_text(last.last)))
        rest.append(kb.phrase("deadline", "approximate"))
    if span.first > today:
        rest.insert(0, kb.phrase("deadline", "planned"))
    return worded("deadline", kb.phrase("deadline", f"{kind}_title"), items, rest, fact, kb)


def deadline_of(fact: str, day: date, today: date, kb: KnowledgeBase) -> Deadline:
    """The deadline a fact sets for something that happened on `day`."""
    return (resubmit_deadline if fact == RESUBMIT else submit_deadline)(day, today, kb)


def deadlines_of(fact: str, span: Span, today: date, kb: KnowledgeBase) -> list[dict[str, str]]:
    """The last day to put into a calendar: date (YYYY-MM-DD) and title."""
    event = "resubmit_event" if fact == RESUBMIT else "submit_event"
    last = deadline_of(fact, span.first, today, kb).last
    return [{"date": last.isoformat(), "title": kb.phrase("deadline", event)}]


def _left(deadline: Deadline, kb: KnowledgeBase) -> str:
    if deadline.late:
        return kb.phrase("deadline", "late", days=str(-deadline.days_left))
    if deadline.days_left == 0:
        return kb.phrase("deadline", "last_day")
    return kb.phrase("deadline", "left", days=str(deadline.days_left))
