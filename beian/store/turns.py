"""One row for each answered message, for analysis."""

from __future__ import annotations

import json
import time
from typing import Any

import sqlalchemy as sa

from beian.masking import mask
from beian.store.connection import StoreConnection
from beian.store.records import TurnRecord
from beian.store.tables import turns

_RECORD = turns.insert()
# PostgreSQL refuses what is longer than its column; SQLite does not mind.
_LENGTHS = {
    column.name: column.type.length
    for column in turns.columns
    if isinstance(column.type, sa.String) and column.type.length
}


class Turns(StoreConnection):
    """Records what was answered, how sure and how fast."""

    def record_turn(self, turn: TurnRecord) -> None:
        """Add a row to `turns`."""
        with self.transaction() as connection:
            self._record(connection, turn, time.time())

    @staticmethod
    def _record(connection: sa.engine.Connection, turn: TurnRecord, now: float) -> None:
        row: dict[str, Any] = {
            "at": now,
            "channel": turn.channel,
            "conversation": turn.conversation,
            "message": turn.message,
            "text": mask(turn.text),
            "status": turn.status,
            "facts": json.dumps(list(turn.facts)),
            "intent": turn.intent,
            "confidence": turn.confidence,
            "ms": round(turn.ms, 2),
            "kb_version": turn.kb_version,
            "model": turn.model,
        }
        for name, length in _LENGTHS.items():
            if row[name] is not None:
                row[name] = row[name][:length]
        connection.execute(_RECORD, row)
