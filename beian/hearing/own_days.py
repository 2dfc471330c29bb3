"""Of several changes in hand, the one that a day belongs to, and which of them have a day."""

from __future__ import annotations

from beian.calendar.dates import FoundDate
from beian.hearing.heard import Heard
from beian.meaning.state import Discourse, Matter
from beian.text import patterns

_BOUNDARY = patterns.compile(r"[,，。;；!！?？、\s]")
# A word in another clause is as far away as this many characters more.
_ANOTHER_CLAUSE = 50


def matter_of(found: FoundDate, heard: Heard, state: Discourse) -> Matter:
    """The change that a day in a message is of: the one named nearest to it, in its own clause before any
    other; the one in focus where the message names none of them."""
    near = [
        (distance, matter)
        for matter in state.matters
        if (distance := _distance(found, matter, heard)) is not None
    ]
    return min(near, key=lambda one: one[0])[1] if near else state.focus


def _distance(found: FoundDate, matter: Matter, heard: Heard) -> int | None:
    slot, value = matter.name
    text, word = heard.said.written.lower(), heard.said.words.get((slot, value or ""), "")
    place = text.find(word) if word else -1
    if place < 0:
        return None
    first, last = sorted([(found.start, found.end), (place, place + len(word))])
    between = text[first[1] : last[0]]
    return len(between) + _ANOTHER_CLAUSE * bool(_BOUNDARY.search(between))


def beside_a_change(found: FoundDate, heard: Heard) -> bool:
    """Whether a day stands in one clause with the name of what changes (改名是10月16号)."""
    items = [Matter(item=value) for slot, value in heard.said.named if slot == "item"]
    distances = (_distance(found, item, heard) for item in items)
    return any(distance is not None and distance < _ANOTHER_CLAUSE for distance in distances)


def dated_matters(state: Discourse, heard: Heard, role: str) -> tuple[Matter, ...]:
    """The changes in hand whose days are told apart; none where the message is about one of them."""
    if sum(slot == "item" for slot, _ in heard.said.named) == 1:
        return ()
    dated = tuple(matter for matter in state.matters if matter.span(role))
    return dated if len(dated) > 1 else ()
