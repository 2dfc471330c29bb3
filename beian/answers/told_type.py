"""The type of a change that a message itself names: one sentence, and what helps next."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.render import lead_of
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse

_ASPECT = "type"
_MANNERS = ("ask", "tell", "answer")


def told_type(facts: Sequence[str], heard: Heard, state: Discourse, kb: KnowledgeBase) -> dict[str, str]:
    """The text of the one fact, by its id: the type of the item that the message names, and the day asked for
    where none is known and nothing else is asked. Empty for any other. `state`: after the message."""
    fact = kb.facts[facts[0]] if len(facts) == 1 else None
    if fact is None or fact.aspect != _ASPECT or heard.meaning.manner not in _MANNERS:
        return {}
    lead = lead_of(fact, state, kb, heard.said.detail)
    if lead is None or state.focus.item not in heard.said.values("item"):
        return {}
    told = not heard.said.asks and not state.focus.changed
    return {fact.id: f"{lead}\n{kb.phrase('told_type', 'which_day')}" if told else lead}
