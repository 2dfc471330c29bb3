"""Drawing lots by content: what is drawn for a text stays so whatever is added or taken out beside it.

With a row of random numbers one message more would give every later one another lot, and another model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

_BYTES = 8
T = TypeVar("T")


def lot(text: str, purpose: str) -> float:
    """A number from 0 up to 1, the same for the same text and purpose."""
    digest = hashlib.blake2b(f"{purpose}\0{text}".encode(), digest_size=_BYTES).digest()
    return int.from_bytes(digest, "big") / float(1 << (8 * _BYTES))


def by_lot(items: Iterable[T], purpose: str, text_of: Callable[[T], str] = str) -> list[T]:
    """The items in an order by chance."""
    return sorted(items, key=lambda item: lot(text_of(item), purpose))


def one_of(items: Sequence[T], text: str, purpose: str) -> T:
    """One of the items, drawn for a text."""
    return items[int(lot(text, purpose) * len(items))]


class Once(Generic[T]):
    """Draws from `items`, none twice before all were drawn."""

    def __init__(self, items: Sequence[T], purpose: str) -> None:
        self._items, self._purpose = items, purpose
        self._taken: set[int] = set()

    def __call__(self, text: str) -> T:
        """One for a text: its own, or the next that is left."""
        if len(self._taken) == len(self._items):
            self._taken.clear()
        place = int(lot(text, self._purpose) * len(self._items))
        while place in self._taken:
            place = (place + 1) % len(self._items)
        self._taken.add(place)
        return self._items[place]
