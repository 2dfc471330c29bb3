"""What the calendar and the name check say: plain text, the card beside it, and the facts stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beian.contract.reply import Card, CardType
from beian.kb import KnowledgeBase

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Worded:
    """`text` is complete; `card` (type, title, items) repeats lines of it; `facts` are those it states;
    `verdict` answers whether it is in time, `ends` are its earliest and its latest day, where it has them."""

    text: str
    card: Card
    facts: tuple[str, ...]
    verdict: str = ""
    ends: tuple[str, str] | None = None


def day_text(day: date) -> str:
    """A date in full, such as 2026年11月7日（周六）."""
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def span_of_days(first: date, last: date, kb: KnowledgeBase) -> str:
    """One day, or two with what lies between them."""
    if first == last:
        return day_text(first)
    return kb.phrase("deadline", "between", first=day_text(first), last=day_text(last))


def worded(
    card_type: CardType, title: str, items: list[str], rest: list[str], fact: str, kb: KnowledgeBase
) -> Worded:
    """A title, bulleted items and the fact they rest on, followed by remarks, as text and card."""
    body = [line for _, entries in kb.facts[fact].body for line in entries]
    lines = [title, *(f"· {item}" for item in items), *rest, *body]
    return Worded("\n".join(lines), {"type": card_type, "title": title, "items": items}, (fact,))


def dated(
    title: str,
    items: list[str],
    rest: list[str],
    fact: str,
    verdict: str = "",
    ends: tuple[str, str] | None = None,
) -> Worded:
    """What was counted, the answer first: the title is the day asked for."""
    lines = [f"{title}。", *(f"· {item}" for item in items), *rest]
    card: Card = {"type": "deadline", "title": title, "items": items}
    return Worded("\n".join(lines), card, (fact,), verdict, ends)
