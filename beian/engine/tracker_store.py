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

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker

from beian.engine.event_table import EventTable
from beian.engine.live_tracker import LiveTracker
from beian.store.database import StoreError, database_engine, sqlite_engine
from beian.store.threads import StoreThreads

LIVE_CONVERSATIONS = 200
LONG_SESSION = 150
"""From how many stored events on the next turn begins a new session; a turn has about eight."""


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
        self._table = EventTable(self.engine)

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
        if live is not None and live.last_row == self._table.last_row(sender_id):
            return live
        rows = self._table.read(sender_id, whole=False)
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
        return [body for _, body in self._table.read(sender_id, whole)]

    def turn(self, sender_id: str, message_id: str) -> list[dict[str, Any]]:
        """The stored events from the customer's message with this id up to the next one; [] without it."""
        return self._table.turn(sender_id, message_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the tracker's new events, masked, in one transaction."""
        sender_id = tracker.sender_id
        mine = tracker if isinstance(tracker, LiveTracker) else None
        stored = mine.stored if mine else len(await self.threads.read(self._table.read, sender_id, False))
        bodies = [event.as_dict() for event in list(tracker.events)[stored:]]
        if not bodies:
            return
        head = self._new_session(mine, bodies)
        seen = mine.last_row if mine else None
        try:
            bodies, last_row = await self.threads.write(self._table.append, sender_id, head, bodies, seen)
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
        return await self.threads.long(self._table.senders)

    def check(self) -> None:
        """Raise StoreError when the table cannot be written: by writing, and taking it back."""
        self._table.check()

    def delete(self, sender_id: str) -> int:
        """Remove everything of one conversation; the number of events that went."""
        self._live.pop(sender_id, None)
        return self._table.delete(sender_id)

    def close(self) -> None:
        """End the threads and close the connections."""
        self.threads.close()
        self.engine.dispose()

    def forget_live(self) -> None:
        """Drop the trackers in memory; the table has them all."""
        self._live.clear()
