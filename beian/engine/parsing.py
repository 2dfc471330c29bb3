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

from beian.meaning.state import Discourse
from beian.text.listing import laid_out

if TYPE_CHECKING:
    from rasa.shared.nlu.training_data.message import Message

    from beian.engine.agent import AssistantAgent
    from beian.engine.components.contextual_meaning import ContextualMeaning

MOST_AT_ONCE = 16
MOST_CHARACTERS = 1000
"""So that a flood of messages, or of long ones, does not keep the event loop for long."""
LONGEST_WAIT = 0.05
"""Seconds after which a message is parsed whatever else is under way: an action may hang."""


class MessageParser:
    """Messages as understood by themselves, and Rasa's parse data of them in their conversation.

    The dear part, encoder and classifier, does not depend on the conversation and is done for several
    messages at once; what they mean where their conversations stand is read for each by itself.
    """

    def __init__(self, agent: AssistantAgent) -> None:
        self._agent = agent
        self._waiting: list[tuple[str, asyncio.Future[Message]]] = []
        self._answering = 0
        self._next: asyncio.TimerHandle | asyncio.Handle | None = None
        self._known: tuple[Any, tuple[str, ContextualMeaning | None]] | None = None

    @asynccontextmanager
    async def understood(self, text: str) -> AsyncIterator[Message]:
        """A text as understood by itself, for as long as it is being answered.

        Raises what the pipeline raises for this text.
        """
        message = await self._alone(text)
        self._answering += 1
        try:
            yield message
        finally:
            self._answering -= 1
            if not self._answering and self._waiting:
                self._plan()

    async def parse(self, text: str, state: Discourse | None = None) -> dict[str, Any]:
        """The parse data of a text after `state`; raises what the pipeline raises for it."""
        return self.read(await self._alone(text), state or Discourse())

    def read(self, message: Message, state: Discourse) -> dict[str, Any]:
        """The parse data of a message that was understood by itself, read where its conversation stands."""
        if self.reading is not None:
            self.reading.read(message, state)
        nothing = {"text": "", "intent": {"name": None, "confidence": 0.0}, "entities": []}
        return {**nothing, **message.as_dict(only_output_properties=True)}

    @property
    def reading(self) -> ContextualMeaning | None:
        """The component that reads messages in their conversation, if the model has one."""
        return self._steps()[1]

    async def _alone(self, text: str) -> Message:
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
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

    def _settle_all(self, batch: list[tuple[str, asyncio.Future[Message]]]) -> None:
        try:
            parsed = self._parsed([text for text, _ in batch])
        except Exception as error:  # noqa: BLE001 - it goes to whoever sent the text it is about
            if len(batch) == 1:
                _settle(batch[0][1], error)
                return
            for one in batch:
                self._settle_all([one])
            return
        for (_, future), message in zip(batch, parsed, strict=True):
            _settle(future, message)

    def _parsed(self, texts: list[str]) -> list[Message]:
        from rasa.core.channels.channel import UserMessage
        from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
        from rasa.shared.core.trackers import DialogueStateTracker
        from rasa.shared.nlu.constants import TEXT

        target, _ = self._steps()
        inputs = {
            PLACEHOLDER_MESSAGE: [UserMessage(laid_out(text)) for text in texts],
            PLACEHOLDER_TRACKER: DialogueStateTracker.from_events("", []),
        }
        found: list[Message] = self._processor.graph_runner.run(inputs=inputs, targets=[target])[target]
        if len(found) != len(texts):
            raise RuntimeError(f"the pipeline made {len(found)} messages of {len(texts)}")
        for message, text in zip(found, texts, strict=True):
            if laid_out(text) != text:
                # it stays as it was typed
                message.set(TEXT, text)
        return found

    @property
    def _processor(self) -> Any:
        if self._agent.processor is None:
            raise RuntimeError("no model is loaded")
        return self._agent.processor

    def _steps(self) -> tuple[str, ContextualMeaning | None]:
        """The step of the graph after which a message is understood by itself, and the component that reads
        it in its conversation. A model without that component understands messages by themselves alone."""
        processor = self._processor
        if self._known is None or self._known[0] is not processor:
            self._known = (processor, _steps_of(processor))
        return self._known[1]


def _steps_of(processor: Any) -> tuple[str, ContextualMeaning | None]:
    from beian.engine.components.contextual_meaning import ContextualMeaning

    for name, node in processor.model_metadata.predict_schema.nodes.items():
        if issubclass(node.uses, ContextualMeaning):
            before = node.needs["messages"]
            return before, processor.graph_runner.component(name)
    return processor.model_metadata.nlu_target, None


def _portion(lengths: list[int]) -> int:
    """How many of the messages of these lengths are parsed at once: at least one."""
    portion = total = 0
    for length in lengths[:MOST_AT_ONCE]:
        total += length
        if portion and total > MOST_CHARACTERS:
            break
        portion += 1
    return portion


def _settle(future: asyncio.Future[Message], outcome: Message | Exception) -> None:
    """Tell the one who waits, if anyone still does."""
    if future.done():
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
