"""From an accepted message to its answer, and to everyone who watches the conversation."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from beian.server.assistant import Assistant, error_message
from beian.server.database import StoreError
from beian.server.logs import place_of
from beian.server.metrics import Metrics
from beian.server.store import ANSWERED_MODES, ConversationStore, Draft, Message, TurnRecord

logger = logging.getLogger(__name__)

RETRY_SECONDS = (0.5, 2.0, 5.0, 10.0, 15.0)
"""The pauses between tries while a store fails; the last one again and again."""
QUIET_SECONDS = 45.0
"""How long nothing happens with a message before its server is taken for gone. A turn takes less, and so
does the longest pause."""
_SOUND = 2
"""How often in a row a try may fail, after all pauses, while the stores take whatever else is written."""
_LOOK_SECONDS = 0.01
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
        self.retry_seconds: Sequence[float] = RETRY_SECONDS
        self.quiet_seconds = QUIET_SECONDS
        self._streams: dict[str, set[Stream]] = defaultdict(set)
        self._queues: dict[str, list[int]] = {}
        self._typing: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = asyncio.Event()

    @property
    def stopping(self) -> bool:
        """Whether nothing new is taken any more."""
        return self._stopped.is_set()

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
        self.tell_listeners(conversation, kind, value)
        for stream in list(self._streams.get(conversation, ())):
            if not stream.put(Event(kind, value)):
                stream.events.get_nowait()
                stream.put(None)
                self.leave(conversation, stream)

    def tell_listeners(self, conversation: str, kind: str, value: Any) -> None:
        """Tell the listeners alone of something that those who watch the conversation are not shown."""
        for listener in self.listeners:
            self._call(listener, conversation, kind, value)

    def _call(self, callback: Callable[..., Any], conversation: str, *arguments: Any) -> Any:
        """What the callback returns; one that fails is logged, and nothing else comes of it."""
        try:
            return callback(conversation, *arguments)
        except Exception as error:  # noqa: BLE001 - whatever it was, the conversation goes on
            _log("callback failed", conversation, error)

    def _show_typing(self, conversation: str, on: bool) -> None:
        """On as often as it is asked for, for those who came since; off only after it was on."""
        if on:
            self._typing.add(conversation)
        elif conversation in self._typing:
            self._typing.discard(conversation)
        else:
            return
        self.publish(conversation, "typing", on)

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
            self._begin(self._work(conversation))
        self.metrics.queue.set(self.waiting)

    async def answered_so_far(self, conversation: str, seconds: float = 10.0) -> bool:
        """Wait until the messages accepted so far are answered; False when that takes longer."""
        until = time.monotonic() + seconds
        last = self._queues.get(conversation, [None])[-1]
        while last is not None and last in self._queues.get(conversation, ()):
            if time.monotonic() >= until:
                return False
            await asyncio.sleep(_LOOK_SECONDS)
        return True

    def _begin(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_event_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def resume(self) -> int:
        """Take up what an earlier process accepted and did not answer; how many messages so far.

        Where other servers may be answering them at this moment they are watched first, and so is, from
        now on, whatever a server that has gone leaves behind.
        """
        left = [] if self.store.shared else self.store.unanswered()
        for conversation, number in left:
            self.enqueue(conversation, number)
        self._begin(self._look_after_the_forgotten())
        return len(left)

    async def _look_after_the_forgotten(self) -> None:
        """Take up messages that wait in a conversation where nothing has changed for `quiet_seconds`."""
        seen: dict[tuple[str, float], float] = {}
        while not await self._stops_within(self.quiet_seconds / 3):
            try:
                waiting = self.store.waiting()
                now = time.monotonic()
                # Seen from here and by this clock: those of the servers may differ.
                seen = {key: seen.get(key, now) for key in waiting if key[0] not in self._queues}
                for conversation, updated in [key for key, since in seen.items() if self._is_quiet(since)]:
                    if self.store.take_over(conversation, updated):
                        numbers = waiting[conversation, updated]
                        logger.warning(
                            "messages without an answer taken up",
                            extra={"conversation": conversation, "count": len(numbers)},
                        )
                        for number in numbers:
                            self.enqueue(conversation, number)
            except StoreError as error:
                # Nobody could answer meanwhile: the watch begins anew.
                seen = {}
                self.metrics.store_errors.inc()
                logger.error("unanswered messages not read", extra={"cause": str(error)})

    def _is_quiet(self, since: float) -> bool:
        return time.monotonic() - since >= self.quiet_seconds

    async def _stops_within(self, seconds: float) -> bool:
        """Wait, but not beyond a stop; whether the server stops."""
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._stopped.wait(), seconds)
        return self.stopping

    async def _work(self, conversation: str) -> None:
        queue = self._queues[conversation]
        try:
            while queue and not self.stopping:
                await self._settle(conversation, queue[0])
                queue.pop(0)
                self.metrics.queue.set(self.waiting)
        finally:
            del self._queues[conversation]
            self.metrics.queue.set(self.waiting)

    async def _settle(self, conversation: str, number: int) -> None:
        """Answer a message, however long the store fails; when anything else fails, apologise for it.

        Only a stop ends it before: the message stays noted as unanswered, and the next start takes it up.
        """
        deal, tries, sound = self._answer, 0, 0
        while True:
            try:
                await deal(conversation, number)
                break
            except StoreError as error:
                self.metrics.store_errors.inc()
                logger.error("answer not stored", extra={"conversation": conversation, "cause": str(error)})
                reason: Exception = error
            except Exception as error:  # noqa: BLE001 - the customer must hear of it, whatever it was
                _log("message not answered", conversation, error)
                if deal == self._apologise:
                    break
                deal = self._apologise
                continue
            # What a store that works refuses again and again lies with the message.
            sound = sound + 1 if tries >= len(self.retry_seconds) and self._stores_work() else 0
            if sound >= _SOUND:
                _log("message not answered", conversation, reason)
                if deal == self._apologise:
                    break
                deal, sound = self._apologise, 0
                continue
            self._show_typing(conversation, True)
            if await self._stops_within(self.retry_seconds[min(tries, len(self.retry_seconds) - 1)]):
                break
            tries += 1
        self._show_typing(conversation, False)

    def _stores_work(self) -> bool:
        try:
            self.store.check()
            self.assistant.tracker_store.check()
        except StoreError:
            return False
        return True

    async def _answer(self, conversation: str, number: int) -> None:
        question = self.store.message(conversation, number)
        if question is None:
            return
        # Looked at now and not when the message was accepted: an agent may have taken over since.
        taken = self.store.mode(conversation) not in ANSWERED_MODES
        if taken or any(self._takes(taker, conversation, question) for taker in self.takers):
            self.store.set_aside(conversation, number)
            return
        self._show_typing(conversation, True)
        begun = time.perf_counter()
        said = await self._said(conversation, question)
        self._reply(conversation, question, said, time.perf_counter() - begun)

    async def _apologise(self, conversation: str, number: int) -> None:
        question = self.store.message(conversation, number)
        if question is not None:
            self._reply(conversation, question, [error_message(self.assistant.kb, "action_failed")], 0.0)

    def _takes(self, taker: Callable[[str, Message], bool], conversation: str, question: Message) -> bool:
        try:
            return taker(conversation, question)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it was, the assistant can answer
            _log("callback failed", conversation, error)
            return False

    def _reply(
        self, conversation: str, question: Message, said: list[dict[str, Any]], seconds: float
    ) -> None:
        """Store the answer, and show it."""
        drafts = [
            Draft("bot", m.get("text", ""), buttons=m.get("buttons", ()), custom=m.get("custom", {}))
            for m in said
        ]
        turn = turn_record(self.assistant, "web", conversation, question.text, said, seconds, question.id)
        answer = self.store.answer(conversation, question.id, drafts, turn)
        self._show_typing(conversation, False)
        for message in answer:
            self.publish(conversation, "message", message)
        if answer:
            self.metrics.count_reply("web", turn.status, list(turn.facts), seconds)
            for callback in self.after_reply:
                self._call(callback, conversation, answer)

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
            _log("turn failed", conversation, error)
            return [error_message(self.assistant.kb, "action_failed")]

    async def stop(self, seconds: float = 10.0) -> None:
        """Take nothing new, end the streams, and finish the turns in flight; waits for no store."""
        self._stopped.set()
        for conversation, streams in list(self._streams.items()):
            for stream in list(streams):
                stream.put(None)
                self.leave(conversation, stream)
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)


def _log(what: str, conversation: str, error: Exception) -> None:
    # The exception's text may quote the customer: its type and place are enough to find the fault.
    logger.error(
        what,
        extra={"conversation": conversation, "reason": type(error).__name__, "place": place_of(error)},
    )


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
    intent, confidence = understood.get("intent"), understood.get("confidence")
    return TurnRecord(
        channel=channel,
        conversation=conversation,
        message=number,
        text=text,
        status=str(custom.get("status", "unknown")),
        facts=[fact for message in said for fact in (message.get("custom") or {}).get("facts", [])],
        intent=intent if isinstance(intent, str) else None,
        confidence=float(confidence) if isinstance(confidence, (int, float)) else None,
        ms=seconds * 1000,
        kb_version=assistant.kb.version,
        model=assistant.model_name,
    )
