"""To a person: the number, what else can be done, and the case ready to be told."""

from __future__ import annotations

from beian.answers.case import case_text
from beian.answers.reply import Reply
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse


def handoff(state: Discourse, kb: KnowledgeBase, opening: str | None = None) -> Reply:
    """How to reach a person; `custom.summary` holds the case and the last questions for the agent."""
    summary = summary_of(state, kb)
    lines = [opening] if opening else []
    lines.append(kb.phrase("handoff", "text"))
    if summary:
        lines.append(kb.phrase("handoff", "case", case=summary))
    return Reply(
        "handoff", "\n".join(lines), facts=tuple(kb.phrases["handoff"]["facts"]), extra={"summary": summary}
    )


def summary_of(state: Discourse, kb: KnowledgeBase) -> str:
    """The case and what was asked about last, in one line; empty when nothing is known."""
    facts = [fact for facts in (*state.trail, state.stated) for fact in facts[:1]]
    asked = [kb.title_of(fact) for fact in facts if fact not in kb.phrases["handoff"]["facts"]]
    parts = [case_text(state, kb)]
    if asked:
        parts.append(kb.phrase("handoff", "asked", topics="、".join(dict.fromkeys(asked))))
    return "；".join(part for part in parts if part)
