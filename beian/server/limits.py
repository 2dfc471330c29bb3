"""Limits: a token bucket for each key, forgotten when it is full again; and how much each key holds."""

from __future__ import annotations

import math
import time
from collections import Counter, OrderedDict
from collections.abc import Callable


class RateLimiter:
    """Allows `burst` requests in a row and then `rate` a second for each key, for up to `keys` keys."""

    def __init__(
        self, burst: int, rate: float, clock: Callable[[], float] = time.monotonic, keys: int = 50_000
    ) -> None:
        self._burst, self._rate, self._clock, self._keys = burst, rate, clock, keys
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> int:
        """0 when the request is allowed (and counted), else the whole seconds until the next one is."""
        now = self._clock()
        level, seen = self._buckets.pop(key, (float(self._burst), now))
        level = min(float(self._burst), level + max(0.0, now - seen) * self._rate)
        allowed = level >= 1
        self._buckets[key] = (level - 1 if allowed else level, now)
        # The one least recently seen goes first: it is the nearest to full.
        while len(self._buckets) > self._keys:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - level) / self._rate))

    def blocked(self, key: str) -> int:
        """The whole seconds until a request would be allowed, 0 when one is now; counts nothing."""
        level, seen = self._buckets.get(key, (float(self._burst), 0.0))
        level += max(0.0, self._clock() - seen) * self._rate
        return 0 if level >= 1 else max(1, math.ceil((1 - level) / self._rate))

    def __len__(self) -> int:
        return len(self._buckets)


class Seats:
    """At most `most` of something at once for each key."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[str] = Counter()

    def take(self, key: str) -> bool:
        """Whether there was one left; give it back with `leave`."""
        taken = self._taken.get(key, 0)
        if taken >= self._most:
            return False
        self._taken[key] = taken + 1
        return True

    def leave(self, key: str) -> None:
        """Give one back."""
        self._taken[key] -= 1
        if self._taken[key] <= 0:
            del self._taken[key]

    def __len__(self) -> int:
        return sum(self._taken.values())
