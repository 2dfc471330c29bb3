"""The days on which something may have happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """`first` to `last`, equal when the day is certain."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether it is one certain day."""
        return self.first == self.last

    def as_text(self) -> str:
        """YYYY-MM-DD, or two of them with a slash between."""
        return self.first.isoformat() if self.exact else f"{self.first.isoformat()}/{self.last.isoformat()}"

    @classmethod
    def from_text(cls, text: str | None) -> Span | None:
        """What `as_text` wrote; None for None. ValueError for anything else."""
        if not text:
            return None
        first, _, last = text.partition("/")
        return cls(date.fromisoformat(first), date.fromisoformat(last or first))
