"""A number of the desk: a share, a total, a time, each by day and with the conversations behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from beian.contract import desk as contract
from beian.store.period import PeriodRows


@dataclass
class Number:
    """A number: `value` (None when there is nothing to count), `of` what it is a share of, by day, and
    the conversations behind it, newest first."""

    value: float | None
    of: int | None
    by_day: list[float | None]
    behind: list[str] = field(default_factory=list)
    before: float | None = None
    """The value of the period of the same length before."""

    def shown(self) -> contract.NumberShown:
        """Plain data for JSON; how many conversations stand behind it, not which."""
        return {
            "value": self.value,
            "of": self.of,
            "by_day": self.by_day,
            "behind": len(self.behind),
            "before": self.before,
        }


def days_of(rows: PeriodRows) -> list[date]:
    """The days of a period."""
    return [rows.first + timedelta(days=n) for n in range((rows.last - rows.first).days + 1)]


def each_once(names: Iterable[str]) -> list[str]:
    """Newest first, each once."""
    return list(dict.fromkeys(reversed(list(names))))


def share(
    rows: PeriodRows, of: Sequence[tuple[str, date]], hits: Sequence[tuple[str, date]], behind: Sequence[str]
) -> Number:
    """How many of `of` are `hits`, both (conversation, day); `behind` are the conversations to open."""
    whole, part = Counter(day for _, day in of), Counter(day for _, day in hits)
    by_day = [round(part[day] / whole[day], 4) if whole[day] else None for day in days_of(rows)]
    value = round(len(hits) / len(of), 4) if of else None
    return Number(value, len(of), by_day, each_once(behind))


def total(rows: PeriodRows, hits: Sequence[tuple[str, date]]) -> Number:
    """How many `hits` there are, (conversation, day)."""
    each = Counter(day for _, day in hits)
    days: list[float | None] = [float(each[day]) for day in days_of(rows)]
    return Number(float(len(hits)), None, days, each_once(name for name, _ in hits))


def seconds(
    rows: PeriodRows,
    waits: Mapping[date, list[float]],
    work: Callable[[list[float]], float],
    names: list[str],
) -> Number:
    """What `work` makes of the waits in seconds, of all and of each day's; `names` are to be opened."""
    every = [wait for day in waits.values() for wait in day]
    by_day = [round(work(waits[day]), 1) if waits.get(day) else None for day in days_of(rows)]
    return Number(round(work(every), 1) if every else None, len(every), by_day, names)
