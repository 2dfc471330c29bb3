"""Locks after failed log-ins: for a name and the place it is tried from, so that nobody locks out another.

A place is an address, or a browser that has logged in under this name before. All unknown places
together have a limit of their own, far higher: guessing from many addresses stops as well, and whoever
comes from a known browser still gets in.

The rows are shared by all servers of a database and outlive a restart, so they say when in wall-clock
time they were made. A process looks at that once, when it first sees a row, believes at most the length
of a lock of it, and counts on with its own monotonic clock: a clock that is set never lengthens a lock.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from beian.masking import mask
from beian.store.conversations import ConversationStore
from beian.store.desk_tables import failures

MOST_FAILURES = 5
MOST_FAILURES_ANYWHERE = 50
LOCKED_SECONDS = 15 * 60.0
_SWEPT_AT_ONCE = 200
_KNOWN, _UNKNOWN, _AFTER_BOTH = "k", "u", "v"
_NAME_CHARACTERS, _PLACE_CHARACTERS = 31, 32


class LockedError(Exception):
    """Too many failed log-ins; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"locked for {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Place:
    """Where a log-in comes from; known ones are browsers that have logged in under the name before."""

    name: str = ""
    is_known: bool = False


class Lockouts:
    """Counts log-ins that have begun and not succeeded. For use in several threads."""

    def __init__(
        self,
        store: ConversationStore,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._clock, self._monotonic = store, clock, monotonic
        # When rows were made in monotonic time, by number and wall-clock time: numbers come up again.
        self._made: OrderedDict[tuple[int, float], float] = OrderedDict()
        self._guard = threading.Lock()

    def begin(self, name: str, place: Place) -> int:
        """Note a log-in as failed until it succeeds: attempts at the same time are all counted.

        The number is for `succeed`. Raises LockedError, whether the name exists or not.
        """
        prefix, now = _prefix(name), self._monotonic()
        key = _key(prefix, place)
        with self._store.transaction() as connection:
            self._sweep(connection, now)
            rows = connection.execute(
                sa.select(failures).where(_is_of(prefix)).order_by(failures.c.n)
            ).fetchall()
            ages = {row.n: self._age(row, now) for row in rows}
            recent = [row for row in rows if ages[row.n] < LOCKED_SECONDS]
            here = [ages[row.n] for row in recent if row.name == key]
            elsewhere = [ages[row.n] for row in recent if row.name[_NAME_CHARACTERS] == _UNKNOWN]
            locks = [(here, MOST_FAILURES)]
            if not place.is_known:
                locks.append((elsewhere, MOST_FAILURES_ANYWHERE))
            waits = [LOCKED_SECONDS - made[-most] for made, most in locks if len(made) >= most]
            if waits:
                raise LockedError(max(1, int(max(waits))))
            at = self._clock()
            inserted = connection.execute(failures.insert().values(name=key, at=at))
            number = int(inserted.inserted_primary_key[0])
        with self._guard:
            self._made[number, at] = now
        return number

    def succeed(self, name: str, place: Place, attempt: int) -> None:
        """Forget the failures up to the attempt that was right; those from other places stay counted."""
        key = _key(_prefix(name), place)
        with self._store.transaction() as connection:
            connection.execute(failures.delete().where(failures.c.n <= attempt, failures.c.name == key))

    def forget(self, name: str) -> None:
        """Forget all failures of a name, wherever they came from."""
        prefix = _prefix(name)
        with self._store.transaction() as connection:
            connection.execute(failures.delete().where(_is_of(prefix)))

    def _age(self, row: Any, now: float) -> float:
        with self._guard:
            made = self._made.get((row.n, row.at))
            if made is None:
                told = min(max(self._clock() - row.at, 0.0), LOCKED_SECONDS)
                made = self._made[row.n, row.at] = now - told
        return now - made

    def _sweep(self, connection: Any, now: float) -> None:
        """Drop the oldest rows that are over, of names that nobody may ever try again."""
        oldest = sa.select(failures.c.n, failures.c.at).order_by(failures.c.n).limit(_SWEPT_AT_ONCE)
        over = [row.n for row in connection.execute(oldest) if self._age(row, now) >= LOCKED_SECONDS]
        if over:
            connection.execute(failures.delete().where(failures.c.n.in_(over)))
        with self._guard:
            while self._made and now - next(iter(self._made.values())) > 2 * LOCKED_SECONDS:
                self._made.popitem(last=False)


def _prefix(name: str) -> str:
    """A name's digest. People type telephone numbers and passwords where the name belongs.

    Numbers cannot be found again, not even by trying all: they are masked before. For anything else
    trying is slow.
    """
    data = mask(name).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(data, salt=b"desk_failures", n=2**12, r=8, p=1).hex()[:_NAME_CHARACTERS]


def _key(prefix: str, place: Place) -> str:
    """What stands in the column `name`: 64 characters, the name's digest first."""
    digest = hashlib.sha256(place.name.encode("utf-8", "surrogatepass")).hexdigest()
    return prefix + (_KNOWN if place.is_known else _UNKNOWN) + digest[:_PLACE_CHARACTERS]


def _is_of(prefix: str) -> Any:
    return sa.and_(failures.c.name >= prefix + _KNOWN, failures.c.name < prefix + _AFTER_BOTH)
