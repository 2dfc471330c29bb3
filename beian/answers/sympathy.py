"""Who is upset is met with half a sentence, and then with the answer."""

from __future__ import annotations

from beian.answers.reply import Reply
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase

_GROUP = "sympathy"
# What is said in a talk about nothing else has its own words.
_ANSWERS = ("answered", "uncovered", "clarify")


def with_sympathy(reply: Reply, heard: Heard, kb: KnowledgeBase) -> None:
    """Put a sentence of sympathy before a reply to a message that is upset and asks something."""
    text, words = heard.said.text, kb.phrases[_GROUP]
    if reply.status not in _ANSWERS or not any(word in text for word in words["words"]):
        return
    again = any(word in text for word in words["again"])
    said = kb.phrase(_GROUP, "rejected") if again else kb.phrase(_GROUP, "other")
    reply.text = f"{said}\n{reply.text}"
