"""Greetings, thanks, complaints, a person, which change, and steering: repeat, simplify, back, restart."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.common import say, turn_of
from beian.calendar.today import today_in_china
from beian.dialogue.acts import act
from beian.dialogue.engine import continues, noted, respond
from beian.dialogue.state import State
from beian.kb import load_knowledge

_RESTART = "dialogue/restart"


class ActionManners(Action):
    """Conversation acts; a message that continues the last answer is answered instead."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_manners"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say what fits the act."""
        kb, turn, state = load_knowledge(), turn_of(tracker), State.from_slots(tracker.slots)
        today = today_in_china()
        label = next(iter(turn.labels), "")
        if turn.outcome != "act" or continues(turn, state, today, kb):
            reply, state = respond(turn, state, today, kb)
        else:
            reply, state = act(label, noted(turn, state, today, kb), kb)
        events = say(reply, state, tracker, dispatcher, kb)
        return [AllSlotsReset()] if label == _RESTART else events
