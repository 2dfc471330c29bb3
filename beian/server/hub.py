"""From an accepted message to its answer, and to everyone who watches the conversation."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from beian.server.assistant import Assistant, error_message
from beian.server.database import StoreError
from beian.server.metrics import Metrics
from beian.server.store import ANSWERED_MODES, ConversationStore, Draft, Message, TurnRecord

logger = logging.getLogger(__name__)

_RETRIES = (0.5, 2.0, 5.0)
_STREAM_BACKLOG = 200


@dataclass(frozen=True)
class Event:
    """Something to show: "message" with a Message, "typing" with a bool, "mode" with a mode."""

    kind: str
    value: Any


class Stream:
    """One watcher's events; None ends it. A watcher that does not read is cut off and comes back."""

    def __init__(self) -> None:
        self.events: asyncio.Queue[Event | None] = asyncio.Queue(_STREAM_BACKLOG)

    def put(self, event: Event | None) -> bool:
        """Hand over an event; False when the watcher is too far behind."""
        try:
            self.events.put_nowait(event)
        except asyncio.QueueFull:
            return False
        return True


class Hub:
    """Answers accepted messages one after another for each conversation, and tells the watchers."""

    def __init__(self, assistant: Assistant, store: ConversationStore, metrics: Metrics) -> None:
        self.assistant, self.store, self.metrics = assistant, store, metrics
        self.after_reply: list[Callable[[str, list[Message]], None]] = []
        """Called with the conversation and the messages of each answer, such as to ask for a person."""
        self.takers: list[Callable[[str, Message], bool]] = []
        """Asked before each answer; one that returns True has dealt with the message itself."""
        self.listeners: list[Callable[[str, str, Any], None]] = []
        """Called with conversation, kind and value of every event that is published."""
        self._streams: dict[str, set[Stream]] = defaultdict(set)
        self._queues: dict[str, list[int]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.stopping = False

    # --- watching --------------------------------------------------------------------------------

    def watch(self, conversation: str) -> Stream:
        """A stream of what happens in the conversation from now on; end it with `leave`."""
        stream = Stream()
        self._streams[conversation].add(stream)
        self.metrics.streams.set(self.stream_count)
        return stream

    def leave(self, conversation: str, stream: Stream) -> None:
        """Stop watching."""
        watchers = self._streams.get(conversation)
        if watchers is not None:
            watchers.discard(stream)
            if not watchers:
                del self._streams[conversation]
        self.metrics.streams.set(self.stream_count)

    def watchers(self, conversation: str) -> int:
        """How many watch the conversation."""
        return len(self._streams.get(conversation, ()))

    @property
    def stream_count(self) -> int:
        """How many streams are open in all."""
        return sum(map(len, self._streams.values()))

    def publish(self, conversation: str, kind: str, value: Any) -> None:
        """Show an event to all who watch the conversation."""
        for listener in self.listeners:
            listener(conversation, kind, value)
        for stream in list(self._streams.get(conversation, ())):
            if not stream.put(Event(kind, value)):
                stream.events.get_nowait()
                stream.put(None)
                self.leave(conversation, stream)

    def say(self, conversation: str, draft: Draft) -> Message:
        """Append a message of an agent or of the system, and show it."""
        message = self.store.append(conversation, draft)
        self.publish(conversation, "message", message)
        return message

    def set_mode(self, conversation: str, mode: str, **conditions: Any) -> bool:
        """Change the mode as `ConversationStore.set_mode` does, and show it when it was changed."""
        changed = self.store.set_mode(conversation, mode, **conditions)
        if changed:
            self.publish(conversation, "mode", mode)
        return changed

    # --- answering -------------------------------------------------------------------------------

    @property
    def waiting(self) -> int:
        """Accepted messages that wait for their answer."""
        return sum(map(len, self._queues.values()))

    def enqueue(self, conversation: str, number: int) -> None:
        """Have the assistant answer message `number`."""
        queue = self._queues.get(conversation)
        if queue is not None:
            queue.append(number)
        else:
            self._queues[conversation] = [number]
            task = asyncio.get_event_loop().create_task(self._work(conversation))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self.metrics.queue.set(self.waiting)

    def resume(self) -> int:
        """Queue what an earlier process accepted and did not answer; how many messages."""
        left = self.store.unanswered()
        for conversation, number in left:
            self.enqueue(conversation, number)
        return len(left)

    async def _work(self, conversation: str) -> None:
        queue = self._queues[conversation]
        try:
            while queue and not self.stopping:
                await self._answer_with_retries(conversation, queue[0])
                queue.pop(0)
                self.metrics.queue.set(self.waiting)
        finally:
            del self._queues[conversation]
            self.metrics.queue.set(self.waiting)

    async def _answer_with_retries(self, conversation: str, number: int) -> None:
        for pause in (*_RETRIES, None):
            try:
                await self._answer(conversation, number)
                return
            except StoreError as error:
                # It stays noted as unanswered: the next start takes it up if no retry succeeds.
                self.metrics.store_errors.inc()
                logger.error("answer not stored", extra={"conversation": conversation, "cause": str(error)})
                if pause is not None:
                    await asyncio.sleep(pause)
        self.publish(conversation, "typing", False)

    async def _answer(self, conversation: str, number: int) -> None:
        question = self.store.message(conversation, number)
        if question is None:
            return
        # Looked at now and not when the message was accepted: an agent may have taken over since.
        taken = self.store.mode(conversation) not in ANSWERED_MODES
        if taken or any(taker(conversation, question) for taker in self.takers):
            self.store.set_aside(conversation, number)
            return
        self.publish(conversation, "typing", True)
        begun = time.perf_counter()
        said = await self._said(conversation, question)
        seconds = time.perf_counter() - begun
        drafts = [
            Draft("bot", m.get("text", ""), buttons=m.get("buttons", ()), custom=m.get("custom", {}))
            for m in said
        ]
        turn = turn_record(self.assistant, "web", conversation, question.text, said, seconds, number)
        answer = self.store.answer(conversation, number, drafts, turn)
        self.publish(conversation, "typing", False)
        for message in answer:
            self.publish(conversation, "message", message)
        if answer:
            self.metrics.count_reply("web", turn.status, list(turn.facts), seconds)
            for callback in self.after_reply:
                callback(conversation, answer)

    async def _said(self, conversation: str, question: Message) -> list[dict[str, Any]]:
        """The assistant's answer; the one it already gave when the process died before storing it here."""
        turn_id = f"{conversation}-{question.id}"
        given = given_answer(self.assistant, conversation, turn_id)
        if given:
            return given
        try:
            return await self.assistant.reply(
                conversation, question.text, {"client": "web"}, message_id=turn_id, channel="web"
            )
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - the customer must hear of it, whatever it was
            logger.error("turn failed", extra={"conversation": conversation, "reason": type(error).__name__})
            return [error_message(self.assistant.kb, "action_failed")]

    async def stop(self, seconds: float = 10.0) -> None:
        """Take nothing new, end the streams, and finish the turns in flight."""
        self.stopping = True
        for conversation, streams in list(self._streams.items()):
            for stream in list(streams):
                stream.put(None)
                self.leave(conversation, stream)
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)


