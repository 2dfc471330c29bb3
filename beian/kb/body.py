"""The body of a fact as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def body_lines(body: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """Paragraphs as they are, lists with bullets, steps with numbers, in their order."""
    lines: list[str] = []
    for kind, entries in body:
        if kind == "text":
            lines.extend(entries)
        elif kind == "list":
            lines.extend(f"· {entry}" for entry in entries)
        else:
            lines.extend(f"{number}. {entry}" for number, entry in enumerate(entries, 1))
    return lines
