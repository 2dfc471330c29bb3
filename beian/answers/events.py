"""What may have happened, offered to a customer who does not know the type of the change."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.reply import Reply, button
from beian.contract.reply import Card
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse

EVENT = "event"
WHICH_TYPE = "which_type"


def ask_event(kb: KnowledgeBase) -> Reply:
    """Ask which of the events it was."""
    events = list(kb.phrases[WHICH_TYPE]["events"])
    text = kb.phrase(WHICH_TYPE, "ask")
    titles = "\n".join(f"{number}. {event}" for number, event in enumerate(events, 1))
    card: Card = {"type": "choices", "title": text, "items": events}
    return Reply("clarify", f"{text}\n{titles}", (), [button(event) for event in events], card)


def told_the_event(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as the answer to the question what happened: an event by its number, or in own words."""
    if state.asked is None or not state.asked.kind.endswith(EVENT):
        return heard
    events = kb.phrases[WHICH_TYPE]["events"]
    said, place = heard.said, heard.said.ordinal
    if not said.named and place is not None and 0 < place <= len(events):
        said = replace(said, named=_named_in(events[place - 1], kb))
    if not said.named or said.asks:
        return heard
    meaning = replace(heard.meaning, outcome="answer", targets=(WHICH_TYPE,), manner="answer", choices=())
    return replace(heard, meaning=meaning, said=said)


def _named_in(event: str, kb: KnowledgeBase) -> tuple[tuple[str, str], ...]:
    """The item or type of change that an event names, by the longest of its words."""
    words = [
        (word, term)
        for term in kb.terms
        if term.group in ("item", "change_type")
        for word in (term.name, *term.aliases)
        if word in event
    ]
    _, term = max(words, key=lambda found: len(found[0]))
    brings = (("change_type", term.change_type),) if term.change_type else ()
    return ((term.group, term.id), *brings)
