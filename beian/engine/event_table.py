"""The table of a conversation's events, as Rasa's SQL store lays it out: rows of masked JSON, by order of id.

All of it waits for the database: call it in a thread. StoreError where the database fails.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import SessionStarted, UserUttered
from sqlalchemy.exc import SQLAlchemyError

from beian.masking import mask_value
from beian.store.database import PROBE_CHARACTERS, StoreError, cause, creating_tables

_RECENT = 20
"""How many messages back a turn that may have been answered before a crash is looked for."""
_LAST_POSSIBLE_ROW = 2**31 - 1
_PAGE = 200

# Built once: SQLAlchemy takes longer to build and to recognise a statement than SQLite to run it.
_EVENTS = SQLTrackerStore.SQLEvent.__table__
_MINE = _EVENTS.c.sender_id == sa.bindparam("sender_id")
_NEWEST = sa.select([sa.func.max(_EVENTS.c.id)]).where(_MINE)
_ALL_EVENTS = sa.select([_EVENTS.c.id, _EVENTS.c.data]).where(_MINE).order_by(_EVENTS.c.id)
_BACKWARDS = (
    sa.select([_EVENTS.c.id, _EVENTS.c.type_name, _EVENTS.c.data])
    .where(_MINE, _EVENTS.c.id < sa.bindparam("before"))
    .order_by(_EVENTS.c.id.desc())
    .limit(_PAGE)
)
_RECENT_MESSAGES = (
    sa.select([_EVENTS.c.id, _EVENTS.c.data])
    .where(_MINE, _EVENTS.c.type_name == UserUttered.type_name)
    .order_by(_EVENTS.c.id.desc())
    .limit(_RECENT)
)
_SPAN = _ALL_EVENTS.where(_EVENTS.c.id >= sa.bindparam("first"), _EVENTS.c.id < sa.bindparam("until"))
_INSERT = _EVENTS.insert()
# SQLite's index of the senders has the rows in order as it is.
_ORDERED = "CREATE INDEX IF NOT EXISTS events_of_sender ON events (sender_id, id)"


class EventTable:
    """The events of all conversations in one database."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        """Make the table where there is none."""
        self._engine = engine
        try:
            with creating_tables(engine) as connection:
                SQLTrackerStore.Base.metadata.create_all(connection)
                if engine.dialect.name == "postgresql":
                    connection.exec_driver_sql(_ORDERED)
            with engine.connect() as connection:
                connection.execute(sa.select([_EVENTS.c.id]).limit(1)).first()
        except SQLAlchemyError as error:
            raise StoreError(f"the tracker store cannot be used: {cause(error)}") from error

    def turn(self, sender_id: str, message_id: str) -> list[dict[str, Any]]:
        """The stored events from the customer's message with this id up to the next one; [] without it."""
        try:
            with self._engine.connect() as connection:
                until = _LAST_POSSIBLE_ROW
                for row, data in connection.execute(_RECENT_MESSAGES, {"sender_id": sender_id}):
                    # Most are not it: looking for the id is a hundred times faster than reading the event.
                    if message_id in data and json.loads(data).get("message_id") == message_id:
                        span = {"sender_id": sender_id, "first": row, "until": until}
                        return [json.loads(found) for _, found in connection.execute(_SPAN, span)]
                    until = row
                return []
        except SQLAlchemyError as error:
            raise StoreError(f"the conversation cannot be read: {cause(error)}") from error

    def last_row(self, sender_id: str) -> int | None:
        """The newest row; it differs from a live tracker's when another process wrote or deleted."""
        try:
            with self._engine.connect() as connection:
                newest: int | None = connection.execute(_NEWEST, {"sender_id": sender_id}).scalar()
                return newest
        except SQLAlchemyError as error:
            raise StoreError(f"the conversation cannot be read: {cause(error)}") from error

    def read(self, sender_id: str, whole: bool) -> list[tuple[int, dict[str, Any]]]:
        """Rows with their events, of all sessions or of the latest."""
        try:
            with self._engine.connect() as connection:
                if whole:
                    found = connection.execute(_ALL_EVENTS, {"sender_id": sender_id}).all()
                else:
                    found = self._latest_session(connection, sender_id)
                return [(row.id, json.loads(row.data)) for row in found]
        except (SQLAlchemyError, ValueError) as error:
            raise StoreError(f"the conversation cannot be read: {cause(error)}") from error

    @staticmethod
    def _latest_session(connection: sa.engine.Connection, sender_id: str) -> list[sa.engine.Row]:
        """The rows of the latest session, without a look at those before it."""
        found: list[sa.engine.Row] = []
        before = _LAST_POSSIBLE_ROW
        while True:
            page = connection.execute(_BACKWARDS, {"sender_id": sender_id, "before": before}).all()
            for row in page:
                found.append(row)
                if row.type_name == SessionStarted.type_name:
                    return found[::-1]
            if len(page) < _PAGE:
                return found[::-1]
            before = page[-1].id

    def append(
        self, sender_id: str, head: list[dict[str, Any]], bodies: list[dict[str, Any]], seen: int | None
    ) -> tuple[list[dict[str, Any]], int | None]:
        """Add a new session's beginning and the events, masked, after the row `seen`.

        The masked events, and the row of the last, or None when others came between.
        """
        head, bodies = mask_value(head), mask_value(bodies)
        rows = [
            {
                "sender_id": sender_id,
                "type_name": body["event"],
                "timestamp": body.get("timestamp"),
                "intent_name": body.get("parse_data", {}).get("intent", {}).get("name"),
                "action_name": body.get("name"),
                "data": json.dumps(body, ensure_ascii=False),
            }
            for body in [*head, *bodies]
        ]
        try:
            with self._engine.begin() as connection:
                before = connection.execute(_NEWEST, {"sender_id": sender_id}).scalar()
                connection.execute(_INSERT, rows if before == seen else rows[len(head) :])
                after = connection.execute(_NEWEST, {"sender_id": sender_id}).scalar()
                return bodies, int(after) if before == seen else None
        except SQLAlchemyError as error:
            raise StoreError(f"the turn could not be stored: {cause(error)}") from error

    def senders(self) -> list[str]:
        """All conversation ids."""
        try:
            with self._engine.connect() as connection:
                return list(connection.execute(sa.select([_EVENTS.c.sender_id]).distinct()).scalars())
        except SQLAlchemyError as error:
            raise StoreError(f"the conversations cannot be listed: {cause(error)}") from error

    def check(self) -> None:
        """Raise StoreError when the table cannot be written: by writing, and taking it back."""
        row = {"sender_id": "", "type_name": "probe", "data": "-" * PROBE_CHARACTERS}
        try:
            with self._engine.begin() as connection:
                connection.execute(_EVENTS.insert(), row)
                connection.execute(_EVENTS.delete().where(_EVENTS.c.sender_id == ""))
        except SQLAlchemyError as error:
            raise StoreError(f"the tracker store cannot be written: {cause(error)}") from error

    def delete(self, sender_id: str) -> int:
        """Remove everything of one conversation; the number of events that went."""
        try:
            with self._engine.begin() as connection:
                return int(
                    connection.execute(_EVENTS.delete().where(_MINE), {"sender_id": sender_id}).rowcount
                )
        except SQLAlchemyError as error:
            raise StoreError(f"events could not be deleted: {cause(error)}") from error
