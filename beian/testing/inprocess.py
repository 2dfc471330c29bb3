"""The driver that holds conversations in this process: live code, stores in memory, no server."""

from __future__ import annotations

import asyncio
import itertools
import os
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from beian.calendar.today import OVERRIDE
from beian_suite.run import SEED
from beian_suite.turn import Happening, Message, Turn, happenings_of

if TYPE_CHECKING:
    from beian.engine.assistant import Assistant


class InProcessDriver:
    """Loads the assistant at the first conversation. `model` is a file, the newest in models/ by default."""

    name = "in process"

    def __init__(self, model: Path | None = None) -> None:
        self._model = model
        self._loop = asyncio.new_event_loop()
        self._loaded: Assistant | None = None
        self._numbers = itertools.count(1)
        self.sender = ""
        self._heard = 0
        self._today = os.environ.get(OVERRIDE)

    def load(self) -> Assistant:
        """The assistant; loading it takes seconds, the first time."""
        if self._loaded is None:
            from beian.engine.assistant import Assistant

            self._loaded = self._loop.run_until_complete(Assistant.load(self._model))
        return self._loaded

    def begin(self, slots: Mapping[str, Any], today: date | None) -> str | None:
        """A fresh conversation with these slots, on this date; what is drawn by chance is drawn alike."""
        np.random.seed(SEED)
        self.sender = f"suite-{next(self._numbers)}"
        self._heard = 0
        self._set_today(today.isoformat() if today else self._today)
        if slots:
            self._loop.run_until_complete(self._fill(slots))
        return None

    @staticmethod
    def _set_today(value: str | None) -> None:
        if value is None:
            os.environ.pop(OVERRIDE, None)
        else:
            os.environ[OVERRIDE] = value

    async def _fill(self, slots: Mapping[str, Any]) -> None:
        from rasa.shared.core.events import SlotSet

        processor = self.load().agent.processor
        assert processor is not None
        unknown = set(slots) - {slot.name for slot in processor.domain.slots}
        if unknown:
            raise KeyError(f"fixtures: the domain has no slot {', '.join(sorted(unknown))}")
        tracker = await processor.fetch_tracker_and_update_session(self.sender)
        for name, value in slots.items():
            tracker.update(SlotSet(name, value), processor.domain)
        await processor.save_tracker(tracker)
        self._heard = len(tracker.events)

    def send(self, text: str, metadata: Mapping[str, Any]) -> Turn:
        """One turn, timed from the message to the last utterance."""
        return self._loop.run_until_complete(self._send(text, metadata))

    async def _send(self, text: str, metadata: Mapping[str, Any]) -> Turn:
        assistant = self.load()
        begun = time.perf_counter()
        said = await assistant.reply(self.sender, text, dict(metadata))
        seconds = time.perf_counter() - begun
        tracker = await assistant.tracker(self.sender)
        events = [event.as_dict() for event in tracker.events] if tracker else []
        fresh, self._heard = events[self._heard :], len(events)
        happenings = happenings_of(fresh)
        names = [event.name or None for event in happenings if event.kind == "bot"]
        messages = [Message.of(raw, name) for raw, name in itertools.zip_longest(said, names) if raw]
        if not names:
            # A text that is turned away leaves no events.
            happenings += [Happening("bot", message=message) for message in messages]
        return Turn(
            text=text,
            messages=tuple(messages),
            happenings=tuple(happenings),
            slots=tracker.current_slot_values() if tracker else {},
            ranking=_ranking(fresh),
            ms=1000 * seconds,
        )

    def end(self) -> None:
        """Put the date back."""
        self._set_today(self._today)

    def close(self) -> None:
        """Stop the assistant."""
        if self._loaded is not None:
            self._loaded.close()
        self._loop.close()


def _ranking(events: list[dict[str, Any]]) -> tuple[tuple[str, float], ...]:
    """The labels of the message at hand; none for a text that was turned away before it was understood."""
    for event in reversed(events):
        if event.get("event") == "user":
            entries = (event.get("parse_data") or {}).get("intent_ranking") or []
            return tuple(
                (str(entry.get("label") or entry["name"]), float(entry["confidence"])) for entry in entries
            )
    return ()
