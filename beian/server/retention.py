"""Data goes when its time is over, when one conversation is to be forgotten, and out when it is asked for."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from typing import TYPE_CHECKING, Any

from beian.desk import tables as desk
from beian.desk.search import forget_deleted
from beian.server.database import StoreError, flush_deleted
from beian.server.store import ConversationStore

if TYPE_CHECKING:
    from beian.server.trackers import MaskedTrackerStore

logger = logging.getLogger(__name__)

DAY = 86_400.0
_NIGHT = dt.time(3, 17)


def purge(store: ConversationStore, trackers: MaskedTrackerStore, days: float) -> dict[str, int]:
    """Remove what is older than `days` from every table; the number of rows that went, by table."""
    before = time.time() - days * DAY
    gone = {**store.purge(before), "events": trackers.purge(before)}
    _flush(store, trackers)
    return gone


def delete(store: ConversationStore, trackers: MaskedTrackerStore, conversation: str) -> dict[str, int]:
    """Remove one conversation from every table; the number of rows that went, by table."""
    gone = {**store.delete(conversation), "events": trackers.delete(conversation)}
    _flush(store, trackers)
    return gone


def export(store: ConversationStore, trackers: MaskedTrackerStore, conversation: str) -> dict[str, Any]:
    """Everything that is stored of one conversation, by table."""
    return {
        **store.export(conversation),
        **desk.export(store.engine, conversation),
        "events": trackers.events(conversation),
    }


def _flush(store: ConversationStore, trackers: MaskedTrackerStore) -> None:
    forget_deleted(store.engine)
    flush_deleted(store.engine)
    flush_deleted(trackers.engine)


def until_night(now: dt.datetime) -> float:
    """Seconds from `now` to the next nightly run, in local time."""
    run = dt.datetime.combine(now.date(), _NIGHT, tzinfo=now.tzinfo)
    if run <= now:
        run += dt.timedelta(days=1)
    return (run - now).total_seconds()


async def purge_nightly(store: ConversationStore, trackers: MaskedTrackerStore, days: float) -> None:
    """Purge once a night until cancelled; a failed night is logged and the next one tried."""
    while True:
        # In steps of an hour at most: the clock may be set meanwhile.
        wait = until_night(dt.datetime.now().astimezone())
        while wait > 0:
            await asyncio.sleep(min(wait, 3600))
            wait = until_night(dt.datetime.now().astimezone()) if wait > 3600 else 0
        try:
            logger.info("purged", extra={"rows": purge(store, trackers, days)})
        except StoreError as error:
            logger.error("purge failed", extra={"cause": str(error)})
        await asyncio.sleep(60)
