"""The second layer as text and as data: a block that opens with its marker, shows hedge and sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from beian.kb import Conflict, KnowledgeBase, SupplementFact, SupplementSource
from beian.kb.body import body_lines
from beian.kb.supplement import UNDATED

MOST_PUBLISHERS = 4
# A line of its own is to stay one.
FEW_PUBLISHERS = 2


def body_text(fact: SupplementFact) -> str:
    """A fact's statement: paragraphs, bulleted lists, numbered steps, then its hedge."""
    lines = body_lines(fact.body)
    return "\n".join([*lines, fact.hedge] if fact.hedge else lines)


def sources_text(sources: Sequence[SupplementSource], kb: KnowledgeBase, most: int = MOST_PUBLISHERS) -> str:
    """Publishers with the newest date of each, in the order of the sources."""
    dates: dict[str, str] = {}
    for source in sources:
        known = dates.get(source.publisher, UNDATED)
        newer = (
            source.date if known == UNDATED else known if source.date == UNDATED else max(known, source.date)
        )
        dates[source.publisher] = newer
    named = [
        kb.phrase("supplement", "source", publisher=publisher, date=date_text(day, kb))
        for publisher, day in list(dates.items())[:most]
    ]
    more = str(kb.phrases["supplement"]["and_others"]) if len(dates) > most else ""
    return kb.phrase("supplement", "sources", sources="；".join(named) + more)


def date_text(day: str, kb: KnowledgeBase) -> str:
    """A source's own date, or that it has none."""
    return str(kb.phrases["supplement"]["undated"]) if day == UNDATED else day


def block(facts: Sequence[SupplementFact], kb: KnowledgeBase) -> str:
    """The block for one or two facts."""
    if len(facts) > 1:
        return "\n".join([marker(kb), *(titled(fact, kb) for fact in facts)])
    return "\n".join([marker(kb), *(_stated(fact, kb) for fact in facts)])


def titled(fact: SupplementFact, kb: KnowledgeBase) -> str:
    """One of several facts of a block, under its title."""
    return f"【{fact.title}】\n{_stated(fact, kb)}"


def _stated(fact: SupplementFact, kb: KnowledgeBase) -> str:
    return f"{body_text(fact)}\n{sources_text(fact.sources, kb)}"


def conflict_line(conflict: Conflict, kb: KnowledgeBase) -> str:
    """The one marked line that tells a difference."""
    said = f"{marker(kb)}{conflict.others_say}{kb.supplement.closing}"
    return f"{said}{sources_text(conflict.sources, kb, FEW_PUBLISHERS)}"


def marker(kb: KnowledgeBase) -> str:
    """What every block and line of the layer opens with."""
    return str(kb.phrases["supplement"]["marker"])


def entry_of(entry: SupplementFact | Conflict, kb: KnowledgeBase) -> dict[str, Any]:
    """One entry of a reply's `custom.supplement`."""
    if isinstance(entry, SupplementFact):
        text = body_text(entry)
    else:
        text = f"{entry.others_say}{kb.supplement.closing}"
    return {
        "id": entry.id,
        "title": entry.title,
        "text": text,
        "sources": [
            {
                "publisher": source.publisher,
                "title": source.title,
                "date": date_text(source.date, kb),
                **({"url": source.link} if source.link else {}),
            }
            for source in entry.sources
        ],
        "confidence": entry.confidence,
    }
