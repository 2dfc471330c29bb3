"""What the calendar and the name check say: plain text, the card beside it, and the facts stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from beian.kb import KnowledgeBase

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Worded:
    """`text` is complete; `card` (type, title, items) repeats lines of it; `facts` are those it states."""

    text: str
    card: dict[str, Any]
    facts: tuple[str, ...]


def day_text(day: date) -> str:
    """A date in full, such as 2026年11月7日（周六）."""
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def worded(
    card_type: str, title: str, items: list[str], rest: list[str], fact: str, kb: KnowledgeBase
) -> Worded:
    """A title, bulleted items and the fact they rest on, followed by remarks, as text and card."""
    body = [line for _, entries in kb.facts[fact].body for line in entries]
    lines = [title, *(f"· {item}" for item in items), *rest, *body]
    return Worded("\n".join(lines), {"type": card_type, "title": title, "items": items}, (fact,))
