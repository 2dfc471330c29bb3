"""Data goes when its time is over, when one conversation is to be forgotten, and out when it is asked for."""

from __future__ import annotations

import math
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from beian.retention.guard import DAY, check_amount, check_clock, note_purge
from beian.retention.traces import PAUSE_SECONDS, flush, remove_old_copies
from beian.store import desk_tables as desk
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError, cause, patience
from beian.store.tables import messages, turns

if TYPE_CHECKING:
    from beian.engine.tracker_store import MaskedTrackerStore


PORTION_ROWS = 500
"""About how many rows one transaction removes: while it runs, nobody else can write to SQLite."""
_STATEMENT_SECONDS, _COUNT_SECONDS = 60.0, 600.0


def purge(
    store: ConversationStore,
    trackers: MaskedTrackerStore,
    days: float,
    stopping: threading.Event | None = None,
    *,
    sure: bool = False,
) -> dict[str, int]:
    """Remove what is older than `days` from every table; the number of rows that went, by table.

    It works in portions with pauses between them, in which others can write; for a thread of its own.
    Once `stopping` is set it ends with the portion at hand. Unless the caller is `sure`, it refuses when
    the clock seems wrong or most would go. Raises StoreError, PurgeRefusedError among them.
    """
    stopping = stopping or threading.Event()
    now = time.time()
    before = now - days * DAY
    gone: Counter[str] = Counter()
    with _as_store_errors():
        if not sure:
            check_clock(store, trackers, now)
            with patience(_COUNT_SECONDS):
                check_amount(store, trackers, before)
        note_purge(store, now)
        _purge_conversations(store, before, stopping, gone)
        _purge_notes(store, before, gone)
        _purge_events(trackers, before, stopping, gone)
        flush(store, trackers, stopping)
        for engine in (store.engine, trackers.engine):
            remove_old_copies(engine, now)
    return dict(gone)


def delete(store: ConversationStore, trackers: MaskedTrackerStore, conversation: str) -> dict[str, int]:
    """Remove one conversation from every table; the number of rows that went, by table. Raises StoreError."""
    with _as_store_errors():
        gone = {**store.delete(conversation), "events": trackers.delete(conversation)}
        flush(store, trackers, threading.Event())
    return gone


def export(store: ConversationStore, trackers: MaskedTrackerStore, conversation: str) -> dict[str, Any]:
    """Everything that is stored of one conversation, by table. Raises StoreError."""
    with _as_store_errors():
        return {
            **store.export(conversation),
            **desk.export(store.engine, conversation),
            "events": trackers.events(conversation),
        }


@contextmanager
def _as_store_errors() -> Iterator[None]:
    try:
        with patience(_STATEMENT_SECONDS):
            yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(f"the stored conversations could not be worked on: {cause(error)}") from error


def _purge_conversations(
    store: ConversationStore, before: float, stopping: threading.Event, gone: Counter[str]
) -> None:
    end = -math.inf
    while end < before and not stopping.wait(PAUSE_SECONDS):
        end = _end_of_portion(store, before)
        gone.update(store.purge(end))


def _end_of_portion(store: ConversationStore, before: float) -> float:
    """The time before which there are about PORTION_ROWS messages or turns; `before` when there are fewer."""
    ends = [before]
    with store.engine.connect() as connection:
        for table in (messages, turns):
            oldest = sa.select(table.c.at).where(table.c.at < before).order_by(table.c.at)
            at = connection.execute(oldest.offset(PORTION_ROWS - 1).limit(1)).scalar()
            if at is not None:
                # All rows of that moment, so that each portion removes something.
                ends.append(math.nextafter(at, math.inf))
    return min(ends)


def _purge_notes(store: ConversationStore, before: float, gone: Counter[str]) -> None:
    """Agents' notes are as old as they are, also where their conversation goes on."""
    with store.engine.begin() as connection:
        if sa.inspect(connection).has_table(desk.notes.name):
            old = desk.notes.delete().where(desk.notes.c.at < before)
            gone[desk.notes.name] += connection.execute(old).rowcount


def _purge_events(
    trackers: MaskedTrackerStore, before: float, stopping: threading.Event, gone: Counter[str]
) -> None:
    events = trackers.SQLEvent.__table__
    gone["events"] = last = 0
    while not stopping.wait(PAUSE_SECONDS):
        old = sa.select(events.c.id).where(events.c.timestamp < before, events.c.id > last)
        with trackers.engine.connect() as connection:
            found = connection.execute(old.order_by(events.c.id).limit(PORTION_ROWS)).scalars().all()
        if not found:
            return
        last = found[-1]
        with trackers.engine.begin() as connection:
            gone["events"] += connection.execute(events.delete().where(events.c.id.in_(found))).rowcount
