"""The purge of every night, as long as a server runs."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from beian.retention.guard import PurgeRefusedError, check_clock
from beian.retention.purge import purge
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError

if TYPE_CHECKING:
    from beian.engine.tracker_store import MaskedTrackerStore

logger = logging.getLogger(__name__)


_NIGHT = dt.time(3, 17)


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
