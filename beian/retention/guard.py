"""Whether a purge may be trusted: it cannot be taken back, and what is old depends on the clock alone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import sqlalchemy as sa

from beian.store.conversations import ConversationStore
from beian.store.database import StoreError
from beian.store.tables import messages, turns, upkeep

if TYPE_CHECKING:
    from beian.engine.tracker_store import MaskedTrackerStore

DAY = 86_400.0
FAR_DAYS = 14.0
"""How far the clock may be from the last purge, or before the first from the newest row."""
_PURGE = "purge"


class PurgeRefusedError(StoreError):
    """Nothing was removed: `reason` is "clock" or "most", the sentence says why and what to do."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(f"没有清除任何内容：{sentence}；确认无误后运行 `python -m beian data purge --yes`")
        self.reason = reason


def check_clock(store: ConversationStore, trackers: MaskedTrackerStore, now: float) -> None:
    """Raise PurgeRefusedError when `now` is far from when the last purge was, or the newest row is.

    Rows written since a clock jumped have the wrong time themselves; the last purge, which was found
    right, does not. The newest row counts only while no purge is known.
    """
    then, what = last_purge(store), "上次清除"
    if then is None:
        then, what = _newest(store, trackers), "最新一条记录"
    if then is None or abs(now - then) <= FAR_DAYS * DAY:
        return
    days = round(abs(now - then) / DAY)
    way = "晚" if now > then else "早"
    raise PurgeRefusedError(
        "clock",
        f"现在（{_day(now)}）比{what}（{_day(then)}）{way} {days} 天，请先核对本机的时钟",
    )


def check_amount(store: ConversationStore, trackers: MaskedTrackerStore, before: float) -> None:
    """Raise PurgeRefusedError when more than half of all messages, turns and events would go."""
    events = trackers.SQLEvent.__table__
    old = every = 0
    for engine, at in (
        (store.engine, messages.c.at),
        (store.engine, turns.c.at),
        (trackers.engine, events.c.timestamp),
    ):
        counted = sa.select(sa.func.count(), sa.func.count().filter(at < before)).select_from(at.table)
        with engine.connect() as connection:
            there, gone = connection.execute(counted).one()
        every, old = every + there, old + gone
    if old * 2 > every:
        raise PurgeRefusedError(
            "most", f"{every} 行里有 {old} 行早于 {_day(before)}，一次要清除一半以上，请先核对时钟与保留天数"
        )


def last_purge(store: ConversationStore) -> float | None:
    """When a purge was last found right and done, in seconds since 1970."""
    with store.engine.connect() as connection:
        found = connection.execute(sa.select(upkeep.c.at).where(upkeep.c.name == _PURGE)).scalar()
    return None if found is None else float(found)


def note_purge(store: ConversationStore, now: float) -> None:
    """Note that a purge was done at this time."""
    with store.engine.begin() as connection:
        connection.execute(upkeep.delete().where(upkeep.c.name == _PURGE))
        connection.execute(upkeep.insert().values(name=_PURGE, at=now))


def _newest(store: ConversationStore, trackers: MaskedTrackerStore) -> float | None:
    events = trackers.SQLEvent.__table__
    latest_event = sa.select(events.c.timestamp).order_by(events.c.id.desc()).limit(1)
    found = []
    for engine, query in (
        (store.engine, sa.select(sa.func.max(messages.c.at))),
        (store.engine, sa.select(sa.func.max(turns.c.at))),
        # Its time has no index; the newest is the last that was added.
        (trackers.engine, latest_event),
    ):
        with engine.connect() as connection:
            found.append(connection.execute(query).scalar())
    return max((at for at in found if at is not None), default=None)


def _day(at: float) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(at))
