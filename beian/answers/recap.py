"""What was said in the conversation, once more in a short line each, and what the document does not write of
(给我一个小结, 把前面说过的几点列一下)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beian.answers.lines import line_of
from beian.answers.reply import Reply, next_buttons
from beian.answers.told_already import told
from beian.contract.reply import MOST_FACTS
from beian.hearing.heard import Heard
from beian.hearing.recapped import asks_for_a_recap
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse

_FEWEST = 2


def recap(heard: Heard, state: Discourse, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse] | None:
    """The recap, and the state after it; None where none is asked for, or too little was said for one."""
    if heard.meaning.notice or heard.said.written in kb.questions or not asks_for_a_recap(heard.said.text):
        return None
    contact = kb.phrases["handoff"]["facts"]
    said = [fact for fact in reversed(told(state)) if fact not in contact]
    facts = tuple(reversed(tuple(dict.fromkeys(said))[:MOST_FACTS]))
    points = state.opened
    if len(facts) + len(points) < _FEWEST:
        return None
    lines = [line_of(fact, heard, state, today, kb) for fact in facts]
    if points:
        lines.append(kb.phrase("recap", "open", points="、".join(points)))
    reply = Reply("answered" if facts else "uncovered", "\n".join(lines), facts or tuple(contact))
    reply.buttons = next_buttons(facts, kb, state)
    if not facts:
        return reply, replace(state, asked=None, asked_back=0)
    after = replace(state, stated=facts, theme=None, entries=facts, last="answered", point="", notice=())
    return reply, replace(after, asked=None, asked_back=0)
