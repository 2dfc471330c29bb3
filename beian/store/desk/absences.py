"""Who is away and until when: whoever is gets nothing to do until then."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from beian.calendar.day_text import moment_text
from beian.calendar.today import CHINA
from beian.store.conversations import ConversationStore
from beian.store.desk_tables import absences

LONGEST_SECONDS = 366 * 86400.0


class AbsenceError(ValueError):
    """An absence that cannot be; the text says why, for people."""


@dataclass(frozen=True)
class Absence:
    """From `begin` until before `until` (seconds since 1970)."""

    begin: float
    until: float

    @property
    def until_text(self) -> str:
        """When it ends, for people."""
        return moment_text(datetime.fromtimestamp(self.until, CHINA))


class Absences:
    """Reads and writes them, one for each agent: the present or the next. Waits for the store."""

    def __init__(self, store: ConversationStore, clock: Callable[[], float] = time.time) -> None:
        self._store, self._clock = store, clock

    def note(self, agent: str, begin: float | None, until: float) -> Absence:
        """Have an agent be away, from now on by default. Raises AbsenceError."""
        now = self._clock()
        begin = now if begin is None else begin
        if not (math.isfinite(begin) and math.isfinite(until)) or not max(begin, now) < until:
            raise AbsenceError("结束的时间要晚于开始和现在")
        if until - now > LONGEST_SECONDS:
            raise AbsenceError("最多登记到一年以后")
        with self._store.transaction() as connection:
            connection.execute(absences.delete().where(absences.c.agent == agent))
            connection.execute(absences.insert().values(agent=agent, begin=begin, until=until))
        return Absence(begin, until)

    def end(self, agent: str) -> None:
        """The agent is back, or will not be away."""
        with self._store.transaction() as connection:
            connection.execute(absences.delete().where(absences.c.agent == agent))

    def known(self) -> dict[str, Absence]:
        """Those of now and of the time to come, by agent."""
        query = sa.select(absences).where(absences.c.until > self._clock())
        with self._store.reading() as connection:
            return {row.agent: Absence(row.begin, row.until) for row in connection.execute(query)}

    def now(self) -> dict[str, Absence]:
        """Those of now, by agent."""
        return {name: absence for name, absence in self.known().items() if absence.begin <= self._clock()}
