"""A question of the last message that was not answered, by its place in it (第一个问题你没回)."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.reply import Reply
from beian.hearing.heard import Heard
from beian.hearing.missed import place_missed
from beian.kb import KnowledgeBase
from beian.meaning.advance import entry_at
from beian.meaning.state import Discourse


def of_the_missed(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard | tuple[Reply, Discourse]:
    """The message as asking that question once more; where it is not known which it was, the reply that asks
    for it; as it is where it says nothing of the kind."""
    place = None if heard.meaning.notice or state.notice else place_missed(heard.said.text)
    if place is None or state.fresh:
        return heard
    target = entry_at(state.entries, place) if set(state.stated) <= set(state.entries) else None
    several = len(set(state.entries)) > 1 and target
    if not several or not target:
        after = replace(state, asked=None, last="clarify", asked_back=state.asked_back + 1)
        return Reply("clarify", kb.phrase("feedback", "missed")), after
    asked = kb.question_of(target) if target in kb.facts else heard.said.text
    said = replace(heard.said, text=asked, written=asked, ordinal=None, named=(), documents=())
    meaning = replace(
        heard.meaning, outcome="answer", targets=(target,), manner="ask", choices=(), alone=1.0, foreign=0.0
    )
    return replace(heard, said=said, meaning=meaning)
