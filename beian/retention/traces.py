"""What deleted rows leave behind: in the search index, in write-ahead logs and in copies."""

from __future__ import annotations

import logging
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from beian.retention.guard import DAY
from beian.store.backup.restore import ASIDE
from beian.store.conversations import ConversationStore
from beian.store.schema.prepare import BEFORE
from beian.store.search_index import forget_deleted

if TYPE_CHECKING:
    from beian.engine.tracker_store import MaskedTrackerStore

logger = logging.getLogger(__name__)


COPY_DAYS = 30.0
"""How long copies are kept that were made before a change of the schema or a restore."""
PAUSE_SECONDS = 0.02
_FLUSH_TRIES, _FLUSH_PAUSE_SECONDS, _FLUSH_BUSY_MILLISECONDS = 5, 1.0, 300


def flush(store: ConversationStore, trackers: MaskedTrackerStore, stopping: threading.Event) -> None:
    """Have nothing of what was deleted stay in the search index and in the write-ahead logs."""
    forget_deleted(store.engine, lambda: stopping.wait(PAUSE_SECONDS))
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


def remove_old_copies(engine: sa.engine.Engine, now: float) -> None:
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
