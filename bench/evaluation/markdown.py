"""Figures and tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def percent(value: float) -> str:
    """0.934 → 93.4%."""
    return f"{value * 100:.1f}%"


def table(header: Sequence[str], rows: Iterable[Sequence[Any]], others: str = "---:") -> str:
    """A Markdown table; the first column is text, the `others` are figures (set to the right)."""
    lines = [f"| {' | '.join(header)} |", f"| --- |{f' {others} |' * (len(header) - 1)}"]
    lines += [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)
