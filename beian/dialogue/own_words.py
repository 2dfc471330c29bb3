"""What a message says by its own words, whatever it follows: what it asks for, or that it wants more."""

from __future__ import annotations

from beian.hearing.heard import ITS_OWN_WORDS, Heard, asked_by_itself
from beian.kb import KnowledgeBase

# A shorter message says what it asks only after what was said before it.
FEWEST_SIGNS = 8
MORE = "dialogue/more"


def said_by_itself(heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether a message says by its own words which fact or open theme it asks for, or that it wants more."""
    whole = len(heard.said.text) >= FEWEST_SIGNS and heard.said.asks
    return wants_more(heard) or (whole and asked_by_itself(heard, kb) is not None)


def wants_more(heard: Heard) -> bool:
    """Whether a message asks by its own words what else there is, and names nothing: 还有什么相关的."""
    target, chance = heard.meaning.itself
    return target == MORE and chance >= ITS_OWN_WORDS and not heard.said.named
