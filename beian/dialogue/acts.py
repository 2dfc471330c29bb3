"""Conversation acts: what is neither a question nor an answer to one."""

from __future__ import annotations

from dataclasses import replace

from beian.dialogue.brief import brief_text
from beian.dialogue.handoff import handoff
from beian.dialogue.reply import Reply, answered, button, clarify, next_buttons, question_buttons, starters
from beian.dialogue.state import EVENT, State
from beian.kb import KnowledgeBase
from beian.nlu.labels import label_of

_WITH_STARTERS = ("greet", "capabilities")
_STATED_SHORT = 2


def act(label: str, state: State, kb: KnowledgeBase, guided: bool = False) -> tuple[Reply, State]:
    """The reply to an act's label, such as chitchat/greet, and the state after it. While the checklist is
    made (`guided`) its question follows the reply."""
    base, _, name = label.partition("/")
    if base == "chitchat":
        return _small_talk(name, state, kb), replace(state, asked=0)
    if base == "handoff":
        return handoff(state, kb), replace(state, asked=0)
    if base == "feedback":
        return _ask_again(state, kb)
    if base == "which_type":
        return _which_type(state, kb)
    if base == "stop":
        said = kb.phrase("checklist", "stopped") if guided else kb.phrase("dialogue", "stopped")
        return Reply("smalltalk", said), replace(state, choices=(), awaiting=None)
    return _steer(name, state, kb, guided)


def _small_talk(name: str, state: State, kb: KnowledgeBase) -> Reply:
    text = kb.phrase("smalltalk", name)
    if name == "insult":
        return handoff(state, kb, text)
    return starters("smalltalk", text, kb) if name in _WITH_STARTERS else Reply("smalltalk", text)


def _ask_again(state: State, kb: KnowledgeBase) -> tuple[Reply, State]:
    """After a complaint about the answer: offer what was near it; a person after the second."""
    if state.asked:
        return handoff(state, kb, kb.phrase("handoff", "after_failures")), replace(state, asked=0)
    near = [after for fact in state.facts for after in kb.facts[fact].next][:4] or list(kb.starters)
    reply = clarify(kb.phrase("feedback", "negative"), near, kb)
    return reply, replace(state, choices=tuple(near), asked=state.asked + 1)


def _which_type(state: State, kb: KnowledgeBase) -> tuple[Reply, State]:
    """Tell the type when the case has it, else ask what happened."""
    if state.case.change_type and state.case.item:
        fact = f"type.{state.case.change_type}"
        return answered((fact,), state.case, kb), state.stating((fact,), (label_of(fact),), state.case)
    events = [button(event) for event in kb.phrases["which_type"]["events"]]
    text = kb.phrase("which_type", "ask")
    titles = "\n".join(f"{number}. {event['title']}" for number, event in enumerate(events, 1))
    card = {"type": "choices", "title": text, "items": [event["title"] for event in events]}
    return Reply("clarify", f"{text}\n{titles}", (), events, card), replace(state, choices=(), awaiting=EVENT)


def _steer(name: str, state: State, kb: KnowledgeBase, guided: bool) -> tuple[Reply, State]:
    if name == "restart":
        return starters("smalltalk", kb.phrase("dialogue", "restart"), kb), State()
    if name == "repeat" and state.facts:
        return again(state, kb), state
    if name == "more":
        return _more(state, kb), state
    if name == "simplify" and state.facts:
        return _simply(state, kb), state
    if name == "affirm" and state.choices:
        first = state.choices[:1]
        return answered(first, state.case, kb), state.stating(first, (label_of(first[0]),), state.case)
    if name == "back" and state.trail:
        before = state.trail[-1]
        reply = answered(before, state.case, kb)
        reply.text = f"{kb.phrase('dialogue', 'back')}\n{reply.text}"
        return reply, replace(state, facts=before, trail=state.trail[:-1], choices=())
    if guided:
        return Reply("smalltalk", kb.phrase("checklist", "go_on")), state
    if name == "deny" and state.facts:
        return _denied(state, kb)
    text = kb.phrase("dialogue", name if name in ("affirm", "deny") else "nothing_to_repeat")
    return Reply("smalltalk", text, buttons=question_buttons(kb.starters[:3], kb)), state


def _denied(state: State, kb: KnowledgeBase) -> tuple[Reply, State]:
    """The answer was not wanted; a person after the second time."""
    if state.asked >= (2 if state.choices else 1):
        return handoff(state, kb, kb.phrase("handoff", "after_failures")), replace(state, asked=0)
    reply = Reply("smalltalk", kb.phrase("dialogue", "deny"), buttons=question_buttons(kb.starters[:3], kb))
    return reply, replace(state, choices=(), asked=state.asked + 1)


def _more(state: State, kb: KnowledgeBase) -> Reply:
    """Offer what comes after the last facts."""
    buttons = next_buttons(state.facts, kb, most=5) if state.facts else question_buttons(kb.starters, kb)
    titles = "\n".join(f"· {entry['title']}" for entry in buttons)
    return Reply("smalltalk", f"{kb.phrase('dialogue', 'more')}\n{titles}", buttons=buttons)


def again(state: State, kb: KnowledgeBase) -> Reply:
    """The last answer once more, as it was worked out for this customer."""
    reply = answered(state.facts, state.case, kb)
    if state.said:
        reply.text, reply.card = state.said, None
    return reply


def _simply(state: State, kb: KnowledgeBase) -> Reply:
    """The last answer in fewer words."""
    reply = answered(state.facts, state.case, kb)
    short = state.brief or brief_text([kb.facts[fact] for fact in state.facts], kb)
    reply.text, reply.card = kb.phrase("dialogue", "simplify") + short, None
    return reply
