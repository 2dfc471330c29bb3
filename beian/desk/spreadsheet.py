"""Cells of a spreadsheet."""

from __future__ import annotations

import unicodedata


def plain_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    # Also full-width signs: some spreadsheets fold them before they look.
    starts = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if starts in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n") else text
