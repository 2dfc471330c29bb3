"""What the actions share: from Rasa's tracker to the dialogue's terms and back."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from beian.dialogue.engine import State, Turn
from beian.dialogue.reply import Reply
from beian.kb import KnowledgeBase


def turn_of(tracker: Tracker) -> Turn:
    """The message at hand as understood by the pipeline."""
    message = tracker.latest_message
    understanding = message.get("understanding") or {
        "text": message.get("text") or "",
        "outcome": "not_understood",
        "labels": [],
    }
    return Turn(understanding, message.get("entities") or [])


def say(
    reply: Reply, state: State, tracker: Tracker, dispatcher: CollectingDispatcher, kb: KnowledgeBase
) -> list[EventType]:
    """Utter a reply and store the state after it."""
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
    held = tracker.slots
    return [SlotSet(name, value) for name, value in state.as_slots().items() if held.get(name) != value]
