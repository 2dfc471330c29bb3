"""Who answers a conversation: the assistant, nobody yet, a person."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import cast

import sqlalchemy as sa

from beian.contract.customer import Mode
from beian.store.connection import StoreConnection
from beian.store.records import Conversation
from beian.store.tables import MODES, conversations

# What every turn runs is built once: SQLAlchemy takes longer to build a statement than SQLite to run it.
IT = conversations.c.id == sa.bindparam("conversation")
MODE = sa.select(conversations.c.mode).where(IT)
TOUCH = conversations.update().where(IT).values(updated=sa.bindparam("now"))
_CREATE = conversations.insert()


class Modes(StoreConnection):
    """The state of each conversation."""

    def conversation(self, conversation: str) -> Conversation | None:
        """The conversation, or None before its first message."""
        with self.reading() as connection:
            row = connection.execute(
                sa.select(conversations).where(conversations.c.id == conversation)
            ).first()
        return Conversation(**row._mapping) if row else None

    def mode(self, conversation: str) -> Mode:
        """The conversation's mode; "bot" before its first message."""
        with self.reading() as connection:
            mode = connection.execute(MODE, {"conversation": conversation}).scalar()
        return cast(Mode, mode or "bot")

    def list_conversations(
        self, modes: Sequence[str] = MODES, limit: int = 100, before: float | None = None
    ) -> list[Conversation]:
        """Conversations in these modes, the latest first; `before` pages by the time of the last change."""
        query = sa.select(conversations).where(conversations.c.mode.in_(list(modes)))
        if before is not None:
            query = query.where(conversations.c.updated < before)
        query = query.order_by(conversations.c.updated.desc()).limit(limit)
        with self.reading() as connection:
            return [Conversation(**row._mapping) for row in connection.execute(query)]

    def set_mode(
        self,
        conversation: str,
        mode: str,
        *,
        expect: Sequence[str] | None = None,
        agent: str | None = None,
        expect_agent: str | None = None,
        since: float | None = None,
    ) -> bool:
        """Change the mode if it is one of `expect` (and held by `expect_agent`); whether it was changed.

        `since` is when it began (seconds since 1970), where that is not now.
        """
        if mode not in MODES:
            raise ValueError(f"no such mode: {mode}")
        now = time.time()
        query = conversations.update().where(conversations.c.id == conversation)
        if expect is not None:
            query = query.where(conversations.c.mode.in_(list(expect)))
        if expect_agent is not None:
            query = query.where(conversations.c.agent == expect_agent)
        query = query.values(mode=mode, mode_since=now if since is None else since, updated=now, agent=agent)
        with self.transaction() as connection:
            return bool(connection.execute(query).rowcount)

    def take_over(self, conversation: str, updated: float) -> bool:
        """Note a change of a conversation that has not changed since `updated`; one server alone can."""
        query = TOUCH.where(conversations.c.updated == sa.bindparam("then"))
        with self.transaction() as connection:
            row = {"conversation": conversation, "now": time.time(), "then": updated}
            return bool(connection.execute(query, row).rowcount)

    def _open(self, connection: sa.engine.Connection, conversation: str, channel: str, now: float) -> str:
        """The conversation's mode, after creating it if need be; holds it until the transaction ends."""
        touched = connection.execute(TOUCH, {"conversation": conversation, "now": now})
        if touched.rowcount:
            return str(connection.execute(MODE, {"conversation": conversation}).scalar())
        row = {
            "id": conversation,
            "channel": channel,
            "created": now,
            "updated": now,
            "mode": "bot",
            "mode_since": now,
            "last_id": 0,
        }
        connection.execute(_CREATE, row)
        return "bot"
