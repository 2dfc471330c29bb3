"""A customer asks for a person, waits, leaves a message, or leaves a number that nobody may see."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from beian.contract.customer import Attendance
from beian.desk.advice import LOOKED_BACK
from beian.desk.attending import Attending
from beian.masking import BANK_CARD, CREDIT_CODE, EMAIL, ID_NUMBER, LANDLINE, MOBILE
from beian.server.context import Context
from beian.store.database import StoreError
from beian.store.records import Draft, Message

logger = logging.getLogger(__name__)

LEAVING_A_MESSAGE = "留言"
HIDDEN = (BANK_CARD, CREDIT_CODE, EMAIL, ID_NUMBER, LANDLINE, MOBILE)


class Asking(Attending):
    """Hears what happens in conversations, and says what a customer has to know of it."""

    def __init__(self, context: Context, environ: Mapping[str, str] | None = None) -> None:
        super().__init__(context, environ)
        context.hub.after_reply.append(self._after_reply)
        context.hub.after_leave.append(self.records.ended)
        context.hub.takers.append(self._take)
        context.hub.listeners.append(self._on_event)
        context.may_rate = self.records.may_rate
        self._telling: set[asyncio.Task[None]] = set()

    def _after_reply(self, conversation: str, answer: list[Message]) -> None:
        if any(message.custom.get("status") == "handoff" for message in answer):
            self._ask_for_person(conversation)
        if any(message.custom.get("cancelled") for message in answer) and self.context.hub.set_mode(
            conversation, "bot", expect=("waiting",)
        ):
            self.records.ended(conversation)

    def _ask_for_person(self, conversation: str) -> None:
        """Into the waiting list; without any account there is nobody to wait for, and nothing changes."""
        if not self.accounts.exist():
            return
        if not self.context.hub.set_mode(conversation, "waiting", expect=("bot",)):
            return
        self.records.asked(conversation)
        self._tell_when(conversation, self.staffing())

    def _tell_when(self, conversation: str, staffing: Attendance) -> None:
        """Whether somebody is there, and when."""
        ahead = self.records.counts()["waiting"] - 1
        if not staffing["open"]:
            hours = staffing["hours"]
            if staffing["next"]:
                self._system(conversation, "out_of_hours", hours=hours, next=staffing["next"])
            else:
                self._system(conversation, "closed_for_long", hours=hours)
        elif not staffing["here"]:
            self._system(conversation, "queued_nobody")
        elif ahead > 0:
            self._system(conversation, "queued_behind", ahead=str(ahead))
        else:
            self._system(conversation, "queued")

    def _on_event(self, conversation: str, kind: str, value: Any) -> None:
        if kind == "message" and value.author == "user" and any(mark in value.text for mark in HIDDEN):
            telling = asyncio.get_event_loop().create_task(self._tell_hidden(conversation, value.id))
            self._telling.add(telling)
            telling.add_done_callback(self._telling.discard)

    async def _tell_hidden(self, conversation: str, number: int) -> None:
        """A number a customer leaves for a person reaches nobody: both are told at once, once a while."""
        try:
            await self.threads.write(self._say_hidden, conversation, number)
        except StoreError as error:
            logger.error("hidden numbers not told of", extra={"cause": str(error)})

    def _say_hidden(self, conversation: str, number: int) -> None:
        state = self.context.store.conversation(conversation)
        if state is None or state.mode not in ("waiting", "human"):
            return
        text = self.context.assistant.kb.phrase("desk", "hidden")
        said = self.context.store.messages(conversation, max(0, number - LOOKED_BACK))
        if all(message.text != text for message in said):
            # Every server hears of the message; by this id only one of them says it.
            draft = Draft("system", text, client_id=f"hidden:{number}")
            self.context.hub.say(conversation, draft)

    def _take(self, conversation: str, message: Message) -> bool:
        """A message left for the agents while nobody is there is theirs, not the assistant's."""
        if not message.text.startswith(LEAVING_A_MESSAGE):
            return False
        if self.context.store.mode(conversation) != "waiting":
            return False
        if self.opening.hours().open() and self.presence.is_anybody_here():
            return False
        self._system(conversation, "left_message")
        return True
