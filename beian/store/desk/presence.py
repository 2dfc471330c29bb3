"""Which agents are at the desk: known to every server of a database."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from beian.settings.desk import GONE_MINUTES
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError
from beian.store.desk.absences import Absence, Absences
from beian.store.desk.sessions import IDLE_SECONDS, LONGEST_SECONDS
from beian.store.desk_tables import agents, presence, sessions

NOTED_EVERY_SECONDS = 20.0


@dataclass(frozen=True)
class Colleague:
    """One who may answer: whether at the desk, and the absence of now."""

    name: str
    here: bool
    absence: Absence | None


class Presence:
    """Notes and reads when agents were last there. For use in several threads."""

    def __init__(
        self,
        store: ConversationStore,
        absent_seconds: float = GONE_MINUTES * 60,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store, self._clock = store, clock
        self.absences = Absences(store, clock)
        self.absent_seconds = absent_seconds
        # Nobody could be seen before this server ran.
        self._began = clock()
        self._noted: dict[str, float] = {}
        self._guard = threading.Lock()

    def note(self, agent: str) -> None:
        """The agent is there; written once in NOTED_EVERY_SECONDS at most. A busy store forgives it."""
        now = self._clock()
        with self._guard:
            if abs(now - self._noted.get(agent, 0.0)) < NOTED_EVERY_SECONDS:
                return
            self._noted[agent] = now
        kind = postgresql if self._store.engine.dialect.name == "postgresql" else sqlite
        insert = kind.insert(presence).values(agent=agent, seen=now)
        insert = insert.on_conflict_do_update(index_elements=["agent"], set_={"seen": now})
        with contextlib.suppress(StoreError), self._store.transaction() as connection:
            connection.execute(insert)

    def why_gone(self, since: Mapping[str, float]) -> dict[str, str]:
        """Of these agents those who are gone, and why: "disabled", "away", "logged_out" or "absent".

        `since` tells for each the last moment (seconds since 1970) at which something else showed them.
        """
        now = self._clock()
        fresh = sa.and_(sessions.c.created > now - LONGEST_SECONDS, sessions.c.seen > now - IDLE_SECONDS)
        logged_in = sa.exists().where(sessions.c.agent == agents.c.name, fresh)
        query = (
            sa.select(agents.c.name, agents.c.disabled, logged_in.label("logged_in"), presence.c.seen)
            .select_from(agents.outerjoin(presence, presence.c.agent == agents.c.name))
            .where(agents.c.name.in_(list(since)))
        )
        with self._store.reading() as connection:
            rows = {row.name: row for row in connection.execute(query)}
        away, found = self.absences.now(), {}
        for name, shown in since.items():
            row = rows.get(name)
            if row is None or row.disabled:
                found[name] = "disabled"
            elif name in away:
                found[name] = "away"
            elif not row.logged_in:
                found[name] = "logged_out"
            elif now - max(row.seen or 0.0, shown, self._began) > self.absent_seconds:
                found[name] = "absent"
        return found

    def colleagues(self) -> list[Colleague]:
        """Everyone who may answer, those at the desk first."""
        query = sa.select(agents.c.name).where(agents.c.disabled == 0).order_by(agents.c.name)
        with self._store.reading() as connection:
            names = [row[0] for row in connection.execute(query)]
            seen = dict(connection.execute(sa.select(presence.c.agent, presence.c.seen)).fetchall())
        gone, away = self.why_gone(dict.fromkeys(names, 0.0)), self.absences.now()
        found = [
            Colleague(
                name,
                name not in gone and self._clock() - seen.get(name, 0.0) <= self.absent_seconds,
                away.get(name),
            )
            for name in names
        ]
        return sorted(found, key=lambda one: not one.here)

    def is_anybody_here(self) -> bool:
        """Whether there is somebody at the desk who could take a conversation over."""
        return any(colleague.here for colleague in self.colleagues())
