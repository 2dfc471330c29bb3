"""Who we are, in the first line of a reply to a message that asks for something of the filing as well."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.reply import Reply
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse
from beian.text import patterns
from beian.text.clauses import split_clauses

_WHO = patterns.compile(
    "(?:[你您]们?|对面).{0,8}(?:机器|真人|人工|客服|程序|ai|谁|人吗|人么|官方|阿里)|跟.{0,3}(?:机器|真人|人工)|回答我是不是|是真人|是机器人"
)


def without_the_act(heard: Heard, kb: KnowledgeBase) -> tuple[Heard, str | None]:
    """The message as about what it asks of the filing, and the act that is asked for beside that, if any."""
    first, *others = heard.meaning.targets or ("",)
    if not others or first in kb.cells or heard.meaning.outcome != "answer":
        return heard, None
    said = replace(heard.said, text=_of_the_filing(heard.said.text))
    return replace(heard, said=said, meaning=replace(heard.meaning, targets=tuple(others))), first


def _of_the_filing(text: str) -> str:
    """A message without the clauses that ask who we are: what is asked besides has a form of its own."""
    clauses = split_clauses(text)
    left = [clause for clause in clauses if not _WHO.search(clause)]
    return "，".join(left) if left and len(left) < len(clauses) else text


def with_the_act(reply: Reply, after: Discourse, act: str, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """The reply with what is asked for beside the filing in front; both are what the message asked for first
    and second."""
    line = kb.phrase("smalltalk", f"{act.partition('/')[2]}_first")
    reply.text = f"{line}\n{reply.text}"
    return reply, replace(after, entries=(act, *after.stated)) if after.stated else after
