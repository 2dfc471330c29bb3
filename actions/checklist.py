"""The guided checklist: a form that asks for what is missing, and the list at its end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common import CHECKLIST_STEPS, slot_events, turn_of, utter
from beian.calendar.today import today_in_china
from beian.dialogue.acts import act
from beian.dialogue.checklist import ask, missing, read, result
from beian.dialogue.state import State
from beian.kb import load_knowledge

_SLOT_OF_STEP = {step: slot for slot, step in CHECKLIST_STEPS.items()}


class ValidateChecklistForm(Action):
    """Read what the message says to the guide, and name the slot to ask for next."""

    def name(self) -> str:
        """The name by which Rasa finds the form's validation."""
        return "validate_checklist_form"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Set the slots that the message answers. None set means that it asks something else, and lets
        the rules for interruptions answer it."""
        kb = load_knowledge()
        state = State.from_slots(tracker.slots)
        settled = bool(tracker.get_slot("day_settled"))
        step = CHECKLIST_STEPS.get(str(tracker.get_slot("requested_slot")))
        told, day_told, answered = read(step, turn_of(tracker), state, today_in_china(), kb)
        events = slot_events(told.as_slots(), tracker) if answered else []
        if answered and step:
            # set even to what it was, so that the form takes the message for an answer
            slot = _SLOT_OF_STEP[step]
            events.append(SlotSet(slot, day_told or None if step == "day" else told.as_slots()[slot]))
        if answered and day_told:
            events.append(SlotSet("day_settled", True))
        following = missing(told, settled or day_told)
        return [*events, SlotSet("requested_slot", _SLOT_OF_STEP[following] if following else None)]


class _Ask(Action, ABC):
    """Ask for one step, unless an answer in between has asked for it already."""

    @property
    @abstractmethod
    def step(self) -> str:
        """The step to ask for."""

    def name(self) -> str:
        """The name by which Rasa finds the question for a slot of the form."""
        return f"action_ask_checklist_form_{_SLOT_OF_STEP[self.step]}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Utter the question."""
        if _has_spoken(tracker):
            return []
        kb, state = load_knowledge(), State.from_slots(tracker.slots)
        utter(ask(self.step, state.case, kb), state, tracker, dispatcher, kb)
        return []


def _has_spoken(tracker: Tracker) -> bool:
    """Whether the assistant has said something since the customer's last message."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "bot":
            return True
    return False


class ActionAskChangeType(_Ask):
    """Which change."""

    step = "change_type"


class ActionAskSubjectKind(_Ask):
    """Company or individual."""

    step = "subject_kind"


class ActionAskItem(_Ask):
    """What of the website changes."""

    step = "item"


class ActionAskDay(_Ask):
    """When it changed."""

    step = "day"


class ActionChecklist(Action):
    """The customer's own checklist."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_checklist"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Put the list together from the case."""
        kb = load_knowledge()
        reply, state = result(State.from_slots(tracker.slots), today_in_china(), kb)
        utter(reply, state, tracker, dispatcher, kb)
        return [*slot_events(state.as_slots(), tracker), SlotSet("day_settled", None)]


class ActionStopChecklist(Action):
    """Leave the guide; what is known of the case stays, so that it can be taken up again."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_stop_checklist"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say so."""
        kb = load_knowledge()
        reply, state = act("stop", State.from_slots(tracker.slots), kb, guided=True)
        utter(reply, state, tracker, dispatcher, kb)
        return slot_events(state.as_slots(), tracker)
