"""Days in words."""

from __future__ import annotations

from datetime import date, datetime

from beian.calendar.today import CHINA
from beian.kb import KnowledgeBase

WEEKDAYS = "一二三四五六日"


def day_text(day: date) -> str:
    """A date in full, such as 2026年11月7日（周六）."""
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def span_of_days(first: date, last: date, kb: KnowledgeBase) -> str:
    """One day, or two with what lies between them."""
    if first == last:
        return day_text(first)
    return kb.phrase("deadline", "between", first=day_text(first), last=day_text(last))


def moment_text(moment: datetime) -> str:
    """A time for people, such as 11月30日（周一）09:00."""
    local = moment.astimezone(CHINA)
    return f"{local.month}月{local.day}日（周{WEEKDAYS[local.weekday()]}）{local:%H:%M}"
