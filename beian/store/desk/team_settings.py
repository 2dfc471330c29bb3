"""What admins set for the whole team; every server of the database reads the same."""

from __future__ import annotations

import json
import time
from typing import Any

import sqlalchemy as sa

from beian.store.conversations import ConversationStore
from beian.store.desk_tables import settings


class TeamSettings:
    """Values by their names, each written as a whole. Waits for the store."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    def read(self, name: str) -> dict[str, Any] | None:
        """The value, None where none was written."""
        query = sa.select(settings.c.value).where(settings.c.name == name)
        with self._store.reading() as connection:
            value = connection.execute(query).scalar()
        return None if value is None else dict(json.loads(value))

    def write(self, name: str, value: dict[str, Any], by: str) -> None:
        """Keep a value in the place of the one before."""
        written = json.dumps(value, ensure_ascii=False)
        row = {"name": name, "value": written, "at": time.time(), "agent": by}
        with self._store.transaction() as connection:
            connection.execute(settings.delete().where(settings.c.name == name))
            connection.execute(settings.insert().values(**row))
