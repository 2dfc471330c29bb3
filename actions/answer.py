"""Answer a question from the knowledge base, in the customer's own case."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.common import say, turn_of
from beian.calendar.today import today_in_china
from beian.dialogue.engine import respond
from beian.dialogue.state import State
from beian.kb import load_knowledge


class ActionAnswer(Action):
    """Questions about filing changes, open themes and subjects from elsewhere."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Resolve and state the facts, or say why not."""
        kb = load_knowledge()
        reply, state = respond(turn_of(tracker), State.from_slots(tracker.slots), today_in_china(), kb)
        return say(reply, state, tracker, dispatcher, kb)
