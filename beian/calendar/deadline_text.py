"""A deadline in words."""

from __future__ import annotations

from beian.calendar.deadlines import RESUBMIT, Deadline
from beian.calendar.worded import Worded, day_text, worded
from beian.kb import KnowledgeBase


def deadline_text(deadline: Deadline, kb: KnowledgeBase, approximate: bool = False) -> Worded:
    """The last day, the days left or how late it is, and the fact with what may follow.

    `approximate` adds that the day counted from was only roughly given.
    """
    kind = "resubmit" if deadline.fact == RESUBMIT else "submit"
    items = [
        kb.phrase("deadline", f"{kind}_start", day=day_text(deadline.start)),
        kb.phrase("deadline", f"{kind}_last", day=day_text(deadline.last)),
        _left(deadline, kb),
    ]
    rest = [kb.phrase("deadline", "approximate")] if approximate else []
    return worded("deadline", kb.phrase("deadline", f"{kind}_title"), items, rest, deadline.fact, kb)


def _left(deadline: Deadline, kb: KnowledgeBase) -> str:
    if deadline.late:
        return kb.phrase("deadline", "late", days=str(-deadline.days_left))
    if deadline.days_left == 0:
        return kb.phrase("deadline", "last_day")
    return kb.phrase("deadline", "left", days=str(deadline.days_left))
