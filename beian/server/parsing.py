"""Understanding messages: those that wait at the same time go through the pipeline together.

The sentence encoder spends most of a short message reading its weights; for eight messages at once it
needs little more than twice the time of one. So messages that come while others are being answered wait
until those are done: the process answers one at a time, and they would have waited anyway.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rasa.core.agent import Agent

MOST_AT_ONCE = 16
MOST_CHARACTERS = 1000
"""So that a flood of messages, or of long ones, does not keep the event loop for long."""
LONGEST_WAIT = 0.05
"""Seconds after which a message is parsed whatever else is under way: an action may hang."""


class MessageParser:
    """Rasa's parse data of texts. A message does not depend on its conversation for it."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._waiting: list[tuple[str, asyncio.Future[dict[str, Any]]]] = []
        self._answering = 0
        self._next: asyncio.TimerHandle | asyncio.Handle | None = None

    @asynccontextmanager
    async def understood(self, text: str) -> AsyncIterator[dict[str, Any]]:
        """The parse data of a text, for as long as it is being answered.

        Raises what the pipeline raises for this text.
        """
        data = await self.parse(text)
        self._answering += 1
        try:
            yield data
        finally:
            self._answering -= 1
            if not self._answering and self._waiting:
                self._plan()

    async def parse(self, text: str) -> dict[str, Any]:
        """The parse data of a text; raises what the pipeline raises for it."""
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting.append((text, future))
        if self._next is None:
            self._plan()
        return await future

    def _plan(self) -> None:
        """Parse what waits: soon when nothing is being answered, else when its time is up."""
        if self._next is not None:
            self._next.cancel()
        loop = asyncio.get_running_loop()
        if self._answering:
            self._next = loop.call_later(LONGEST_WAIT, self._parse_waiting)
        else:
            self._next = loop.call_soon(self._parse_waiting)

    def _parse_waiting(self) -> None:
        self._next = None
        portion = _portion([len(text) for text, _ in self._waiting])
        batch, self._waiting = self._waiting[:portion], self._waiting[portion:]
        if self._waiting:
            self._plan()
        self._settle_all(batch)

    def _settle_all(self, batch: list[tuple[str, asyncio.Future[dict[str, Any]]]]) -> None:
        try:
            parsed = self._parsed([text for text, _ in batch])
        except Exception as error:  # noqa: BLE001 - it goes to whoever sent the text it is about
            if len(batch) == 1:
                _settle(batch[0][1], error)
                return
            for one in batch:
                self._settle_all([one])
            return
        for (_, future), data in zip(batch, parsed, strict=True):
            _settle(future, data)

    def _parsed(self, texts: list[str]) -> list[dict[str, Any]]:
        from rasa.core.channels.channel import UserMessage
        from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
        from rasa.shared.core.trackers import DialogueStateTracker

        processor = self._agent.processor
        if processor is None:
            raise RuntimeError("no model is loaded")
        target = processor.model_metadata.nlu_target
        inputs = {
            PLACEHOLDER_MESSAGE: [UserMessage(text) for text in texts],
            PLACEHOLDER_TRACKER: DialogueStateTracker.from_events("", []),
        }
        found = processor.graph_runner.run(inputs=inputs, targets=[target])[target]
        if len(found) != len(texts):
            raise RuntimeError(f"the pipeline made {len(found)} messages of {len(texts)}")
        nothing = {"text": "", "intent": {"name": None, "confidence": 0.0}, "entities": []}
        return [{**nothing, **message.as_dict(only_output_properties=True)} for message in found]


def _portion(lengths: list[int]) -> int:
    """How many of the messages of these lengths are parsed at once: at least one."""
    portion = total = 0
    for length in lengths[:MOST_AT_ONCE]:
        total += length
        if portion and total > MOST_CHARACTERS:
            break
        portion += 1
    return portion


def _settle(future: asyncio.Future[dict[str, Any]], outcome: dict[str, Any] | Exception) -> None:
    """Tell the one who waits, if anyone still does."""
    if future.done():
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
