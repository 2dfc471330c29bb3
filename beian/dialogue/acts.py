"""Conversation acts: what is neither a question nor an answer to one."""

from __future__ import annotations

from dataclasses import replace

from beian.dialogue.engine import State, more, repeat
from beian.dialogue.render import fact_text
from beian.dialogue.reply import Reply, answered, clarify, question_buttons, starters
from beian.kb import KnowledgeBase

_WITH_STARTERS = ("greet", "capabilities")


def act(label: str, state: State, kb: KnowledgeBase) -> tuple[Reply, State]:
    """The reply to an act's label, such as chitchat/greet, and the state after it."""
    base, _, name = label.partition("/")
    if base == "chitchat":
        text = kb.phrase("smalltalk", name)
        return (
            starters("smalltalk", text, kb) if name in _WITH_STARTERS else Reply("smalltalk", text)
        ), state
    if base == "handoff":
        return handoff(state, kb), state
    if base == "feedback":
        return _ask_again(state, kb)
    if base == "guide":
        return _guide(name, state, kb)
    return _steer(name, state, kb)


def handoff(state: State, kb: KnowledgeBase) -> Reply:
    """How to reach a person, with the case ready to be told."""
    lines = [kb.phrase("handoff", "text")]
    case_text = state.case.text(kb)
    if case_text:
        lines.append(kb.phrase("handoff", "case", case=case_text))
    return Reply(
        "handoff",
        "\n".join(lines),
        facts=tuple(kb.phrases["handoff"]["facts"]),
        extra={"summary": case_text},
    )


def _ask_again(state: State, kb: KnowledgeBase) -> tuple[Reply, State]:
    """After a complaint about the answer: offer what was near it."""
    near = [after for fact in state.facts for after in kb.facts[fact].next][:3] or list(kb.starters)
    reply = clarify(kb.phrase("feedback", "negative"), near, kb)
    return reply, replace(state, choices=tuple(near), asked=state.asked + 1)


def _guide(name: str, state: State, kb: KnowledgeBase) -> tuple[Reply, State]:
    if name == "cancel":
        return Reply("smalltalk", kb.phrase("guide", "cancel")), replace(state, choices=())
    if name == "which_type":
        choices = tuple(fact for fact in kb.facts if fact.startswith("type."))
        reply = clarify(kb.phrase("guide", "which_type"), choices, kb)
        return reply, replace(state, choices=choices)
    choices = kb.facts["materials.overview"].next
    reply = clarify(kb.phrase("clarify", "materials"), choices, kb)
    return reply, replace(state, choices=choices)


def _steer(name: str, state: State, kb: KnowledgeBase) -> tuple[Reply, State]:
    if name == "restart":
        return starters("smalltalk", kb.phrase("dialogue", "restart"), kb), State()
    if name == "repeat":
        return repeat(state, kb), state
    if name == "more":
        return more(state, kb), state
    if name == "simplify" and state.facts:
        return _simply(state, kb), state
    if name == "affirm" and state.choices:
        return answered(state.choices[:1], state.case, kb), replace(
            state, choices=(), facts=state.choices[:1]
        )
    if name == "back" and state.facts:
        reply = answered(state.facts, state.case, kb)
        reply.text = f"{kb.phrase('dialogue', 'back')}\n{reply.text}"
        return reply, state
    text = kb.phrase("dialogue", name if name in ("affirm", "deny") else "nothing_to_repeat")
    return Reply("smalltalk", text, buttons=question_buttons(kb.starters[:3], kb)), state


def _simply(state: State, kb: KnowledgeBase) -> Reply:
    """The last facts again, as lists only where they have lists."""
    reply = answered(state.facts, state.case, kb)
    short = [
        "；".join(kb.facts[fact].items) if kb.facts[fact].items else fact_text(kb.facts[fact])
        for fact in state.facts
    ]
    reply.text = kb.phrase("dialogue", "simplify") + "\n".join(short)
    return reply
