"""From an accepted message to its answer, and to everyone who watches the conversation.

Coroutines and everything about streams belong to the event loop. What waits for the store (`say`,
`set_mode`, takers and what comes after a reply) runs in the store's threads; `publish` may be called in both.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from beian.engine.assistant import Assistant, error_message
from beian.logs import place_of
from beian.server.metrics import Metrics
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError
from beian.store.records import Draft, Message, Question, TurnRecord
from beian.store.tables import ANSWERED_MODES
from beian.store.threads import on_loop

logger = logging.getLogger(__name__)

RETRY_SECONDS = (0.5, 2.0, 5.0, 10.0, 15.0)
"""The pauses between tries while a store fails; the last one again and again."""
QUIET_SECONDS = 45.0
"""How long nothing happens with a message before its server is taken for gone. A turn takes less, and so
does the longest pause."""
_SOUND = 2
"""How often in a row a try may fail, after all pauses, while the stores take whatever else is written."""
MOST_TRIES = 2
"""How many processes may die over one message before it is answered with an apology alone."""
_LOOK_SECONDS = 0.01
_LEAVE_SECONDS = 1.0
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
        """Called in a thread with the conversation and the messages of each answer."""
        self.after_leave: list[Callable[[str], None]] = []
        """Called in a thread with a conversation whose customer needs no person any more."""
        self.takers: list[Callable[[str, Message], bool]] = []
        """Asked in a thread before each answer; one that returns True has dealt with the message itself."""
        self.listeners: list[Callable[[str, str, Any], None]] = []
        """Called in the event loop with conversation, kind and value of every event that is published."""
        self.retry_seconds: Sequence[float] = RETRY_SECONDS
        self.quiet_seconds = QUIET_SECONDS
        self._streams: dict[str, set[Stream]] = defaultdict(set)
        self._queues: dict[str, list[int]] = {}
        self._typing: set[str] = set()
        self._tries: dict[tuple[str, int], int] = {}
        """Of each message at work here: how often it had been tried before."""
        self._to_person: set[tuple[str, int]] = set()
        """Those accepted while a person answered: they are listened to in their turn."""
        self._alone = asyncio.Lock()
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
        on_loop(self._publish, conversation, kind, value)

    def _publish(self, conversation: str, kind: str, value: Any) -> None:
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

    def left(self, conversation: str) -> None:
        """The customer waits for no person any more, or has ended the talk with one."""
        for callback in self.after_leave:
            self._call(callback, conversation)

    # --- answering -------------------------------------------------------------------------------

    async def accept(self, conversation: str, draft: Draft) -> Message:
        """Take a customer's message, show it and have it answered; a repeat gives the first one again.

        Not to be cancelled in the middle: the message might be stored and not asked. Raises StoreError.
        """
        message, is_new, mode = await self.store.threads.write(self._accept, conversation, draft)
        if is_new:
            if mode not in ANSWERED_MODES:
                self._to_person.add((conversation, message.id))
            self.enqueue(conversation, message.id)
        return message

    def _accept(self, conversation: str, draft: Draft) -> tuple[Message, bool, str]:
        message, is_new, mode = self.store.accept(conversation, draft)
        if is_new:
            self.publish(conversation, "message", message)
        return message, is_new, mode

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

    async def answer_again(self, conversation: str, numbers: Sequence[int]) -> None:
        """Have the assistant answer messages that a person left open. Raises StoreError."""
        for number in numbers:
            if await self.store.threads.write(self.store.ask_again, conversation, number):
                self.enqueue(conversation, number)

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

    async def try_again(self, seconds: float = 10.0) -> None:
        """Answer what was at work when an earlier process died, before anything else comes in.

        A message that kills the process does so here again, where none but it is counted. Whatever takes
        longer than `seconds` is answered beside everything else.
        """
        begun = [] if self.store.shared else await self.store.threads.read(self.store.begun)
        for conversation, number in begun:
            self.enqueue(conversation, number)
        until = time.monotonic() + seconds
        for conversation, _ in begun:
            await self.answered_so_far(conversation, until - time.monotonic())

    async def resume(self) -> int:
        """Take up what an earlier process accepted and did not answer; how many messages so far.

        Where other servers may be answering them at this moment they are watched first, and so is, from
        now on, whatever a server that has gone leaves behind.
        """
        left = [] if self.store.shared else await self.store.threads.read(self.store.unanswered)
        for conversation, number in left:
            if number not in self._queues.get(conversation, ()):
                self.enqueue(conversation, number)
        self._begin(self._look_after_the_forgotten())
        return len(left)

    async def _look_after_the_forgotten(self) -> None:
        """Take up messages that wait in a conversation where nothing has changed for `quiet_seconds`."""
        seen: dict[tuple[str, float], float] = {}
        while not await self._stops_within(self.quiet_seconds / 3):
            try:
                waiting = await self.store.threads.read(self.store.waiting)
                now = time.monotonic()
                # Seen from here and by this clock: those of the servers may differ.
                seen = {key: seen.get(key, now) for key in waiting if key[0] not in self._queues}
                for conversation, updated in [key for key, since in seen.items() if self._is_quiet(since)]:
                    if await self.store.threads.write(self.store.take_over, conversation, updated):
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
                number = queue.pop(0)
                if not self.stopping:
                    self._tries.pop((conversation, number), None)
                self.metrics.queue.set(self.waiting)
        finally:
            del self._queues[conversation]
            self.metrics.queue.set(self.waiting)

    async def _settle(self, conversation: str, number: int) -> None:
        """Answer a message, however long the store fails; when anything else fails, apologise for it.

        Only a stop ends it before: the message stays noted as unanswered, and the next start takes it up.
        """
        deal, tries, sound = self._answer_or_put_aside, 0, 0
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
            sound = sound + 1 if tries >= len(self.retry_seconds) and await self._stores_work() else 0
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

    async def _stores_work(self) -> bool:
        try:
            await self.store.threads.write(self.store.check)
            await self.store.threads.write(self.assistant.tracker_store.check)
        except StoreError:
            return False
        return True

    async def _answer_or_put_aside(self, conversation: str, number: int) -> None:
        """Answer a message, unless the process has died over it as often as it may.

        Of messages that were at work when a process died one may have been the cause: each is tried again
        while no other of them is, so that those beside it are not counted with it.
        """
        if (conversation, number) in self._to_person:
            self._to_person.discard((conversation, number))
            await self._listen(conversation, number)
            return
        tries = self._tries.get((conversation, number))
        if tries is None:
            tries = await self.store.threads.read(self.store.tries, conversation, number)
        if tries >= MOST_TRIES:
            await self._apologise(conversation, number, "put_aside")
            logger.error("message put aside", extra={"conversation": conversation, "tries": tries})
            self.metrics.put_aside.inc()
        elif tries:
            async with self._alone:
                await self._begin_to_answer(conversation, number, tries)
        else:
            await self._begin_to_answer(conversation, number, tries)

    async def _begin_to_answer(self, conversation: str, number: int, tries: int) -> None:
        if (conversation, number) not in self._tries:
            await self.store.threads.write(self.store.begin, conversation, number)
            self._tries[conversation, number] = tries
        await self._answer(conversation, number)

    async def _answer(self, conversation: str, number: int) -> None:
        found = await self.store.threads.read(self._look, conversation, number)
        if found is None:
            return
        question, given = found
        if given is None:
            await self._listen(conversation, number)
            return
        self._show_typing(conversation, True)
        begun = time.perf_counter()
        said = given or await self._said(conversation, question)
        seconds = time.perf_counter() - begun
        await self.store.threads.write(self._reply, conversation, question.message, said, seconds)

    def _look(self, conversation: str, number: int) -> tuple[Question, list[dict[str, Any]] | None] | None:
        """The question with the answer the assistant already gave when the process died before storing it
        here, [] without one, and None where it is for a person; None when it waits for no answer."""
        question = self.store.question(conversation, number)
        if question is None:
            return None
        # Looked at now and not when the message was accepted: an agent may have taken over since.
        taken = question.mode not in ANSWERED_MODES
        if taken or any(self._takes(taker, conversation, question.message) for taker in self.takers):
            self.store.set_aside(conversation, number)
            return question, None
        return question, given_answer(self.assistant, conversation, question.turn)

    async def _listen(self, conversation: str, number: int) -> None:
        """What a customer tells a person is known when the assistant goes on: the case changes silently."""
        try:
            message = await self.store.threads.read(self.store.message, conversation, number)
            if message is not None:
                await self.assistant.listen(conversation, message.text)
        except Exception as error:  # noqa: BLE001 - the person has the message; only the case misses it
            _log("message not listened to", conversation, error)

    async def _apologise(self, conversation: str, number: int, phrase: str = "action_failed") -> None:
        question = await self.store.threads.read(self.store.message, conversation, number)
        if question is not None:
            sorry = [error_message(self.assistant.kb, phrase)]
            await self.store.threads.write(self._reply, conversation, question, sorry, 0.0)

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
        on_loop(self._show_typing, conversation, False)
        for message in answer:
            self.publish(conversation, "message", message)
        if answer:
            self.metrics.count_reply("web", turn.status, list(turn.facts), seconds)
            for callback in self.after_reply:
                self._call(callback, conversation, answer)

    async def _said(self, conversation: str, question: Question) -> list[dict[str, Any]]:
        try:
            return await self.assistant.reply(
                conversation,
                question.message.text,
                {"client": "web"},
                message_id=question.turn,
                channel="web",
            )
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - the customer must hear of it, whatever it was
            _log("turn failed", conversation, error)
            return [error_message(self.assistant.kb, "action_failed")]

    async def stop(self, seconds: float = 10.0) -> None:
        """Take nothing new, end the streams, and finish the turns in flight; waits for no store for long."""
        self._stopped.set()
        for conversation, streams in list(self._streams.items()):
            for stream in list(streams):
                stream.put(None)
                self.leave(conversation, stream)
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        if self._tries:
            # A store that fails at this moment only costs the messages one of their tries.
            with contextlib.suppress(StoreError, asyncio.TimeoutError):
                leaving = self.store.threads.write(self.store.leave, list(self._tries))
                await asyncio.wait_for(leaving, _LEAVE_SECONDS)


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
