"""What agents did and saw: written once, never changed (the database refuses it)."""

from __future__ import annotations

import time
from dataclasses import dataclass

import sqlalchemy as sa

from beian.contract.desk import AuditEntry
from beian.masking import mask
from beian.store.conversations import ConversationStore
from beian.store.desk_tables import audit

PAGE = 200
_MOST_DETAIL_CHARACTERS = 300


@dataclass(frozen=True)
class Wanted:
    """Which entries: whose, of which action, from `first` until before `end` (seconds since 1970)."""

    agent: str | None = None
    action: str | None = None
    first: float | None = None
    end: float | None = None


EVERYTHING = Wanted()


class Audit:
    """The log; all text in it is masked."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    def note(
        self, agent: str, action: str, conversation: str | None = None, detail: str | None = None
    ) -> None:
        """Add an entry."""
        with self._store.transaction() as connection:
            connection.execute(
                audit.insert().values(
                    at=time.time(),
                    agent=mask(agent)[:64],
                    action=action,
                    conversation=conversation,
                    detail=mask(detail)[:_MOST_DETAIL_CHARACTERS] if detail else None,
                )
            )

    def entries(
        self, wanted: Wanted = EVERYTHING, before: int | None = None, limit: int = PAGE
    ) -> list[AuditEntry]:
        """The newest entries first; `before` is the number of the last one of the page before."""
        query = sa.select(audit).order_by(audit.c.n.desc()).limit(limit)
        if wanted.agent is not None:
            query = query.where(audit.c.agent == wanted.agent)
        if wanted.action is not None:
            query = query.where(audit.c.action == wanted.action)
        if wanted.first is not None:
            query = query.where(audit.c.at >= wanted.first)
        if wanted.end is not None:
            query = query.where(audit.c.at < wanted.end)
        if before is not None:
            query = query.where(audit.c.n < before)
        with self._store.reading() as connection:
            found = connection.execute(query).all()
        return [
            AuditEntry(
                n=row.n,
                at=row.at,
                agent=row.agent,
                action=row.action,
                conversation=row.conversation,
                detail=row.detail,
            )
            for row in found
        ]
