"""One accepted message and its answer, however long a store fails."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from beian.engine.assistant import Assistant, error_message
from beian.server.metrics import Metrics
from beian.server.turn import drafts_of, given_answer, turn_record
from beian.server.watching import Watching, log_failure
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError
from beian.store.records import Message, PendingMessage
from beian.store.tables import ANSWERED_MODES
from beian.store.threads import on_loop

logger = logging.getLogger(__name__)

RETRY_SECONDS = (0.5, 2.0, 5.0, 10.0, 15.0)
"""The pauses between tries while a store fails; the last one again and again."""
_SOUND = 2
"""How often in a row a try may fail, after all pauses, while the stores take whatever else is written."""
MOST_TRIES = 2
"""How many processes may die over one message before it is answered with an apology alone."""


class Answering(Watching):
    """Settles one message at a time; the queue decides which."""

    def __init__(self, assistant: Assistant, store: ConversationStore, metrics: Metrics) -> None:
        super().__init__(metrics)
        self.assistant, self.store = assistant, store
        self.after_reply: list[Callable[[str, list[Message]], None]] = []
        """Called in a thread with the conversation and the messages of each answer."""
        self.takers: list[Callable[[str, Message], bool]] = []
        """Asked in a thread before each answer; one that returns True has dealt with the message itself."""
        self.retry_seconds: Sequence[float] = RETRY_SECONDS
        self._tries: dict[tuple[str, int], int] = {}
        """Of each message at work here: how often it had been tried before."""
        self._to_person: set[tuple[str, int]] = set()
        """Those accepted while a person answered: they are listened to in their turn."""
        self._alone = asyncio.Lock()

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
                log_failure("message not answered", conversation, error)
                if deal == self._apologise:
                    break
                deal = self._apologise
                continue
            # What a store that works refuses again and again lies with the message.
            sound = sound + 1 if tries >= len(self.retry_seconds) and await self._stores_work() else 0
            if sound >= _SOUND:
                log_failure("message not answered", conversation, reason)
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

    def _look(
        self, conversation: str, number: int
    ) -> tuple[PendingMessage, list[dict[str, Any]] | None] | None:
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
            log_failure("message not listened to", conversation, error)

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
            log_failure("callback failed", conversation, error)
            return False

    def _reply(
        self, conversation: str, question: Message, said: list[dict[str, Any]], seconds: float
    ) -> None:
        """Store the answer, and show it."""
        turn = turn_record(self.assistant, "web", conversation, question.text, said, seconds, question.id)
        answer = self.store.answer(conversation, question.id, drafts_of(said), turn)
        on_loop(self._show_typing, conversation, False)
        for message in answer:
            self.publish(conversation, "message", message)
        if answer:
            self.metrics.count_reply("web", turn.status, list(turn.facts), seconds)
            for callback in self.after_reply:
                self._call(callback, conversation, answer)

    async def _said(self, conversation: str, question: PendingMessage) -> list[dict[str, Any]]:
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
            log_failure("turn failed", conversation, error)
            return [error_message(self.assistant.kb, "action_failed")]
