"""A message as it reaches the dialogue: what it means, what it names, and the days that stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from beian.calendar.dates import FoundDate, find_dates
from beian.kb import KnowledgeBase
from beian.meaning.reading import Meaning
from beian.meaning.said import Said, said_of


@dataclass(frozen=True)
class Heard:
    """`meaning` in its conversation, `said` by itself, `days` found in it as of today."""

    meaning: Meaning
    said: Said
    days: tuple[FoundDate, ...] = ()
    today: date | None = None


def heard_in(parsed: Mapping[str, Any], today: date, kb: KnowledgeBase) -> Heard:
    """A message from what the pipeline made of it: Rasa's parse data, or a tracker's latest message."""
    written = str(parsed.get("text") or "")
    text = str((parsed.get("understanding") or {}).get("text") or written)
    said = said_of(text, parsed.get("entities") or [], kb, written)
    return Heard(Meaning.from_dict(parsed.get("meaning")), said, tuple(find_dates(written, today)), today)
