"""What a compiled pattern and a match can do, whichever engine made them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any, Protocol


class Match(Protocol):
    """A match, of either engine."""

    @property
    def string(self) -> str:
        """The text that was searched."""

    def __getitem__(self, group: int | str) -> Any:
        """The text of a group; None where it took no part."""

    def group(self, *groups: int | str) -> Any:
        """The text of one group or of several."""

    def groups(self, default: Any = None) -> tuple[Any, ...]:
        """The texts of all groups."""

    def groupdict(self, default: Any = None) -> dict[str, Any]:
        """The texts of all named groups."""

    def start(self, group: int | str = 0) -> int:
        """Where a group begins."""

    def end(self, group: int | str = 0) -> int:
        """Where a group ends."""

    def span(self, group: int | str = 0) -> tuple[int, int]:
        """Where a group begins and ends."""


class Pattern(Protocol):
    """A compiled pattern, of either engine; the methods mean what they mean in `re`."""

    @property
    def pattern(self) -> str:
        """The expression, as it was written."""

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Match | None:
        """The first match from `pos` on, in what is before `endpos`."""

    def match(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Match | None:
        """The match that begins at `pos`, in what is before `endpos`."""

    def fullmatch(self, text: str) -> Match | None:
        """The match of the whole text."""

    def finditer(self, text: str) -> Iterator[Match]:
        """All matches, without overlaps."""

    def findall(self, text: str) -> list[Any]:
        """The texts of all matches, or of their groups."""

    def split(self, text: str, maxsplit: int = 0) -> list[Any]:
        """The text between the matches."""

    def sub(self, repl: str | Callable[[Any], str], text: str, count: int = 0) -> str:
        """The text with its matches replaced."""
