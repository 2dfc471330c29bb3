"""The one action: answer a message by what it means where the conversation stands."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from beian.answers.case import case_parts, case_text
from beian.calendar.today import today_in_china
from beian.dialogue.answer import reply_to
from beian.hearing.heard import Heard, heard_in
from beian.kb import KnowledgeBase, load_knowledge
from beian.meaning.slots import slots_of, state_from
from beian.meaning.state import Discourse
from beian.nlu.labels import label_of


class ActionReply(Action):
    """Questions, answers, corrections, small talk, the checklist: everything a customer says."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_reply"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say one message and store the state after it."""
        kb = load_knowledge()
        heard = heard_in(tracker.latest_message, today_in_china(), kb)
        reply, state = reply_to(heard, state_from(tracker.slots), today_in_china(), kb)
        message = reply.as_message(understood(heard, state, kb), kb)
        dispatcher.utter_message(
            text=message["text"], buttons=message["buttons"] or None, json_message=message["custom"]
        )
        after = slots_of(state)
        return [SlotSet(name, value) for name, value in after.items() if tracker.slots.get(name) != value]


def understood(heard: Heard, state: Discourse, kb: KnowledgeBase) -> dict[str, Any]:
    """What the reply says of how the message was taken: the label acted on, and the case after it."""
    first = next(iter(heard.meaning.targets or heard.meaning.choices), "out_of_scope")
    found: dict[str, Any] = {"intent": label_of(first), "confidence": round(heard.meaning.chance, 4)}
    found |= case_parts(state)
    written = case_text(state, kb)
    return {**found, "case_text": written} if written else found
