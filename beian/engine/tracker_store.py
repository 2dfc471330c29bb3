"""Where Rasa keeps its conversations: an SQL table of masked events, live trackers in memory before it.

Differences from Rasa's own SQL store, each for a reason:

- every event is masked before it reaches the table or the event broker;
- trackers of active conversations stay in memory and are cut to their last turns, and every some turns the
  table gets the events of a new session that begins where the conversation stands: a turn costs the same,
  and a restart or a look reads the same, whatever the length of the conversation; all events stay;
- the last session is found by the order of events, not by their time: clocks jump;
- the database is waited for in threads, never in the event loop;
- a failed read or write is an error (`StoreError`), never a new empty conversation;
- the table can be cleared of one conversation, or of old events.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from beian.engine.live_tracker import LiveTracker
from beian.masking import mask_value
from beian.store.database import (
    PROBE_CHARACTERS,
    StoreError,
    cause,
    creating_tables,
    database_engine,
    sqlite_engine,
)
from beian.store.threads import StoreThreads

LIVE_CONVERSATIONS = 200
_RECENT = 20
"""How many messages back a turn that may have been answered before a crash is looked for."""
_LAST_POSSIBLE_ROW = 2**31 - 1
LONG_SESSION = 150
"""From how many stored events on the next turn begins a new session; a turn has about eight."""
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


class MaskedTrackerStore(SQLTrackerStore):
    """Rasa's SQL tracker store with the differences listed above.

    `db` is a file for SQLite (":memory:" for none), else the database of `host`; `live` is the number
    of trackers kept in memory, 0 where several processes serve the same conversation.
    """

    engine: sa.engine.Engine

    def __init__(
        self,
        domain: Domain | None = None,
        dialect: str = "sqlite",
        db: str = ":memory:",
        event_broker: EventBroker | None = None,
        live: int = LIVE_CONVERSATIONS,
        **kwargs: Any,
    ) -> None:
        first = ":memory:" if dialect == "sqlite" else db
        super().__init__(domain, dialect=dialect, db=first, event_broker=event_broker, **kwargs)
        if dialect == "sqlite":
            self.engine.dispose()
            self.engine = sqlite_engine(db)
        elif self.engine.dialect.name == "postgresql":
            # Rasa's own waits for ever.
            self.engine.dispose()
            self.engine = database_engine(self.engine.url)
        self.sessionmaker = sessionmaker(bind=self.engine)
        self.threads = StoreThreads("events", writers=1 if self.engine.dialect.name == "sqlite" else 4)
        self._live: OrderedDict[str, LiveTracker] = OrderedDict()
        self._limit = live
        try:
            with creating_tables(self.engine) as connection:
                self.Base.metadata.create_all(connection)
                if self.engine.dialect.name == "postgresql":
                    connection.exec_driver_sql(_ORDERED)
            with self.engine.connect() as connection:
                connection.execute(sa.select([_EVENTS.c.id]).limit(1)).first()
        except SQLAlchemyError as error:
            raise StoreError(f"the tracker store cannot be used: {cause(error)}") from error

    def init_tracker(self, sender_id: str) -> LiveTracker:
        """A tracker without events."""
        return LiveTracker(sender_id, self.domain.slots, self.max_event_history)

    async def retrieve(self, sender_id: str) -> LiveTracker | None:
        """The conversation's latest session, or None when it has no events."""
        # It comes back with the save at the end of the turn; after a turn that failed the table is read.
        return await self.threads.read(self._current, sender_id, self._live.pop(sender_id, None))

    async def slots(self, sender_id: str) -> dict[str, Any]:
        """The values of the slots as they are now, {} without events; for those who only look."""
        tracker = await self.threads.read(self._current, sender_id, self._live.get(sender_id))
        return tracker.current_slot_values() if tracker is not None else {}

    def glance(self, sender_id: str) -> dict[str, Any] | None:
        """The slots of a tracker in memory without asking the database; None where there is none, and where
        other servers may have gone on. What has been deleted meanwhile is noticed by the turn itself."""
        live = self._live.get(sender_id) if self.engine.dialect.name == "sqlite" else None
        return live.current_slot_values() if live is not None else None

    def _current(self, sender_id: str, live: LiveTracker | None) -> LiveTracker | None:
        """The tracker in memory, or where there is none, or the table has other rows, one read from it."""
        if live is not None and live.last_row == self._last_row(sender_id):
            return live
        rows = self._read(sender_id, whole=False)
        if not rows:
            return None
        whole = LiveTracker.from_dict(sender_id, [body for _, body in rows], self.domain.slots)
        tracker = whole.shortened(self.domain)
        tracker.stored = len(tracker.events)
        tracker.last_row = rows[-1][0]
        tracker.in_session = len(rows)
        tracker.beginning = tracker.what_stands_for_it()
        return tracker

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> LiveTracker:
        """A tracker for a conversation that has no events yet."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted("action_listen"))
        await self.save(tracker)
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> LiveTracker | None:
        """All sessions of the conversation, or None."""
        bodies = await self.threads.long(self.events, conversation_id)
        return LiveTracker.from_dict(conversation_id, bodies, self.domain.slots) if bodies else None

    def events(self, sender_id: str, whole: bool = True) -> list[dict[str, Any]]:
        """The stored (masked) events, oldest first."""
        return [body for _, body in self._read(sender_id, whole)]

    def turn(self, sender_id: str, message_id: str) -> list[dict[str, Any]]:
        """The stored events from the customer's message with this id up to the next one; [] without it."""
        try:
            with self.engine.connect() as connection:
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

    def _last_row(self, sender_id: str) -> int | None:
        """The newest row; it differs from a live tracker's when another process wrote or deleted."""
        try:
            with self.engine.connect() as connection:
                newest: int | None = connection.execute(_NEWEST, {"sender_id": sender_id}).scalar()
                return newest
        except SQLAlchemyError as error:
            raise StoreError(f"the conversation cannot be read: {cause(error)}") from error

    def _read(self, sender_id: str, whole: bool) -> list[tuple[int, dict[str, Any]]]:
        """Rows with their events, of all sessions or of the latest."""
        try:
            with self.engine.connect() as connection:
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

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the tracker's new events, masked, in one transaction."""
        sender_id = tracker.sender_id
        mine = tracker if isinstance(tracker, LiveTracker) else None
        stored = mine.stored if mine else len(await self.threads.read(self._read, sender_id, False))
        bodies = [event.as_dict() for event in list(tracker.events)[stored:]]
        if not bodies:
            return
        head = self._new_session(mine, bodies)
        seen = mine.last_row if mine else None
        try:
            bodies, last_row = await self.threads.write(self._append, sender_id, head, bodies, seen)
        except StoreError:
            self._live.pop(sender_id, None)
            raise
        if mine is not None:
            mine.stored = len(mine.events)
            mine.in_session = (len(head) or mine.in_session) + len(bodies)
            if last_row is not None:
                self._keep(mine, last_row, turn=len(bodies))
        if self.event_broker is not None:
            for body in bodies:
                self.event_broker.publish({"sender_id": sender_id, **body})

    @staticmethod
    def _new_session(tracker: LiveTracker | None, bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The events of a session that begins before this turn; [] while the present one is short."""
        # Only between two turns do these events stand for all there was.
        if tracker is None or tracker.beginning is None or bodies[0]["event"] != UserUttered.type_name:
            return []
        if tracker.in_session < LONG_SESSION:
            return []
        return [event.as_dict() for event in tracker.beginning]

    def _append(
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
            with self.engine.begin() as connection:
                before = connection.execute(_NEWEST, {"sender_id": sender_id}).scalar()
                connection.execute(_INSERT, rows if before == seen else rows[len(head) :])
                after = connection.execute(_NEWEST, {"sender_id": sender_id}).scalar()
                return bodies, int(after) if before == seen else None
        except SQLAlchemyError as error:
            raise StoreError(f"the turn could not be stored: {cause(error)}") from error

    def _keep(self, tracker: LiveTracker, last_row: int, turn: int) -> None:
        """Keep the tracker for the next turn, cut to the `turn` newest events where that loses nothing."""
        newest = list(tracker.events)[-turn:]
        # Without a message it is no turn, but noted between two: the last message stays with the tracker.
        if tracker.beginning is not None and any(isinstance(event, UserUttered) for event in newest):
            tracker.cut(newest)
        tracker.beginning = tracker.what_stands_for_it()
        tracker.stored = len(tracker.events)
        tracker.last_row = last_row
        if self._limit <= 0:
            return
        self._live[tracker.sender_id] = tracker
        while len(self._live) > self._limit:
            self._live.popitem(last=False)

    async def keys(self) -> Iterable[str]:
        """All conversation ids in the table."""
        return await self.threads.long(self._senders)

    def _senders(self) -> list[str]:
        try:
            with self.engine.connect() as connection:
                return list(connection.execute(sa.select([_EVENTS.c.sender_id]).distinct()).scalars())
        except SQLAlchemyError as error:
            raise StoreError(f"the conversations cannot be listed: {cause(error)}") from error

    def check(self) -> None:
        """Raise StoreError when the table cannot be written: by writing, and taking it back."""
        table = self.SQLEvent.__table__
        row = {"sender_id": "", "type_name": "probe", "data": "-" * PROBE_CHARACTERS}
        try:
            with self.engine.begin() as connection:
                connection.execute(table.insert(), row)
                connection.execute(table.delete().where(table.c.sender_id == ""))
        except SQLAlchemyError as error:
            raise StoreError(f"the tracker store cannot be written: {cause(error)}") from error

    def delete(self, sender_id: str) -> int:
        """Remove everything of one conversation; the number of events that went."""
        self._live.pop(sender_id, None)
        try:
            with self.engine.begin() as connection:
                return int(
                    connection.execute(_EVENTS.delete().where(_MINE), {"sender_id": sender_id}).rowcount
                )
        except SQLAlchemyError as error:
            raise StoreError(f"events could not be deleted: {cause(error)}") from error

    def close(self) -> None:
        """End the threads and close the connections."""
        self.threads.close()
        self.engine.dispose()

    def forget_live(self) -> None:
        """Drop the trackers in memory; the table has them all."""
        self._live.clear()
