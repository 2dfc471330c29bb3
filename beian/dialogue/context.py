"""What a message means where the conversation tells more than its words alone.

Each rule is a function of its own: those that rest on what was said before stand in `afterwards`, those
that rest on the message's words in `wording`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from beian.dialogue import afterwards, wording
from beian.dialogue.mentions import Mentions
from beian.dialogue.state import State, Turn
from beian.kb import KnowledgeBase

Rule = Callable[[Turn, State, Mentions, date, KnowledgeBase], "Turn | None"]
# The first that applies decides.
RULES: tuple[Rule, ...] = (
    afterwards.event,
    afterwards.one_of_stated,
    afterwards.step,
    wording.several_reasons,
    afterwards.holidays,
    afterwards.which_type,
    afterwards.which_date,
    wording.complaint,
    afterwards.what_then,
    afterwards.why,
    afterwards.day_told,
    afterwards.of_the_rejection,
    afterwards.in_time,
    wording.approved,
    wording.where,
    wording.last_day,
    afterwards.papers_of_others,
    afterwards.server_place,
    wording.type_named,
    wording.kind_told,
    wording.whether,
    wording.one_of_two,
    wording.type_asked,
    wording.materials_at_all,
    wording.empty,
)


def in_conversation(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn:
    """The turn as meant at this point; the same turn where nothing tells otherwise.

    `state` and its case are those before the message, `mentions` are the message's.
    """
    for rule in RULES:
        meant = rule(turn, state, mentions, today, kb)
        if meant is not None:
            return meant
    return turn
