"""What the conversation has told already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from beian.kb import KnowledgeBase
from beian.meaning.state import MOST_REMEMBERED, Discourse


def told(before: Discourse) -> list[str]:
    """The facts told in the conversation, by their ids, the earliest first."""
    return [fact for stated in (*before.trail, before.stated) for fact in stated]


def after_telling(state: Discourse, facts: tuple[str, ...], entries: tuple[str, ...] = ()) -> Discourse:
    """The state after facts were told at once, with `entries` shown; what was told before joins the trail."""
    trail = (*state.trail, state.stated)[-MOST_REMEMBERED:] if state.stated else state.trail
    after = replace(state, stated=facts, theme=None, trail=trail, entries=entries, last="answered")
    return replace(after, asked=None, asked_back=0, point="")


def lists_told(before: Discourse, kb: KnowledgeBase) -> list[str]:
    """Those of them that are lists of papers."""
    return [fact for fact in told(before) if fact in kb.papers.of_fact]


def all_told(facts: Iterable[str], before: Discourse) -> bool:
    """Whether these facts, by their ids, were all told in the conversation; `before` is its state."""
    return set(facts) <= set(told(before))
