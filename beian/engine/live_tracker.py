"""A conversation's tracker as `MaskedTrackerStore` keeps it: it knows how much of it the table has."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    ConversationPaused,
    Event,
    LoopInterrupted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker


@functools.cache
def _class_of(name: str) -> type[Event]:
    """Rasa's class of an event name, found once: Rasa walks all its classes for every event it reads."""
    found: type[Event] = Event.resolve_by_type(name)
    return found


def read_events(bodies: Iterable[Mapping[str, Any]]) -> list[Event]:
    """Events from their dicts, as Rasa reads them. Raises ValueError for a name that Rasa does not know."""
    return [_class_of(body["event"])._from_parameters(dict(body)) for body in bodies if "event" in body]


class LiveTracker(DialogueStateTracker):
    """Rasa's tracker, with where it stands in the table.

    `stored` is how many of its events the table has, `last_row` the row of the newest, `in_session` how many
    events the latest session has there, and `beginning` what stands for all before the turn.
    """

    stored: int = 0
    last_row: int | None = None
    in_session: int = 0
    beginning: list[Event] | None = None

    @classmethod
    def from_dict(
        cls,
        sender_id: str,
        events_as_dict: list[dict[str, Any]],
        slots: Iterable[Slot] | None = None,
        max_event_history: int | None = None,
    ) -> LiveTracker:
        """The tracker of stored events. Raises ValueError for an event that Rasa does not know."""
        read: LiveTracker = cls.from_events(sender_id, read_events(events_as_dict), slots, max_event_history)
        return read

    def cut(self, newest: list[Event]) -> None:
        """Keep what it knows, and to replay it from: the beginning and its newest events."""
        self.events = self._create_events([*(self.beginning or []), *newest])

    def shortened(self, domain: Domain) -> LiveTracker:
        """The tracker itself, or one with its last turn alone and what stands for the rest."""
        events = list(self.events)
        starts = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
        if len(starts) <= 1:
            return self
        before, last = events[: starts[-1]], events[starts[-1] :]
        head = LiveTracker.from_events(self.sender_id, before, domain.slots).what_stands_for_it()
        short: LiveTracker = LiveTracker.from_events(self.sender_id, head + last, domain.slots)
        short.model_id, short.assistant_id = self.model_id, self.assistant_id
        return short

    def what_stands_for_it(self) -> list[Event]:
        """Events that lead to the same slots and loop: those of a session that has just begun, with the slots
        and, if one is active, the loop as far as it is."""
        loop = self.active_loop
        head: list[Event] = [ActionExecuted("action_session_start"), SessionStarted()]
        changed = {name: slot.value for name, slot in self.slots.items() if slot.value != slot.initial_value}
        head += [SlotSet(name, value) for name, value in changed.items()]
        if self.active_loop_name:
            head += [ActionExecuted(self.active_loop_name), ActiveLoop(self.active_loop_name)]
        head.append(ActionExecuted("action_listen"))
        # An action ends an interruption: these come after it.
        if loop is not None and loop.rejected:
            head.append(ActionExecutionRejected(loop.name))
        if loop is not None and loop.is_interrupted:
            head.append(LoopInterrupted(True))
        if self.is_paused():
            head.append(ConversationPaused())
        if self.events:
            for event in head:
                event.timestamp = self.events[-1].timestamp
        return head
