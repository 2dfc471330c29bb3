"""What the tables say of a period, for the desk's numbers: turns, opinions, calls for a person, suggestions.

The widget's turns alone: other systems' conversations have no transcript that could be opened.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock_time

import sqlalchemy as sa

from beian.calendar.today import CHINA
from beian.store.conversations import ConversationStore
from beian.store.desk_tables import handoffs
from beian.store.tables import feedback, messages, satisfaction, turns


@dataclass(frozen=True)
class CountedTurn:
    """A row of `turns` as the numbers need it; `hour` is that of the day in China."""

    conversation: str
    message: int | None
    day: date
    text: str
    status: str
    facts: tuple[str, ...]
    intent: str
    hour: int = 0


@dataclass(frozen=True)
class Handoff:
    """A row of `desk_handoffs`; `waited` is in seconds, None where nobody has claimed it: then `in_vain` is
    how long the customer waited all the same. `hour` is that of the day in China."""

    conversation: str
    day: date
    asked: bool
    waited: float | None
    hour: int = 0
    in_vain: float | None = None


@dataclass(frozen=True)
class PeriodRows:
    """What the database says of a period."""

    first: date
    last: date
    turns: list[CountedTurn]
    opinions: list[tuple[str, int, date, str, tuple[str, ...]]]
    handoffs: list[Handoff]
    satisfaction: list[tuple[str, date, int]]
    suggested: list[tuple[str, date, str]] = field(default_factory=list)
    """(conversation, day, what became of it) of replies that began as a suggestion."""

    def of(self, first: date, last: date) -> PeriodRows:
        """The rows of some of its days."""

        def within(day: date) -> bool:
            return first <= day <= last

        return PeriodRows(
            first,
            last,
            [turn for turn in self.turns if within(turn.day)],
            [opinion for opinion in self.opinions if within(opinion[2])],
            [handoff for handoff in self.handoffs if within(handoff.day)],
            [value for value in self.satisfaction if within(value[1])],
            [reply for reply in self.suggested if within(reply[1])],
        )


def read(store: ConversationStore, first: date, last: date) -> PeriodRows:
    """Read a period (both days in China, included) without holding up writers."""
    begin, end = _start(first), _start(last + timedelta(days=1))
    with store.reading() as connection:
        query = sa.select(turns).where(turns.c.channel == "web", turns.c.at >= begin, turns.c.at < end)
        found = [
            CountedTurn(
                row.conversation,
                row.message,
                _day(row.at),
                row.text,
                row.status,
                tuple(json.loads(row.facts)),
                row.intent or "",
                _hour(row.at),
            )
            for row in connection.execute(query.order_by(turns.c.n))
        ]
        query = (
            sa.select(
                feedback.c.conversation, feedback.c.id, feedback.c.at, feedback.c.value, messages.c.custom
            )
            .join(
                messages,
                sa.and_(messages.c.conversation == feedback.c.conversation, messages.c.id == feedback.c.id),
            )
            .where(feedback.c.at >= begin, feedback.c.at < end)
        )
        opinions = [
            (row[0], row[1], _day(row[2]), row[3], tuple(json.loads(row[4] or "{}").get("facts", ())))
            for row in connection.execute(query)
        ]
        query, now = sa.select(handoffs).where(handoffs.c.at >= begin, handoffs.c.at < end), time.time()
        asked = [
            Handoff(
                row.conversation,
                _day(row.at),
                bool(row.asked),
                row.claimed - row.at if row.claimed is not None else None,
                _hour(row.at),
                (row.ended or now) - row.at if row.claimed is None else None,
            )
            for row in connection.execute(query)
        ]
        query = sa.select(satisfaction).where(satisfaction.c.at >= begin, satisfaction.c.at < end)
        content = [(row.conversation, _day(row.at), row.value) for row in connection.execute(query)]
        query = sa.select(messages.c.conversation, messages.c.at, messages.c.custom).where(
            messages.c.author == "agent", messages.c.at >= begin, messages.c.at < end
        )
        replies = [(row[0], _day(row[1]), _became(row[2])) for row in connection.execute(query)]
    suggested = [(name, day, became) for name, day, became in replies if became]
    return PeriodRows(first, last, found, opinions, asked, content, suggested)


def read_both(store: ConversationStore, first: date, last: date) -> tuple[PeriodRows, PeriodRows]:
    """A period and the one of the same length before it."""
    length = (last - first).days + 1
    both = read(store, first - timedelta(days=length), last)
    return both.of(first, last), both.of(first - timedelta(days=length), first - timedelta(days=1))


def _became(custom: str | None) -> str:
    """What became of the suggestion a reply began as, "" where it began as none."""
    suggestion = json.loads(custom or "{}").get("suggestion")
    if not suggestion:
        return ""
    return str(suggestion.get("outcome") or ("edited" if suggestion.get("edited") else "kept"))


def _start(day: date) -> float:
    return datetime.combine(day, clock_time(0), CHINA).timestamp()


def _day(at: float) -> date:
    return datetime.fromtimestamp(at, CHINA).date()


def _hour(at: float) -> int:
    return datetime.fromtimestamp(at, CHINA).hour
