"""Conversation acts: greetings, thanks, feelings, a person, and steering (more, back, restart, stop)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beian.answers.events import EVENT, ask_event
from beian.answers.reply import Reply, answered, clarify, next_buttons, question_buttons, starters
from beian.contract.reply import Status
from beian.dialogue.asking import give_up
from beian.dialogue.handoff import handoff, summary_of
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.state import Asked, Discourse

_FEW = 3
_MORE = 5


def social(
    label: str, heard: Heard, state: Discourse, today: date, kb: KnowledgeBase
) -> tuple[Reply, Discourse]:
    """The reply to an act's label, such as chitchat/greet, and the state after it."""
    base, _, name = label.partition("/")
    if base == "handoff":
        return _about_person(name, state, kb)
    if base == "feedback" or (base == "dialogue" and name == "deny" and state.asked_back):
        return _ask_again(state, kb)
    if base == "which_type":
        return _which_type(heard, state, kb)
    if base == "dialogue":
        return _steer(name, state, kb)
    if base == "stop":
        said = kb.phrase("dialogue", "stopped")
        return Reply("smalltalk", said), replace(state, asked=None, asked_back=0, last="smalltalk")
    return _small_talk(name, state, kb), replace(state, asked_back=0, last="smalltalk")


def _small_talk(name: str, state: Discourse, kb: KnowledgeBase) -> Reply:
    text = kb.phrase("smalltalk", name)
    if name in kb.phrases["smalltalk"]["to_a_person"]:
        return handoff(state, kb, text)
    if name in kb.phrases["smalltalk"]["with_starters"]:
        return starters("smalltalk", text, kb)
    if name in kb.phrases["smalltalk"]["goes_on"] and state.stated:
        return Reply("smalltalk", text, buttons=next_buttons(state.stated, kb, state))
    return Reply("smalltalk", text)


def _about_person(name: str, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """To a person, or about one who is waited for: what the desk knows it says itself."""
    if name == "request":
        return handoff(state, kb), replace(state, asked=None, asked_back=0, last="handoff")
    text = kb.phrase("handoff", name)
    # only who wants a person, or leaves a word for one, is to be served by one
    status: Status = "handoff" if name == "message" else "smalltalk"
    facts = tuple(kb.phrases["handoff"]["facts"]) if name != "cancel" else ()
    extra: dict[str, object] = {"cancelled": True} if name == "cancel" else {}
    if status == "handoff":
        # the person who reads the word left has to know the case
        extra["summary"] = summary_of(state, kb)
    after = replace(state, asked=None, asked_back=0, last="smalltalk" if name == "cancel" else "handoff")
    return Reply(status, text, facts, extra=extra), after


def _ask_again(state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """After a complaint about the answer: offer what was near it; a person after the second."""
    if state.asked_back:
        return give_up(state, kb)
    near = [after for fact in state.stated for after in kb.facts[fact].next][:4] or list(kb.starters)
    reply = clarify(kb.phrase("feedback", "negative"), near, kb)
    after = replace(
        state, asked=Asked("choice", tuple(near)), asked_back=state.asked_back + 1, last="clarify"
    )
    return reply, after


def _which_type(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """Tell the type when the case or the message has it, else ask what happened."""
    named = heard.said.case()
    state = state.focused(**{slot: named[slot] for slot in ("change_type", "item") if "item" in named})
    focus = state.focus
    # a type alone has been named in passing, unless it was told for an answer
    if focus.change_type and (focus.item or heard.meaning.manner == "answer"):
        fact = next(
            f for f, cell in kb.cells.items() if dict(cell.when) == {"change_type": focus.change_type}
        )
        return answered((fact,), state, kb), replace(
            state, stated=(fact,), theme=None, asked=None, last="answered", asked_back=0
        )
    return ask_event(kb), replace(state, asked=Asked(EVENT), last="clarify")


def _steer(name: str, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    if name == "restart":
        return starters("smalltalk", kb.phrase("dialogue", "restart"), kb), Discourse()
    if name == "more":
        return _more(state, kb), replace(state, last="smalltalk")
    if name == "affirm" and state.asked and state.asked.kind == "choice":
        first = kb.facts_of_label(state.asked.options[0])
        return answered(first, state, kb), replace(
            state, stated=first, theme=None, asked=None, last="answered"
        )
    if name == "back" and state.trail:
        before = state.trail[-1]
        reply = answered(before, state, kb)
        reply.text = f"{kb.phrase('dialogue', 'back')}\n{reply.text}"
        return reply, replace(
            state, stated=before, theme=None, trail=state.trail[:-1], asked=None, last="answered"
        )
    if name in ("repeat", "simplify") and state.stated:
        return answered(state.stated, state, kb), state
    phrase = name if name in ("affirm", "deny") else "nothing_to_repeat"
    text = kb.phrase("dialogue", "go_on" if name == "affirm" and state.stated else phrase)
    buttons = (
        next_buttons(state.stated, kb, state) if state.stated else question_buttons(kb.starters[:_FEW], kb)
    )
    failed = state.asked_back + (name == "deny")
    return Reply("smalltalk", text, buttons=buttons), replace(state, asked_back=failed, last="smalltalk")


def _more(state: Discourse, kb: KnowledgeBase) -> Reply:
    """Offer what comes after the last facts."""
    buttons = (
        next_buttons(state.stated, kb, most=_MORE) if state.stated else question_buttons(kb.starters, kb)
    )
    titles = "\n".join(f"· {entry['title']}" for entry in buttons)
    return Reply("smalltalk", f"{kb.phrase('dialogue', 'more')}\n{titles}", buttons=buttons)
