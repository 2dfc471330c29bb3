"""The points that were left open in the conversation, by theme or in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beian.answers.reply import Reply
from beian.answers.unwritten import point_phrase
from beian.hearing.heard import Heard
from beian.hearing.written_asked import named_in
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.state import MOST_REMEMBERED, Discourse

_LONGEST = 20
_QUOTES = "“”"
# 不是要不要报 is what was not asked.
_DENIED = "不是"


def with_open(point: str, state: Discourse) -> Discourse:
    """The state with a point that a reply leaves open."""
    return _with(state.opened, point, state)


def with_points_of(
    reply: Reply, heard: Heard, before: Discourse, after: Discourse, kb: KnowledgeBase
) -> Discourse:
    """The state after a reply with the points that were open before it, and the one that it left open."""
    if after == Discourse():
        # begun anew
        return after
    now = ""
    if reply.status == "uncovered":
        told = after.open_now if after.open_now in reply.text else ""
        now = told or _point_of(reply, heard, after, kb) or ""
    return _with((*before.opened, *after.opened), now, after)


def _with(points: Sequence[str], now: str, state: Discourse) -> Discourse:
    old = [point for point in dict.fromkeys(points) if point != now]
    opened = (*old, *([now] if now else []))[-MOST_REMEMBERED:]
    return replace(state, opened=opened, open_now=now)


def _point_of(reply: Reply, heard: Heard, after: Discourse, kb: KnowledgeBase) -> str | None:
    """What a reply said not to be written: the point as the customer put it, else the title of the theme."""
    asked = (point_phrase(heard, kb) or "").strip(_QUOTES)
    for point in (asked, named_in(asked)):
        told = 1 < len(point) <= _LONGEST and point in reply.text
        if told and not point.startswith(_DENIED):
            return point
    theme = kb.themes.get((after.theme or "").removeprefix(UNCOVERED))
    return theme.title if theme else None
