"""What the conversation has told already."""

from __future__ import annotations

from collections.abc import Iterable

from beian.meaning.state import Discourse


def all_told(facts: Iterable[str], before: Discourse) -> bool:
    """Whether these facts, by their ids, were all told in the conversation; `before` is its state."""
    return set(facts) <= {fact for stated in (*before.trail, before.stated) for fact in stated}
