"""What is none of the assistant's business, and what of the filing it may have meant all the same."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.reply import Reply, question_buttons, starters
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.advance import advance
from beian.meaning.state import Discourse
from beian.reading.deciding import POSSIBLE

_GROUP = "out_of_scope"
_MOST = 2


def none_of_ours(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """The refusal and the state after it. What a message (学校换校长了) may mean if the filing is meant is
    offered by name: who meant it goes on with one touch."""
    meaning = heard.meaning
    after = replace(advance(state, meaning.targets, meaning.manner, heard.said, kb), asked=None)
    near = [target for target, chance in meaning.ranking if target in kb.facts and chance >= POSSIBLE]
    if not near:
        return starters("out_of_scope", kb.phrase(_GROUP, "text"), kb), after
    own = question_buttons(near[:_MOST], kb)
    titles = "、".join(f"“{entry['title']}”" for entry in own)
    text = kb.phrase(_GROUP, "perhaps", questions=titles)
    rest = [entry for entry in question_buttons(kb.starters, kb) if entry not in own]
    return Reply("out_of_scope", text, buttons=[*own, *rest][: len(kb.starters)]), after