def given_answer(assistant: Assistant, conversation: str, turn_id: str) -> list[dict[str, Any]]:
    """What the stored events say the assistant answered to the message with this id; [] when not asked."""
    events = assistant.stored_events(conversation, turn_id)
    return [
        {
            "text": event.get("text") or "",
            "buttons": data.get("buttons") or [],
            "custom": data.get("custom") or {},
        }
        for event in events
        if event.get("event") == "bot"
        for data in [event.get("data") or {}]
    ]


def turn_record(
    assistant: Assistant,
    channel: str,
    conversation: str,
    text: str,
    said: list[dict[str, Any]],
    seconds: float,
    number: int | None = None,
) -> TurnRecord:
    """The row of `turns` for one answered message."""
    custom: dict[str, Any] = next((message["custom"] for message in said if message.get("custom")), {})
    understood = custom.get("understood") or {}
    confidence = understood.get("confidence")
    return TurnRecord(
        channel=channel,
        conversation=conversation,
        message=number,
        text=text,
        status=str(custom.get("status", "unknown")),
        facts=[fact for message in said for fact in (message.get("custom") or {}).get("facts", [])],
        intent=understood.get("intent"),
        confidence=float(confidence) if isinstance(confidence, (int, float)) else None,
        ms=seconds * 1000,
        kb_version=assistant.kb.version,
        model=assistant.model_name,
    )
