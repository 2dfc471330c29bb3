"""Who writes in English is told that the answers are in Chinese, and whom to ask."""

from __future__ import annotations

from beian.answers.reply import Reply
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.text.languages import is_english


def with_a_word_in_english(reply: Reply, heard: Heard, kb: KnowledgeBase) -> None:
    """Add one line in English to the reply to a message in English."""
    if is_english(heard.said.written):
        reply.text = f"{reply.text}\n\n{kb.phrase('languages', 'english')}"
