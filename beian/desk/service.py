"""The desk of one running server: taking over, answering, handing back, and what the assistant suggests."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from beian.answers.case import case_text
from beian.contract import desk as contract
from beian.contract.customer import Attendance, HoursNow, Staffing
from beian.desk import relay
from beian.desk.accounts import Accounts, Agent, Session
from beian.desk.advice import LOOKED_BACK, Advice
from beian.desk.audit import Audit
from beian.desk.holding import SWEEP_SECONDS, Holding
from beian.desk.hours import Hours, moment_text
from beian.desk.live import Live
from beian.desk.opening import Opening
from beian.desk.passwords import PasswordWork
from beian.desk.presence import Presence
from beian.desk.records import Records, Row
from beian.desk.snippets import Snippets
from beian.masking import BANK_CARD, CREDIT_CODE, EMAIL, ID_NUMBER, LANDLINE, MOBILE
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.settings.desk import desk_hours, gone_seconds
from beian.store import desk_tables as tables
from beian.store import search_index
from beian.store.database import StoreError
from beian.store.records import Draft, Message

logger = logging.getLogger(__name__)

LEAVING_A_MESSAGE = "留言"
HIDDEN = (BANK_CARD, CREDIT_CODE, EMAIL, ID_NUMBER, LANDLINE, MOBILE)
MOST_CASES = 120
_MOST_SEEN = 20_000
CLAIMABLE = ("bot", "waiting", "closed")


class Desk:
    """Everything the routes of the desk share; made once for each application."""

    def __init__(self, context: Context, environ: Mapping[str, str] | None = None) -> None:
        """Makes the tables. Raises StoreError, or SettingsError for BEIAN_DESK_HOURS."""
        self.context = context
        self.opening = Opening(context.store, Hours.of_setting(desk_hours(environ)))
        tables.create(context.store.engine)
        search_index.create(context.store.engine)
        self.threads = context.store.threads
        """Where all of this waits for the store; the coroutines below go there by themselves."""
        self.accounts, self.audit = Accounts(context.store), Audit(context.store)
        self.passwords = PasswordWork()
        self.records = Records(context.store)
        self.snippets = Snippets(context.store, context.settings.max_text)
        self.advice = Advice(context.assistant, context.store)
        self.live = Live(context.hub, self._row_dicts, self._counts)
        self.presence = Presence(context.store, gone_seconds(environ))
        self.holding = Holding(
            context.store,
            context.hub,
            self.records,
            self.audit,
            self.live,
            self.presence,
            self._system,
            self.introduce,
        )
        self.sweep_seconds = SWEEP_SECONDS
        self._sweeping: asyncio.Task[None] | None = None
        self._told_open: HoursNow | None = None
        self.relay = None
        if context.settings.shared_database:
            relay.create(context.store.engine)
            self.relay = relay.Relay(context.store, self.records, context.hub, self.live)
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._seeing = threading.Lock()
        context.hub.after_reply.append(self._after_reply)
        context.hub.after_leave.append(self.records.ended)
        context.hub.takers.append(self._take)
        context.hub.listeners.append(self._on_event)
        context.staffing, context.may_rate = self.staffing_for, self.records.may_rate
        self._telling: set[asyncio.Task[None]] = set()
        if not self.accounts.exist():
            logger.warning(
                "the desk has no accounts: python -m beian desk add-agent NAME --admin makes the first"
            )

    async def _row_dicts(self, agent: str, ids: list[str]) -> list[contract.Row]:
        return await self.shown(await self.threads.read(self.records.rows, agent, ids))

    async def _counts(self) -> dict[str, int]:
        return await self.threads.read(self.records.counts)

    async def shown(self, rows: Sequence[Row]) -> list[contract.Row]:
        """Rows with what the desk knows besides: the case of those who have or want a person, and whether
        the holder is gone."""
        holders: dict[str, float] = {}
        for row in rows:
            if row.mode == "human" and row.agent:
                holders[row.agent] = max(row.since, holders.get(row.agent, 0.0))
        gone = await self.threads.read(self.presence.why_gone, holders) if holders else {}
        for row in [row for row in rows if row.mode in ("waiting", "human")][:MOST_CASES]:
            row.case = case_text(await self.advice.state(row.id), self.context.assistant.kb)
            row.gone = row.mode == "human" and row.agent in gone
        return [row.as_dict() for row in rows]

    def start(self) -> None:
        """From now on nobody who is gone keeps a conversation."""
        self._sweeping = asyncio.get_event_loop().create_task(self._sweep())

    def stop(self) -> None:
        """Look after nothing any more."""
        if self._sweeping is not None:
            self._sweeping.cancel()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(self.sweep_seconds)
            await self.gone(None)
            await self.tell_hours()

    def staffing(self) -> Attendance:
        """Whether it is the hours of people, which those are, when they begin next, and whether anybody is at
        the desk. Waits for the store."""
        hours = self.opening.hours()
        then = hours.next_opening()
        return {
            "open": hours.open(),
            "hours": hours.text,
            "next": moment_text(then) if then else None,
            "here": self.presence.is_anybody_here(),
        }

    def staffing_for(self, conversation: str) -> Staffing:
        """What a customer is told of it besides: `ahead`, how many have waited longer for a person, and
        `wait`, how many seconds one usually waits; None where that is not known. Waits for the store."""
        ahead, wait = self.records.queue(conversation)
        return {**self.staffing(), "ahead": ahead, "wait": None if wait is None else round(wait)}

    async def tell_hours(self) -> None:
        """Tell every desk whether it is the hours of people, where that is news. A busy store forgives it."""
        with contextlib.suppress(StoreError):
            staffing = await self.threads.read(self.staffing)
            shown = HoursNow(open=staffing["open"], hours=staffing["hours"], next=staffing["next"])
            if shown != self._told_open:
                self._told_open = shown
                self.live.tell_all("hours", shown)

    async def is_here(self, agent: str) -> None:
        """Note that an agent has the desk open. A busy store forgives it."""
        with contextlib.suppress(StoreError):
            await self.threads.write(self.presence.note, agent)

    async def gone(self, names: Sequence[str] | None) -> None:
        """Give back at once what is held by those of `names` (or any) who are gone."""
        try:
            await self.threads.write(self.holding.sweep, names)
        except StoreError as error:
            logger.error("held conversations not looked at", extra={"cause": str(error)})

    # --- the customer asks for a person -----------------------------------------------------------

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

    def _system(self, conversation: str, phrase: str, **values: str) -> None:
        text = self.context.assistant.kb.phrase("desk", phrase, **values)
        self.context.hub.say(conversation, Draft("system", text))

    def introduce(self, conversation: str, agent: str, before: str | None = None) -> None:
        """Say that a person is there, and the name for customers. After somebody else, `before`, it is said
        only where that changes the name: without names nothing changes for the customer."""
        shown = self.accounts.shown(agent)
        if before is not None and shown == self.accounts.shown(before):
            return
        text = self.context.assistant.kb.phrase("desk", "claimed")
        self.context.hub.say(conversation, Draft("system", text, custom={"by": shown}))

    def saw(self, session: Session, conversation: str, again: bool = False) -> None:
        """Note in the log that an agent saw a conversation: each time it is opened, else once a log-in."""
        key = (session.id, conversation)
        with self._seeing:
            is_known = key in self._seen
            self._seen[key] = None
            self._seen.move_to_end(key)
            if len(self._seen) > _MOST_SEEN:
                self._seen.popitem(last=False)
        if again or not is_known:
            self.audit.note(session.agent.name, "open", conversation)

    # --- agents act -------------------------------------------------------------------------------------

    def claim(self, conversation: str, agent: Agent, force: bool = False) -> None:
        """Take over. The first of two agents gets it; the other hears who has it (ApiError "taken").

        An admin may take over from a colleague with `force`, anybody from one who is gone.
        """
        state = self._existing(conversation)
        if state.mode == "human" and state.agent == agent.name:
            return
        absence = self.presence.absences.now().get(agent.name)
        if absence is not None:
            raise ApiError("taken", f"您登记为不在，到 {absence.until_text}；先结束不在再接手。")
        hub = self.context.hub
        taken = hub.set_mode(conversation, "human", expect=CLAIMABLE, agent=agent.name)
        held = state.agent or ""
        may = (force and agent.is_admin) or self.holding.is_gone(held, state.mode_since)
        if not taken and state.mode == "human" and may:
            taken = hub.set_mode(
                conversation, "human", expect=("human",), expect_agent=held, agent=agent.name
            )
        if not taken:
            holder = self._existing(conversation).agent or "别的客服"
            raise ApiError("taken", f"这个会话已经由 {holder} 接手。")
        self.records.claimed(conversation, agent.name)
        self.audit.note(agent.name, "claim", conversation)
        self.introduce(conversation, agent.name, held if state.mode == "human" else None)
        if state.mode == "human":
            self.holding.add_note(conversation, f"{agent.name} 从 {held} 处接手")

    def say(
        self, conversation: str, agent: Agent, text: str, client_id: str, custom: dict[str, Any]
    ) -> Message:
        """Answer the customer; the same `client_id` again gives the same message. Raises ApiError "taken"."""
        # A customer's client cannot send a colon: the two never meet.
        key = f"desk:{client_id}"[:64]
        known = self.context.store.by_client_id(conversation, key)
        if known is not None:
            return known
        self._mine(conversation, agent)
        if agent.shown is not None:
            custom = {**custom, "by": agent.shown}
        message = self.context.hub.say(
            conversation, Draft("agent", text, client_id=key, agent=agent.name, custom=custom)
        )
        self.records.replied(conversation)
        self.audit.note(agent.name, "reply", conversation, f"#{message.id}")
        return message

    def hand_back(self, conversation: str, agent: Agent) -> None:
        """The assistant goes on, with the case as it was."""
        self._leave(conversation, agent, "bot", None)
        self.audit.note(agent.name, "hand_back", conversation)
        self._system(conversation, "handed_back")

    def close(self, conversation: str, agent: Agent, summary: str = "") -> None:
        """End it; the widget asks the customer, with one tap, whether it helped. The summary is kept as a
        note."""
        state = self._existing(conversation)
        if state.mode == "waiting":
            # What needs no reply may be closed without taking it over first.
            if not self.context.hub.set_mode(conversation, "closed", expect=("waiting",), agent=agent.name):
                raise ApiError("taken")
            self.records.ended(conversation)
        else:
            self._leave(conversation, agent, "closed", agent.name)
        self.audit.note(agent.name, "close", conversation)
        self._system(conversation, "closed")
        if summary:
            self.holding.add_note(conversation, f"小结：{summary}")

    def _leave(self, conversation: str, agent: Agent, mode: str, holder: str | None) -> None:
        self._mine(conversation, agent)
        changed = self.context.hub.set_mode(
            conversation, mode, expect=("human",), expect_agent=agent.name, agent=holder
        )
        if not changed:
            raise ApiError("taken")
        self.records.ended(conversation)

    def _mine(self, conversation: str, agent: Agent) -> None:
        state = self._existing(conversation)
        if state.mode != "human":
            raise ApiError("taken", "请先接手这个会话。")
        if state.agent != agent.name:
            raise ApiError("taken", f"这个会话已经由 {state.agent} 接手。")

    def _existing(self, conversation: str) -> Any:
        state = self.context.store.conversation(conversation)
        if state is None:
            raise ApiError("not_found")
        return state

    def present(self, conversation: str) -> bool | None:
        """Whether the customer has the conversation open; None where another server may know better."""
        here = self.context.hub.watchers(conversation) > 0
        return None if not here and self.context.settings.shared_database else here
