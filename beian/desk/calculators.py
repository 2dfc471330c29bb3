"""The date and name tools: a day or a name as people write it, and what the knowledge base says of it."""

from __future__ import annotations

from datetime import date, timedelta

from beian.calendar.dates import find_dates
from beian.calendar.deadline_text import span_text
from beian.calendar.deadlines import RESUBMIT, SUBMIT
from beian.calendar.review_text import review_text
from beian.calendar.span import Span
from beian.calendar.working_days import review_window
from beian.contract.desk import ToolResult
from beian.kb import KnowledgeBase
from beian.names import check_name
from beian.names.name_text import names_text

KINDS = ("submit", "resubmit", "review", "name")
MOST_NAMES = 8
_FURTHEST = timedelta(days=366 * 20)


def work_out(kind: str, given: str, today: date, kb: KnowledgeBase) -> ToolResult | None:
    """{"text", "card"} for a tool of KINDS; None when no usable day or name is given."""
    if kind == "name":
        names = [name.strip() for name in given.replace("，", "、").replace(",", "、").split("、")]
        verdicts = [check_name(name, kb) for name in names if name][:MOST_NAMES]
        worded = names_text(verdicts, kb) if verdicts else None
    else:
        day = _day(given, today)
        if day is None:
            return None
        if kind == "review":
            window = review_window(day, kb)
            worded = review_text(window, window, today, kb)
        else:
            worded = span_text(SUBMIT if kind == "submit" else RESUBMIT, Span(day, day), today, kb)
    return ToolResult(text=worded.text, card=worded.card) if worded else None


def _day(given: str, today: date) -> date | None:
    """A day as a date field gives it or as people say it."""
    try:
        day: date | None = date.fromisoformat(given.strip())
    except ValueError:
        day = next((found.day for found in find_dates(given, today)), None)
    return day if day is not None and abs(day - today) <= _FURTHEST else None
