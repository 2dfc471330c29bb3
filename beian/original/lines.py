"""The document as lines, and text as what is compared of it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

CLAUSE_ENDS = "，,：:；;。！？!?"
_NUMERALS = "0123456789一二三四五六七八九十"
_BULLETS = "•·●○▪■◆-*–—"


@dataclass(frozen=True)
class DocumentLine:
    """A line without the spaces around it. `indent` counts those before it, `item` says whether it opens
    an entry of a list."""

    text: str
    indent: int
    item: bool

    @property
    def blank(self) -> bool:
        """Whether nothing is written on it."""
        return not self.text


def folded(text: str) -> str:
    """Letters, digits and characters alone, in one width and case: what is compared."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).lower() if char.isalnum())


def first_clause(text: str) -> str:
    """The text up to its first mark between clauses."""
    places = [place for mark in CLAUSE_ENDS if (place := text.find(mark)) >= 0]
    return text[: min(places)] if places else text


def lines_of(text: str) -> list[DocumentLine]:
    """The lines of a text."""
    lines = []
    for written in text.expandtabs(4).splitlines():
        line = written.strip()
        lines.append(DocumentLine(line, len(written) - len(written.lstrip()), _opens_item(line)))
    return lines


def _opens_item(line: str) -> bool:
    if line[:1] and line[0] in _BULLETS:
        return True
    head = unicodedata.normalize("NFKC", line[:6])
    bare = head.lstrip("(")
    number = len(bare) - len(bare.lstrip(_NUMERALS))
    return 0 < number <= 2 and bare[number : number + 1] in (".", "、", ")")
