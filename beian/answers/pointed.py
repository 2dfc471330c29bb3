"""Several entries of what was listed, pointed at by their numbers: each in its own line, under its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beian.answers.notice import line_of_notice
from beian.answers.papers import paper_verdict
from beian.answers.reply import Reply, answered
from beian.contract.reply import MOST_FACTS
from beian.hearing.heard import Heard
from beian.hearing.ordinals import entries_pointed_at
from beian.hearing.questions import compares
from beian.kb import KnowledgeBase
from beian.meaning.advance import TELLING
from beian.meaning.state import Discourse


def with_the_number(heard: Heard, state: Discourse) -> Heard:
    """The message with the number of the one entry that it points at in other words (头一条, 最后一条)."""
    if heard.said.ordinal is not None or not state.entries or heard.meaning.notice:
        return heard
    places = entries_pointed_at(heard.said.text, len(state.entries))
    if len(places) != 1:
        return heard
    meaning = heard.meaning
    manner = "entry" if meaning.outcome != "answer" or len(meaning.targets) > 1 else meaning.manner
    target = state.entries[places[0] - 1]
    if meaning.outcome != "answer" and target:
        meaning = replace(meaning, outcome="answer", targets=(target,), choices=())
    return replace(
        heard, meaning=replace(meaning, manner=manner), said=replace(heard.said, ordinal=places[0])
    )


def pointed(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse] | Heard:
    """The reply on several lines of the notice in hand, or several entries of the list in hand, and the state
    after it; of several answers the message as about these. Else the message as it is."""
    statement = heard.meaning.manner in TELLING and not heard.said.asks
    if heard.meaning.notice or heard.said.written in kb.questions or statement or compares(heard.said.text):
        return heard
    of_a_notice = bool(state.notice) and len(state.notice) == len(state.entries)
    places = entries_pointed_at(heard.said.text, len(state.entries), numbered=of_a_notice)
    if len(places) < 2:
        return heard
    entries = [state.entries[place - 1] for place in places]
    if of_a_notice:
        return _of_notice(places, entries, state, kb)
    if len(set(state.entries)) == 1 and state.entries[0] in kb.facts:
        return _of_list(places, heard, state, kb)
    targets = tuple(dict.fromkeys(entry for entry in entries if entry))[:MOST_FACTS]
    if len(targets) < 2:
        return heard
    meaning = replace(heard.meaning, outcome="answer", targets=targets, manner="ask", choices=())
    return replace(heard, meaning=meaning, said=replace(heard.said, ordinal=None))


def _of_notice(
    places: Sequence[int], targets: Sequence[str], state: Discourse, kb: KnowledgeBase
) -> tuple[Reply, Discourse]:
    """A line each of the notice; it stays in hand."""
    lines = [
        line_of_notice(place, state.notice[place - 1], target, kb)
        for place, target in zip(places, targets, strict=True)
    ]
    known = tuple(dict.fromkeys(target for target in targets if target))
    contact = () if all(targets) else tuple(kb.phrases["handoff"]["facts"])
    reply = answered(known, state, kb) if known else Reply("uncovered", "")
    reply.text, reply.card, reply.facts = "\n".join(lines), None, (*known[: MOST_FACTS - 1], *contact)
    after = replace(state, asked=None, asked_back=0, last="answered" if known else "uncovered")
    return reply, replace(after, stated=known) if known else after


def _of_list(
    places: Sequence[int], heard: Heard, state: Discourse, kb: KnowledgeBase
) -> tuple[Reply, Discourse]:
    """Entries of one list, each with what is asked of it where that is a point of a paper."""
    fact = kb.facts[state.entries[0]]
    lines = []
    for place in places:
        one = replace(
            heard,
            said=replace(heard.said, ordinal=place),
            meaning=replace(heard.meaning, outcome="answer", targets=(fact.id,), manner="entry"),
        )
        paper = paper_verdict([fact], one, state, kb)
        entry = paper.text.rstrip("。") if paper else fact.items[place - 1]
        lines.append(kb.phrase("direct", "entry", number=str(place), entry=entry))
    reply = answered((fact.id,), state, kb)
    reply.text, reply.card = "\n".join(lines), None
    after = replace(state, stated=(fact.id,), theme=None, asked=None, asked_back=0, last="answered")
    return reply, replace(after, point=reply.text)
