"""Greetings, thanks, complaints, a person, which change, and steering: repeat, simplify, back, restart."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import AllSlotsReset, EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import ActionAnswer
from actions.common import turn_of

_RESTART = "dialogue/restart"


class ActionManners(ActionAnswer):
    """Conversation acts; a message that continues the last answer is answered instead."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_manners"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say what fits the act; starting over forgets everything."""
        events = super().run(dispatcher, tracker, domain)
        return [AllSlotsReset()] if turn_of(tracker).labels[:1] == (_RESTART,) else events
