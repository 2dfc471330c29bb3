"""The points that were left open in the conversation, by theme or in a few words: kept beside what the second
layer told (`Discourse.supplement`), with a mark."""

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

_MARK, _NOW = "open:", "open now:"
_LONGEST = 20
_QUOTES = "“”"
# 不是要不要报 is what was not asked.
_DENIED = "不是"


def opened(state: Discourse) -> tuple[str, ...]:
    """The open points so far, the latest last."""
    marks = (mark for mark in state.supplement if mark.startswith((_MARK, _NOW)))
    return tuple(mark.partition(":")[2] for mark in marks)


def just_opened(state: Discourse) -> str | None:
    """The point that the last reply left open; None where it left none."""
    return next((mark.removeprefix(_NOW) for mark in state.supplement if mark.startswith(_NOW)), None)


def with_open(point: str, state: Discourse) -> Discourse:
    """The state with a point that a reply leaves open."""
    return _with(opened(state), point, state)


def with_points_of(
    reply: Reply, heard: Heard, before: Discourse, after: Discourse, kb: KnowledgeBase
) -> Discourse:
    """The state after a reply with the points that were open before it, and the one that it left open."""
    if after == Discourse():
        # begun anew
        return after
    now = None
    if reply.status == "uncovered":
        now = just_opened(after) or _point_of(reply, heard, after, kb)
    return _with((*opened(before), *opened(after)), now, after)


def _with(points: Sequence[str], now: str | None, state: Discourse) -> Discourse:
    old = [point for point in dict.fromkeys(points) if point != now][-MOST_REMEMBERED:]
    kept = (mark for mark in state.supplement if not mark.startswith((_MARK, _NOW)))
    marks = (*(f"{_MARK}{point}" for point in old), *([f"{_NOW}{now}"] if now else []))
    return replace(state, supplement=(*kept, *marks))


def _point_of(reply: Reply, heard: Heard, after: Discourse, kb: KnowledgeBase) -> str | None:
    """What a reply said not to be written: the point as the customer put it, else the title of the theme."""
    asked = (point_phrase(heard, kb) or "").strip(_QUOTES)
    for point in (asked, named_in(asked)):
        told = 1 < len(point) <= _LONGEST and point in reply.text
        if told and not point.startswith(_DENIED):
            return point
    theme = kb.themes.get((after.theme or "").removeprefix(UNCOVERED))
    return theme.title if theme else None
