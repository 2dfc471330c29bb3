"""The likely time of the review's result in words."""

from __future__ import annotations

from datetime import date

from beian.calendar.worded import Worded, day_text, worded
from beian.calendar.working_days import Window
from beian.kb import KnowledgeBase

REVIEW = "timeline.review"


def review_text(earliest: Window, latest: Window, today: date, kb: KnowledgeBase) -> Worded:
    """The earliest and the latest usual day, counted from the earliest and the latest day of submission
    (the same when it is known); says so when it is past, and when holidays are not known."""
    shortest, longest = kb.calendar.review_days
    start = day_text(earliest.submitted)
    exact = earliest.submitted == latest.submitted
    if not exact:
        start = kb.phrase("deadline", "between", first=start, last=day_text(latest.submitted))
    items = [
        kb.phrase("deadline", "review_start", day=start),
        kb.phrase("deadline", "review_first", day=day_text(earliest.first), number=str(shortest)),
        kb.phrase("deadline", "review_last", day=day_text(latest.last), number=str(longest)),
    ]
    known = earliest.known and latest.known
    rest = [kb.phrase("deadline", "holidays_counted" if known else "holidays_unknown")]
    if latest.last < today:
        rest.insert(0, kb.phrase("deadline", "review_overdue"))
    elif not exact:
        rest.insert(0, kb.phrase("deadline", "approximate"))
    return worded("deadline", kb.phrase("deadline", "review_title"), items, rest, REVIEW, kb)
