"""Greetings, thanks, complaints, and steering the conversation: repeat, simplify, back, more, restart."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.common import say, turn_of
from beian.dialogue.acts import act
from beian.dialogue.engine import State, continues, respond
from beian.kb import load_knowledge


class ActionManners(Action):
    """Small talk and conversation acts; a message that continues the last answer is answered instead."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_manners"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say what fits the act."""
        kb, turn, state = load_knowledge(), turn_of(tracker), State.from_slots(tracker.slots)
        if continues(turn, state, kb):
            reply, state = respond(turn, state, kb)
        else:
            reply, state = act(turn.labels[0], state, kb)
        events = say(reply, state, tracker, dispatcher, kb)
        return [AllSlotsReset()] if turn.labels[0] == "dialogue/restart" else events
