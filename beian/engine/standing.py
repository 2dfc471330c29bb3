"""Where each conversation stands: read, changed and forgotten, without a word being said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from beian.calendar.today import today_in_china
from beian.dialogue.answer import listened
from beian.engine.parsing import MessageParser
from beian.hearing.heard import heard_in
from beian.hearing.noted import noted
from beian.kb import KnowledgeBase
from beian.masking import mask
from beian.meaning.slots import slots_of, state_from
from beian.meaning.state import Discourse
from beian.text.acceptable import RejectedError, acceptable

if TYPE_CHECKING:
    from beian.engine.live_tracker import LiveTracker
    from beian.engine.locks import ConversationLocks
    from beian.engine.tracker_store import MaskedTrackerStore

MAX_CHARACTERS = 2000


class Standing:
    """Reads and writes the state of conversations; the assistant answers from it."""

    def __init__(
        self,
        tracker_store: MaskedTrackerStore,
        locks: ConversationLocks,
        kb: KnowledgeBase,
        parser: MessageParser,
    ) -> None:
        self.tracker_store, self.locks, self.kb = tracker_store, locks, kb
        self._parser = parser

    async def listen(self, sender: str, text: str) -> None:
        """Take in what a customer tells a person: the case changes, and nothing is said.

        Raises StoreError when the conversation cannot be read or written.
        """
        try:
            masked = mask(acceptable(text, MAX_CHARACTERS))
        except RejectedError:
            return
        async with self.locks.lock(sender), self._parser.understood(masked) as alone:
            state = await self.discourse(sender)
            data = self._parser.read(alone, state)
            heard = heard_in(data, today_in_china(), self.kb)
            await self._set(sender, state, listened(heard, state, self.kb))

    async def correct(self, sender: str, change: Callable[[Discourse], Discourse]) -> None:
        """Change where a conversation stands, as somebody who knows better says. Raises StoreError."""
        async with self.locks.lock(sender):
            state = await self.discourse(sender)
            await self._set(sender, state, change(state))

    async def note(self, sender: str, values: Mapping[str, str | None]) -> None:
        """Take in what the page around the customer says of the matter: ids of the vocabulary by slot, or
        None where it says nothing any more, and `phase` of those in phrases.yml. Nothing is said.

        Raises ValueError for a slot or an id that does not exist, StoreError as `listen` does.
        """
        async with self.locks.lock(sender):
            state = await self.discourse(sender)
            await self._set(sender, state, noted(values, state, self.kb))

    async def _set(self, sender: str, before: Discourse, after: Discourse) -> None:
        """Store the state `after`; the caller holds the conversation's lock."""
        from rasa.shared.core.events import SlotSet

        if after == before:
            return
        store = self.tracker_store
        tracker = await store.retrieve(sender) or await store.create_tracker(sender)
        for name, value in slots_of(after).items():
            if tracker.get_slot(name) != value:
                tracker.update(SlotSet(name, value))
        await store.save(tracker)

    async def discourse(self, sender: str) -> Discourse:
        """Where a conversation stands. Raises StoreError when it cannot be read."""
        held = self.tracker_store.glance(sender)
        return state_from(held if held is not None else await self.tracker_store.slots(sender))

    async def tracker(self, sender: str) -> LiveTracker | None:
        """The conversation's whole tracker, or None when there is none."""
        return await self.tracker_store.retrieve_full_tracker(sender)

    async def restart(self, sender: str) -> None:
        """Forget the customer's case; the caller holds the conversation's lock. Raises StoreError."""
        from rasa.shared.core.events import Restarted

        tracker = await self.tracker_store.retrieve(sender)
        if tracker is not None:
            tracker.update(Restarted())
            await self.tracker_store.save(tracker)

    def stored_events(self, sender: str, message_id: str) -> list[dict[str, Any]]:
        """The stored events of the turn that began with the message of this id; [] when there is none."""
        return self.tracker_store.turn(sender, message_id)
