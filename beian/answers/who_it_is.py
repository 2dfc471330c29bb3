"""Who asks beside something else who answers is told so first."""

from __future__ import annotations

from beian.answers.reply import Reply
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase

# What is said in a talk about nothing else has its own words.
_ANSWERS = ("answered", "uncovered", "clarify")


def with_who_it_is(reply: Reply, heard: Heard, kb: KnowledgeBase) -> None:
    """Put who answers before a reply to a message that asks for it and for something of the filing."""
    if heard.meaning.who and reply.status in _ANSWERS:
        reply.text = f"{kb.phrase('direct', 'who')}\n{reply.text}"
