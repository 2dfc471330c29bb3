"""What agents did and saw: written once, never changed (the database refuses it)."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa

from beian.desk.tables import audit
from beian.server.masking import mask
from beian.server.store import ConversationStore

PAGE = 200
_MOST_DETAIL_CHARACTERS = 300


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
        self, *, agent: str | None = None, before: int | None = None, limit: int = PAGE
    ) -> list[dict[str, Any]]:
        """The newest entries first; `before` is the number of the last one of the page before."""
        query = sa.select(audit).order_by(audit.c.n.desc()).limit(limit)
        if agent is not None:
            query = query.where(audit.c.agent == agent)
        if before is not None:
            query = query.where(audit.c.n < before)
        with self._store.reading() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]
