"""What goes and what is handed out: rows by age, or of one conversation."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from beian.store.connection import StoreConnection
from beian.store.tables import conversations, feedback, messages, pending, satisfaction, ticks, turns


class Keeping(StoreConnection):
    """Removes and exports rows; beian/retention decides when."""

    def purge(self, before: float) -> dict[str, int]:
        """Remove messages and turns older than `before` (seconds since 1970) and conversations left empty."""
        # ON DELETE works from conversations down; feedback and ticks of single messages go by hand.
        gone = {}
        with self.transaction() as connection:
            old = sa.and_(messages.c.at < before)
            for table in (feedback, ticks, pending):
                matching = sa.exists().where(
                    messages.c.conversation == table.c.conversation, messages.c.id == table.c.id, old
                )
                connection.execute(table.delete().where(matching))
            gone["messages"] = connection.execute(messages.delete().where(old)).rowcount
            gone["turns"] = connection.execute(turns.delete().where(turns.c.at < before)).rowcount
            connection.execute(satisfaction.delete().where(satisfaction.c.at < before))
            gone["conversations"] = connection.execute(
                conversations.delete().where(conversations.c.updated < before)
            ).rowcount
        return gone

    def delete(self, conversation: str) -> dict[str, int]:
        """Remove everything of one conversation; the number of rows that went, by table."""
        gone = {}
        with self.transaction() as connection:
            for table in (feedback, ticks, satisfaction, pending, turns, messages):
                result = connection.execute(table.delete().where(table.c.conversation == conversation))
                gone[table.name] = result.rowcount
            result = connection.execute(conversations.delete().where(conversations.c.id == conversation))
            gone["conversations"] = result.rowcount
        return gone

    def export(self, conversation: str) -> dict[str, list[dict[str, Any]]]:
        """Every row of one conversation, by table."""
        tables: dict[str, list[dict[str, Any]]] = {}
        with self.reading() as connection:
            for table in (conversations, messages, feedback, ticks, satisfaction, turns):
                key = table.c.id if table is conversations else table.c.conversation
                rows = connection.execute(sa.select(table).where(key == conversation))
                tables[table.name] = [dict(row._mapping) for row in rows]
        return tables
