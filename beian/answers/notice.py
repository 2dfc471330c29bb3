"""A notice of rejection: answered in its own order, and spoken of by its own numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beian.answers.brief import brief
from beian.answers.notice_names import (
    fault_of_the_name,
    is_of_the_name,
    number_of_line,
    on_the_name,
)
from beian.answers.reply import Reply, answered
from beian.answers.worked import work_in, worked_out
from beian.contract.reply import MOST_FACTS
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.advance import entry_at
from beian.meaning.said import LAST
from beian.meaning.state import Asked, Discourse
from beian.text import patterns

# 四条怎么改, 逐条说说: who speaks so of the notice in hand wants it line by line once more.
_ALL_OF_IT = patterns.compile("(?:[这那]几|[这那]些|每一?|逐|各|全部?|[两三四五六七八2-8])[条点项]|几[条项]")


def open_line(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse] | None:
    """The line of a notice that a message points at, where the document has nothing on it."""
    ordinal = heard.said.ordinal
    if not _in_hand(state) or entry_at(state.entries, ordinal) != "":
        return None
    number = len(state.notice) if ordinal == LAST else ordinal
    text = kb.phrase(
        "direct",
        "notice_line",
        number=str(number),
        line=str(entry_at(state.notice, ordinal)),
        text=kb.phrase("direct", "notice_unknown"),
    )
    facts = tuple(kb.phrases["handoff"]["facts"])
    return Reply("uncovered", text, facts), replace(state, last="uncovered", asked=None, asked_back=0)


def of_notice(heard: Heard, state: Discourse) -> Heard:
    """The message as about the line of the notice in hand that it points at (第二条 is its second), or as
    all of it once more."""
    if not _in_hand(state) or heard.meaning.notice:
        return heard
    if heard.said.ordinal is None and _ALL_OF_IT.search(heard.said.text):
        return all_lines(heard, state) or heard
    place = heard.said.ordinal or number_of_line(heard.said.text, len(state.notice))
    heard = replace(heard, said=replace(heard.said, ordinal=place))
    target = entry_at(state.entries, place)
    if not target:
        return heard
    meaning = replace(heard.meaning, outcome="answer", targets=(target,), manner="ask", choices=())
    return replace(heard, meaning=meaning)


def all_lines(heard: Heard, state: Discourse) -> Heard | None:
    """The message as the notice in hand once more; None without one."""
    if not _in_hand(state):
        return None
    lines = tuple(zip(state.notice, state.entries, strict=True))
    return replace(heard, meaning=replace(heard.meaning, notice=lines))


def _in_hand(state: Discourse) -> bool:
    """Whether what is listed are the lines of a notice."""
    return bool(state.notice) and len(state.entries) == len(state.notice)


def with_notice(heard: Heard, before: Discourse, after: Discourse) -> Discourse:
    """The state with the notice in hand: a new one, or the old one until something else is listed."""
    if heard.meaning.notice:
        return replace(after, notice=tuple(line for line, _ in heard.meaning.notice))
    kept = _in_hand(before) and set(after.entries) <= set(before.entries)
    if not kept:
        return replace(after, notice=())
    return replace(after, notice=before.notice, entries=before.entries)


def line_of_notice(number: int, line: str, target: str, kb: KnowledgeBase) -> str:
    """A line of a notice under its number, and what to do about it; "" is no known `target`."""
    text = brief(kb.facts[target], kb) if target else kb.phrase("direct", "notice_unknown")
    if is_of_the_name(target, kb):
        text = on_the_name(fault_of_the_name(line, kb), kb) or text
    return kb.phrase("direct", "notice_line", number=str(number), line=line, text=text)


def answer_notice(heard: Heard, state: Discourse, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """A notice of rejection in its own order: one line each, then the deadline."""
    lines, facts = [], []
    for number, (line, target) in enumerate(heard.meaning.notice, 1):
        lines.append(line_of_notice(number, line, target, kb))
        facts += [target] if target and target not in facts else []
    due = kb.awaiting("rejected")[0]
    part = worked_out(due, state, heard, today, kb)
    stated = (*facts[: MOST_FACTS - 1], due) if part else tuple(facts[:MOST_FACTS])
    if not all(target for _, target in heard.meaning.notice):
        # who is to be asked about the rest is a fact as well
        stated = (*stated[: MOST_FACTS - 1], *kb.phrases["handoff"]["facts"])
    reply = answered(stated, state, kb)
    rest = (
        f"{kb.phrase('direct', 'notice_after')}\n{part.text}"
        if part
        else kb.phrase("deadline", "ask_rejected")
    )
    reply.text = "\n".join([*lines, rest])
    reply.card = None
    work_in(reply, {due: part} if part else {}, state, today, kb)
    entries = tuple(target for _, target in heard.meaning.notice)
    return reply, replace(
        state, stated=stated, entries=entries, phase="rejected", asked=Asked("rejected"), asked_back=0
    )
