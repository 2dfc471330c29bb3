"""What the actions share: from Rasa's tracker to the dialogue's terms and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from beian.dialogue.case import Case
from beian.dialogue.checklist import add_question, waiting
from beian.dialogue.reply import Reply
from beian.dialogue.state import EVENT, State, Turn
from beian.kb import KnowledgeBase

CHECKLIST_FORM = "checklist_form"
CHECKLIST_STEPS = {
    "change_type": "change_type",
    "subject_kind": "subject_kind",
    "item": "item",
    "day_settled": "day",
}


def turn_of(tracker: Tracker) -> Turn:
    """The message at hand as understood by the pipeline."""
    message = tracker.latest_message
    text = str(message.get("text") or "")
    understanding = message.get("understanding") or {"text": text, "outcome": "not_understood", "labels": []}
    return Turn(understanding, message.get("entities") or [], text)


def checklist_step(tracker: Tracker) -> str | None:
    """The step the guide is waiting for, or None when no guide is under way."""
    if tracker.active_loop_name != CHECKLIST_FORM:
        return None
    return CHECKLIST_STEPS.get(str(tracker.get_slot("requested_slot")))


def state_of(tracker: Tracker) -> State:
    """What the conversation knows; while a guide is under way, what it waits for as well."""
    return waiting(State.from_slots(tracker.slots), checklist_step(tracker))


def say(
    reply: Reply, state: State, tracker: Tracker, dispatcher: CollectingDispatcher, kb: KnowledgeBase
) -> list[EventType]:
    """Utter a reply and store the state after it.

    While a guide is under way its question follows, and what it makes a list for stays as it was.
    """
    step = checklist_step(tracker)
    if step:
        kept = Case.from_slots(tracker.slots)
        state = replace(
            state,
            case=replace(
                state.case,
                change_type=kept.change_type,
                item=kept.item,
                subject_kind=kept.subject_kind or state.case.subject_kind,
                changed_on=kept.changed_on,
            ),
        )
        own_question = state.doubted is not None or state.awaiting == EVENT
        if not (reply.status == "clarify" and own_question):
            add_question(reply, step, state.case, kb)
    utter(reply, state, tracker, dispatcher, kb)
    return slot_events(state.as_slots(), tracker)


def utter(
    reply: Reply, state: State, tracker: Tracker, dispatcher: CollectingDispatcher, kb: KnowledgeBase
) -> None:
    """Utter a reply in the public form, with what was understood."""
    understanding = turn_of(tracker).understanding
    understood: dict[str, Any] = {
        "intent": next(iter(understanding["labels"]), "out_of_scope"),
        "confidence": understanding.get("confidence", 0.0),
        **state.case.as_dict(),
    }
    case_text = state.case.text(kb)
    if case_text:
        understood["case_text"] = case_text
    message = reply.as_message(understood, kb)
    dispatcher.utter_message(
        text=message["text"], buttons=message["buttons"] or None, json_message=message["custom"]
    )


def slot_events(slots: dict[str, Any], tracker: Tracker) -> list[EventType]:
    """Events for the slots whose values change."""
    return [SlotSet(name, value) for name, value in slots.items() if tracker.slots.get(name) != value]
