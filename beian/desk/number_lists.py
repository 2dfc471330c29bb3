"""What stands beside the numbers of a period: what had no answer, the opinions, the facts never stated."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from beian.desk.number import each_once
from beian.desk.questions import questions_of
from beian.kb import KnowledgeBase
from beian.store.period import CountedTurn, PeriodRows

MOST_TEXT_CHARACTERS = 60
MOST_TEXTS = 5
MOST_THEMES = 20


def themes(rows: PeriodRows, kb: KnowledgeBase) -> list[dict[str, Any]]:
    """What was asked most and had no answer, with examples as they were asked."""
    grouped: dict[str, list[CountedTurn]] = defaultdict(list)
    for question in questions_of(rows.turns):
        last = question.turns[-1]
        name = last.intent.partition("/")[2]
        if question.status == "uncovered":
            grouped[name if name in kb.themes else "other"].append(last)
        elif question.status in ("error", "clarify"):
            grouped["not_understood"].append(question.turns[0])
    # No theme of its own, so it comes last.
    order = sorted(grouped.items(), key=lambda entry: (entry[0] == "not_understood", -len(entry[1])))
    listed = []
    for name, found in order[:MOST_THEMES]:
        theme = kb.themes.get(name)
        title = {"other": "其他未说明的问题", "not_understood": "反问后没有下文，或出了错"}.get(name, name)
        texts = Counter(" ".join(turn.text.split()) for turn in found)
        listed.append(
            {
                "id": name,
                "title": theme.title if theme else title,
                "count": len(found),
                "texts": [_shortened(text) for text, _ in texts.most_common(MOST_TEXTS)],
                "behind": each_once(turn.conversation for turn in found),
            }
        )
    return listed


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_TEXT_CHARACTERS else f"{text[:MOST_TEXT_CHARACTERS]}…"


def thumbs(rows: PeriodRows, kb: KnowledgeBase) -> list[dict[str, Any]]:
    """Opinions on answers, by the facts these stated; the worst first."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    where: dict[str, list[str]] = defaultdict(list)
    for conversation, _, _, value, facts in rows.opinions:
        for fact in facts:
            found[fact][value] += 1
            where[fact].append(conversation)
    return [
        {
            "id": fact,
            "title": kb.facts[fact].title if fact in kb.facts else fact,
            "up": votes["up"],
            "down": votes["down"],
            "behind": each_once(where[fact]),
        }
        for fact, votes in sorted(found.items(), key=lambda entry: (-entry[1]["down"], entry[1]["up"]))
    ]


def never(rows: PeriodRows, kb: KnowledgeBase) -> list[dict[str, str]]:
    """Facts that no answer stated."""
    hit = {fact for turn in rows.turns for fact in turn.facts}
    return [{"id": fact.id, "title": fact.title} for fact in kb.facts.values() if fact.id not in hit]
