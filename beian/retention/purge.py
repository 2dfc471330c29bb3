"""Data goes when its time is over, when one conversation is to be forgotten, and out when it is asked for."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import math
import shutil
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from beian.retention.guard import DAY, PurgeRefusedError, check_amount, check_clock, note_purge
from beian.store import desk_tables as desk
from beian.store.backup.restore import ASIDE
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError, cause, patience
from beian.store.schema.prepare import BEFORE
from beian.store.search_index import forget_deleted
from beian.store.tables import messages, turns

if TYPE_CHECKING:
    from beian.engine.tracker_store import MaskedTrackerStore

logger = logging.getLogger(__name__)

PORTION_ROWS = 500
"""About how many rows one transaction removes: while it runs, nobody else can write to SQLite."""
COPY_DAYS = 30.0
"""How long copies are kept that were made before a change of the schema or a restore."""
_NIGHT = dt.time(3, 17)
_PAUSE_SECONDS = 0.02
_STATEMENT_SECONDS, _COUNT_SECONDS = 60.0, 600.0
_FLUSH_TRIES, _FLUSH_PAUSE_SECONDS, _FLUSH_BUSY_MILLISECONDS = 5, 1.0, 300


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
        _flush(store, trackers, stopping)
        for engine in (store.engine, trackers.engine):
            _remove_old_copies(engine, now)
    return dict(gone)


def delete(store: ConversationStore, trackers: MaskedTrackerStore, conversation: str) -> dict[str, int]:
    """Remove one conversation from every table; the number of rows that went, by table. Raises StoreError."""
    with _as_store_errors():
        gone = {**store.delete(conversation), "events": trackers.delete(conversation)}
        _flush(store, trackers, threading.Event())
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
    while end < before and not stopping.wait(_PAUSE_SECONDS):
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
    while not stopping.wait(_PAUSE_SECONDS):
        old = sa.select(events.c.id).where(events.c.timestamp < before, events.c.id > last)
        with trackers.engine.connect() as connection:
            found = connection.execute(old.order_by(events.c.id).limit(PORTION_ROWS)).scalars().all()
        if not found:
            return
        last = found[-1]
        with trackers.engine.begin() as connection:
            gone["events"] += connection.execute(events.delete().where(events.c.id.in_(found))).rowcount


def _flush(store: ConversationStore, trackers: MaskedTrackerStore, stopping: threading.Event) -> None:
    """Have nothing of what was deleted stay in the search index and in the write-ahead logs."""
    forget_deleted(store.engine, lambda: stopping.wait(_PAUSE_SECONDS))
    for engine in (store.engine, trackers.engine):
        if engine.dialect.name == "sqlite":
            _empty_log(engine, stopping)


def _empty_log(engine: sa.engine.Engine, stopping: threading.Event) -> None:
    for _ in range(_FLUSH_TRIES):
        if _is_emptied(engine):
            return
        if stopping.wait(_FLUSH_PAUSE_SECONDS):
            break
    logger.warning(
        "the write-ahead log is in use: it may still hold deleted text", extra={"file": engine.url.database}
    )


def _is_emptied(engine: sa.engine.Engine) -> bool:
    """Whether SQLite's write-ahead log could be emptied; a reader in the middle of something keeps it."""
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        # Nobody else can write while it waits for readers.
        cursor.execute(f"PRAGMA busy_timeout={_FLUSH_BUSY_MILLISECONDS}")
        try:
            is_busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            cursor.execute(f"PRAGMA busy_timeout={usual}")
    return not is_busy


def _remove_old_copies(engine: sa.engine.Engine, now: float) -> None:
    """Copies that were made before a change of the schema or a restore hold conversations, too."""
    if engine.dialect.name != "sqlite" or engine.url.database in (None, "", ":memory:"):
        return
    file = Path(engine.url.database)
    for kept in [*file.parent.glob(f"{file.name}{BEFORE}*"), *file.parent.glob(f"{ASIDE}*")]:
        try:
            if kept.stat().st_mtime < now - COPY_DAYS * DAY:
                shutil.rmtree(kept) if kept.is_dir() else kept.unlink()
                logger.info("an old copy was removed", extra={"file": str(kept)})
        except OSError as error:
            logger.warning("an old copy stays", extra={"file": str(kept), "reason": error.strerror})


def until_night(now: dt.datetime) -> float:
    """Seconds from `now` to the next nightly run, in local time."""
    run = dt.datetime.combine(now.date(), _NIGHT, tzinfo=now.tzinfo)
    if run <= now:
        run += dt.timedelta(days=1)
    return (run - now).total_seconds()


async def purge_nightly(
    store: ConversationStore,
    trackers: MaskedTrackerStore,
    days: float,
    report: Callable[[str | None], None] = lambda reason: None,
) -> None:
    """Purge once a night until cancelled; a failed night is logged and the next one tried.

    `report` gets the reason when a purge is refused, None when one is done. A wrong clock is told at once.
    """
    loop = asyncio.get_running_loop()
    try:
        await loop.run_in_executor(None, _look_at_clock, store, trackers, report)
    except Exception as error:  # noqa: BLE001 - the nights to come will tell
        logger.error("the clock could not be checked", extra={"reason": type(error).__name__})
    while True:
        # In steps of an hour at most: the clock may be set meanwhile.
        wait = until_night(dt.datetime.now().astimezone())
        while wait > 0:
            await asyncio.sleep(min(wait, 3600))
            wait = until_night(dt.datetime.now().astimezone()) if wait > 3600 else 0
        stopping = threading.Event()
        try:
            gone = await loop.run_in_executor(None, purge, store, trackers, days, stopping)
            logger.info("purged", extra={"rows": gone})
            report(None)
        except PurgeRefusedError as error:
            _refused(error, report)
        except StoreError as error:
            logger.error("purge failed", extra={"cause": str(error)})
        except Exception as error:  # noqa: BLE001 - logged, and no reason to give up the nights to come
            logger.error("purge failed", extra={"reason": type(error).__name__})
        finally:
            stopping.set()
        await asyncio.sleep(60)


def _look_at_clock(
    store: ConversationStore, trackers: MaskedTrackerStore, report: Callable[[str | None], None]
) -> None:
    try:
        check_clock(store, trackers, time.time())
    except PurgeRefusedError as error:
        _refused(error, report)


def _refused(error: PurgeRefusedError, report: Callable[[str | None], None]) -> None:
    logger.error("purge refused", extra={"reason": error.reason, "cause": str(error)})
    report(error.reason)
