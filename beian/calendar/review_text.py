"""The likely time of the review's result in words."""

from __future__ import annotations

from beian.calendar.worded import Worded, day_text, worded
from beian.calendar.working_days import Window
from beian.kb import KnowledgeBase

REVIEW = "timeline.review"


def review_text(window: Window, kb: KnowledgeBase) -> Worded:
    """The earliest and the latest usual day; says so when the holidays of a year are not known."""
    shortest, longest = kb.calendar.review_days
    items = [
        kb.phrase("deadline", "review_start", day=day_text(window.submitted)),
        kb.phrase("deadline", "review_first", day=day_text(window.first), number=str(shortest)),
        kb.phrase("deadline", "review_last", day=day_text(window.last), number=str(longest)),
    ]
    rest = [kb.phrase("deadline", "holidays_counted" if window.known else "holidays_unknown")]
    return worded("deadline", kb.phrase("deadline", "review_title"), items, rest, REVIEW, kb)
