"""What a look-up finds."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Hit:
    """One fact. `confidence` is the understanding's, None when only the texts matched; `matched` is the
    known phrasing nearest to the query; `by` is "answer" (the assistant would state it), "likely" or
    "text"; `change_type` and `subject_kind` are those the fact is for, None when it is for all."""

    fact: str
    title: str
    text: str
    section: str
    layer: str
    confidence: float | None
    matched: str | None
    by: str
    change_type: str | None
    subject_kind: str | None


@dataclass(frozen=True)
class Found:
    """What the assistant would reply to the query, whole, and the facts, best first.

    `status` and `answer` are None without a model; `sources` are the facts it would state and the entries
    of the second layer, each with title, section and layer.
    """

    query: str
    status: str | None
    answer: str | None
    hits: list[Hit]
    sources: list[dict[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)
