"""What the calendar and the name check say: plain text, the card beside it, and the facts stated."""

from __future__ import annotations

from dataclasses import dataclass

from beian.contract.reply import Card, CardType
from beian.kb import KnowledgeBase


@dataclass(frozen=True)
class Finding:
    """`text` is complete; `card` (type, title, items, fact) repeats lines of it; `facts` are those it states;
    `verdict` answers whether it is in time, and `judged` tells that a day was put forward to be judged;
    `ends` are its earliest and its latest day, where it has them; `left_open`: it says that the document does
    not tell what was asked, and is said as it is."""

    text: str
    card: Card
    facts: tuple[str, ...]
    verdict: str = ""
    ends: tuple[str, str] | None = None
    judged: bool = False
    left_open: bool = False


def rule_finding(
    card_type: CardType, title: str, items: list[str], rest: list[str], fact: str, kb: KnowledgeBase
) -> Finding:
    """A title, bulleted items and the fact they rest on, followed by remarks, as text and card."""
    body = [line for _, entries in kb.facts[fact].body for line in entries]
    lines = [title, *(f"· {item}" for item in items), *rest, *body]
    card: Card = {"type": card_type, "title": title, "items": items, "fact": fact}
    return Finding("\n".join(lines), card, (fact,))


def day_finding(
    title: str,
    items: list[str],
    rest: list[str],
    fact: str,
    verdict: str = "",
    ends: tuple[str, str] | None = None,
) -> Finding:
    """What was counted, the answer first: the title is the day asked for."""
    lines = [f"{title}。", *(f"· {item}" for item in items), *rest]
    card: Card = {"type": "deadline", "title": title, "items": items, "fact": fact}
    return Finding("\n".join(lines), card, (fact,), verdict, ends)
