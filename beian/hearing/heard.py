"""A message as it reaches the dialogue: what it means, what it names, and the days that stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from beian.calendar.dates import FoundDate, find_dates
from beian.hearing.said_days import days_said
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.said import Said, said_of, without_counted
from beian.reading.meaning import Meaning

# Where it is likelier than not that a message asks for a fact by its own words alone, it wants all of it.
ASKED_IN_FULL = 0.5
# One that may do so is not about a point of it.
MAYBE_IN_FULL = 0.3
# From here on the words of a whole sentence tell by themselves what it asks, whatever it follows.
ITS_OWN_WORDS = 0.7
# Words of other subjects altogether.
SURELY_FOREIGN = 0.9


@dataclass(frozen=True)
class Heard:
    """`meaning` in its conversation, `said` by itself, `days` found in it as of today."""

    meaning: Meaning
    said: Said
    days: tuple[FoundDate, ...] = ()
    today: date | None = None


def asked_by_itself(heard: Heard, kb: KnowledgeBase) -> str | None:
    """The fact or open theme that a message surely asks for by its own words; None where there is none."""
    target, chance = heard.meaning.itself
    known = target in kb.facts or target.removeprefix(UNCOVERED) in kb.themes
    return target if known and chance >= ITS_OWN_WORDS else None


def heard_in(parsed: Mapping[str, Any], today: date, kb: KnowledgeBase) -> Heard:
    """A message from what the pipeline made of it: Rasa's parse data, or a tracker's latest message."""
    written = str(parsed.get("text") or "")
    text = str((parsed.get("understanding") or {}).get("text") or written)
    meaning = Meaning.from_dict(parsed.get("meaning"))
    said = said_of(text, without_counted(text, parsed.get("entities") or []), kb, written)
    if meaning.named is not None:
        # as it was read in its conversation
        words = {(slot, value): word for slot, value, word in meaning.named}
        said = replace(said, named=tuple(words), words=words)
    return Heard(meaning, said, days_said(find_dates(written, today), written, today), today)
