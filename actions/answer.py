"""Answer a question from the knowledge base, in the customer's own case."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.common import CHECKLIST_FORM, checklist_step, say, state_of, turn_of
from beian.calendar.today import today_in_china
from beian.dialogue.checklist import resumes
from beian.dialogue.engine import reply_to
from beian.kb import load_knowledge


class ActionAnswer(Action):
    """Questions about filing changes, open themes, subjects from elsewhere, and what belongs to neither."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Resolve and state the facts, or say why not."""
        kb = load_knowledge()
        if tracker.active_loop_name is None and resumes(turn_of(tracker)):
            return [FollowupAction(CHECKLIST_FORM)]
        guided = checklist_step(tracker) is not None
        reply, state = reply_to(turn_of(tracker), state_of(tracker), today_in_china(), kb, guided)
        return say(reply, state, tracker, dispatcher, kb)
