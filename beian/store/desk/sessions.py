"""Log-ins that last: sessions, which can be ended from anywhere."""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from beian.contract.desk import SessionShown
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError, wait_until
from beian.store.desk.agents import Agent, Agents, agent_of
from beian.store.desk_tables import agents, sessions

IDLE_SECONDS = 8 * 3600.0
LONGEST_SECONDS = 24 * 3600.0
_SEEN_EVERY_SECONDS = 60.0


@dataclass(frozen=True)
class Session:
    """A log-in: its stored id (a digest of the cookie's secret) and whose it is."""

    id: str
    agent: Agent


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Sessions(Agents):
    """Reads and writes the sessions of accounts. Waits for the store."""

    def __init__(self, store: ConversationStore, clock: Callable[[], float] = time.time) -> None:
        super().__init__(store)
        self._clock = clock

    def _open(self, name: str, secret: str, rehashed: str | None) -> None:
        """Begin a session, and forget those that are over; `rehashed` takes the place of the old hash."""
        now = self._clock()
        with self._store.transaction() as connection:
            if rehashed is not None:
                connection.execute(agents.update().where(agents.c.name == name).values(hash=rehashed))
            connection.execute(sessions.delete().where(sessions.c.created < now - LONGEST_SECONDS))
            values = {"id": _digest(secret), "agent": name, "created": now, "seen": now}
            connection.execute(sessions.insert().values(**values))

    def session(self, secret: str) -> Session | None:
        """The session a cookie's secret stands for, or None when it has ended."""
        now, identity = self._clock(), _digest(secret)
        query = sa.select(agents, sessions.c.created.label("begun"), sessions.c.seen).join(
            sessions, sessions.c.agent == agents.c.name
        )
        with self._store.reading() as connection:
            row = connection.execute(query.where(sessions.c.id == identity)).first()
        if row is None or row.disabled:
            return None
        if now - row.begun > LONGEST_SECONDS or now - row.seen > IDLE_SECONDS:
            self._try(sessions.delete().where(sessions.c.id == identity))
            return None
        if now - row.seen > _SEEN_EVERY_SECONDS:
            self._try(sessions.update().where(sessions.c.id == identity).values(seen=now))
        return Session(identity, agent_of(row))

    def _try(self, statement: Any) -> None:
        """Write it, or leave it to the next request when the store is busy: nobody is to wait for it."""
        with (
            contextlib.suppress(StoreError),
            wait_until(time.monotonic()),
            self._store.transaction() as connection,
        ):
            connection.execute(statement)

    def sessions(self) -> dict[str, list[SessionShown]]:
        """When the log-ins that are open were made and last used (seconds since 1970), by agent."""
        now, found = self._clock(), defaultdict[str, list[SessionShown]](list)
        query = sa.select(sessions.c.agent, sessions.c.created, sessions.c.seen).order_by(sessions.c.created)
        fresh = (sessions.c.created > now - LONGEST_SECONDS, sessions.c.seen > now - IDLE_SECONDS)
        with self._store.reading() as connection:
            for agent, created, seen in connection.execute(query.where(*fresh)):
                found[agent].append({"created": created, "seen": seen})
        return dict(found)

    def is_open(self, session: Session) -> bool:
        """Whether a session has not been ended since; does not count as use."""
        query = sa.select(sessions.c.id).where(sessions.c.id == session.id)
        with self._store.reading() as connection:
            return connection.execute(query).first() is not None

    def log_out(self, session: Session) -> None:
        """End one session."""
        with self._store.transaction() as connection:
            connection.execute(sessions.delete().where(sessions.c.id == session.id))

    def log_out_everywhere(self, name: str) -> int:
        """End every session of an agent; how many there were. Raises AccountError."""
        self.check_exists(name)
        with self._store.transaction() as connection:
            return int(connection.execute(sessions.delete().where(sessions.c.agent == name)).rowcount)
