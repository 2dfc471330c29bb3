"""Who puts the case right and asks nothing (我没换手机号，我改的是网站名字) has the question in hand answered
for the case as it is, and is not told of which type that is."""

from __future__ import annotations

from dataclasses import replace

from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse

_TYPE = "type"
# Surer than this the type is what is meant.
_SURELY = 0.6
# So likely another answer to the question in hand has to be.
_POSSIBLE = 0.03


def put_right(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as the question in hand of the case that it tells; as it is where it asks something itself,
    puts nothing right, or the type was in question."""
    meaning = heard.meaning
    types = [target for target in meaning.targets if target in kb.cells and kb.cells[target].aspect == _TYPE]
    if meaning.manner != "correct" or len(meaning.targets) != 1 or not types or meaning.chance >= _SURELY:
        return heard
    if heard.said.asks or not heard.said.values("item") or heard.meaning.notice:
        return heard
    if not state.stated or any(kb.cells[fact].aspect == _TYPE for fact in state.stated):
        return heard
    families = {fact.partition(".")[0] for fact in state.stated}
    others = [
        target
        for target, chance in meaning.ranking
        if target in kb.facts and target.partition(".")[0] in families and chance >= _POSSIBLE
    ]
    fitting = [one for one in others if kb.cells[one].fits(heard.said.case())]
    if not fitting:
        return heard
    meaning = replace(meaning, targets=(fitting[0],), manner="correct", alone=0.0)
    return replace(heard, meaning=meaning)
