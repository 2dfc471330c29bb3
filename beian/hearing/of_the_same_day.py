"""A change told of the same day as another (10月30号，同一天服务器也换了): the day is of both."""

from __future__ import annotations

from beian.hearing.heard import Heard
from beian.meaning.state import Discourse, Matter
from beian.text import patterns

_SAME = patterns.compile("同一?[天日]|当[天日]|[那这]一?[天日]")
_ROLE = "changed"


def open_before(heard: Heard, state: Discourse) -> Matter | None:
    """The one change in hand before a further one was told, whose very day is not known yet; None where
    nothing further is told, or there are several."""
    if not heard.said.further or heard.said.clients:
        # one more client has days of its own
        return None
    found = [matter for matter in _before(heard, state) if not _exact(matter)]
    return found[0] if len(found) == 1 else None


def with_the_same_day(state: Discourse, heard: Heard) -> Discourse:
    """The state with the day of the one change for the other, where a further one is told of the same day."""
    if not heard.said.further or not _SAME.search(heard.said.text):
        return state
    days = {matter.changed for matter in state.matters if _exact(matter)}
    told = {found.first.isoformat() for found in heard.days if found.first and found.kind == "exact"}
    day = next(iter(days & told or days), None) if len(days & told or days) == 1 else None
    for matter in state.matters if day else ():
        if not matter.changed or (not _exact(matter) and matter in _before(heard, state)):
            state = state.with_matter(matter, **{_ROLE: day})
    return state


def _before(heard: Heard, state: Discourse) -> list[Matter]:
    return [matter for matter in state.matters if matter.name not in heard.said.named]


def _exact(matter: Matter) -> bool:
    span = matter.span(_ROLE)
    return span is not None and span.exact
