"""What is wanted of the assistant itself: its word in writing, which it cannot give, or the number to
call."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.reply import Reply
from beian.hearing.heard import Heard
from beian.hearing.of_us import asks_for_our_word, asks_for_the_number
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse


def our_word(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse] | None:
    """The reply to who wants an answer in writing, under a seal or as the official one, and the state after
    it; None for any other message."""
    if heard.meaning.notice or heard.said.written in kb.questions or not asks_for_our_word(heard.said.text):
        return None
    facts = tuple(kb.phrases["handoff"]["facts"])
    reply = Reply("smalltalk", kb.phrase("smalltalk", "official"), facts)
    return reply, replace(state, asked=None, asked_back=0, last="smalltalk")


def as_asking_for_the_number(heard: Heard, kb: KnowledgeBase) -> Heard:
    """The message as asking for the support line, where it asks for a number to call and for nothing else."""
    if heard.meaning.notice or not asks_for_the_number(heard.said.text):
        return heard
    facts = tuple(kb.phrases["handoff"]["facts"])
    meaning = replace(heard.meaning, outcome="answer", targets=facts, manner="ask", choices=())
    return replace(heard, meaning=replace(meaning, alone=1.0, foreign=0.0, chance=1.0))
