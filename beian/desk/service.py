"""The desk of one running server: taking over, answering, handing back, and what the assistant suggests."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from beian.calendar.today import today_in_china
from beian.desk import relay, search, tables
from beian.desk.accounts import Accounts, Agent, Session
from beian.desk.audit import Audit
from beian.desk.hours import Hours
from beian.desk.live import Live
from beian.desk.lookup import Found, Hit, LookUp
from beian.desk.passwords import PasswordWork
from beian.desk.records import Records
from beian.dialogue.case import case_parts, case_text
from beian.dialogue.handoff import summary_of
from beian.dialogue.render import fact_text
from beian.meaning.state import Discourse
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.server.store import Draft, Message
from beian.server.text import RejectedError

logger = logging.getLogger(__name__)

LEAVING_A_MESSAGE = "留言"
MOST_SUGGESTIONS = 3
MOST_QUESTIONS_BACK = 4
_LOOKED_BACK = 40
_MOST_KEPT = 512
_MOST_SEEN = 20_000
CLAIMABLE = ("bot", "waiting", "closed")


class Desk:
    """Everything the routes of the desk share; made once for each application."""

    def __init__(self, context: Context, environ: Mapping[str, str] | None = None) -> None:
        """Makes the tables. Raises StoreError, or SettingsError for BEIAN_DESK_HOURS."""
        self.context = context
        self.hours = Hours.parse((os.environ if environ is None else environ).get("BEIAN_DESK_HOURS"))
        tables.create(context.store.engine)
        search.create(context.store.engine)
        self.threads = context.store.threads
        """Where all of this waits for the store; the coroutines below go there by themselves."""
        self.accounts, self.audit = Accounts(context.store), Audit(context.store)
        self.passwords = PasswordWork()
        self.records = Records(context.store)
        self.live = Live(context.hub, self._row_dicts)
        self.relay = None
        if context.settings.shared_database:
            relay.create(context.store.engine)
            self.relay = relay.Relay(context.store, self.records, context.hub, self.live)
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._seeing = threading.Lock()
        self._look_up: LookUp | None = None
        self._found: OrderedDict[tuple[Any, ...], Found] = OrderedDict()
        context.hub.after_reply.append(self._after_reply)
        context.hub.takers.append(self._take)
        if not self.accounts.exist():
            logger.warning(
                "the desk has no accounts: python -m beian desk add-agent NAME --admin makes the first"
            )

    async def _row_dicts(self, agent: str, ids: list[str]) -> list[dict[str, Any]]:
        return [row.as_dict() for row in await self.threads.read(self.records.rows, agent, ids)]

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
        if self.hours.open():
            self._system(conversation, "queued")
        else:
            self._system(conversation, "out_of_hours", hours=self.hours.text)

    def _take(self, conversation: str, message: Message) -> bool:
        """A message left for the agents while nobody is there is theirs, not the assistant's."""
        if not message.text.startswith(LEAVING_A_MESSAGE) or self.hours.open():
            return False
        if self.context.store.mode(conversation) != "waiting":
            return False
        self._system(conversation, "left_message")
        return True

    def _system(self, conversation: str, phrase: str, **values: str) -> None:
        text = self.context.assistant.kb.phrase("desk", phrase, **values)
        self.context.hub.say(conversation, Draft("system", text))

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

        An admin may take over from a colleague with `force`.
        """
        state = self._existing(conversation)
        if state.mode == "human" and state.agent == agent.name:
            return
        hub = self.context.hub
        taken = hub.set_mode(conversation, "human", expect=CLAIMABLE, agent=agent.name)
        if not taken and force and agent.is_admin:
            held = state.agent or ""
            taken = hub.set_mode(
                conversation, "human", expect=("human",), expect_agent=held, agent=agent.name
            )
        if not taken:
            holder = self._existing(conversation).agent or "别的客服"
            raise ApiError("taken", f"这个会话已经由 {holder} 接手。")
        self.records.claimed(conversation, agent.name)
        self.audit.note(agent.name, "claim", conversation)
        if state.mode != "human":
            self._system(conversation, "claimed")

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

    def close(self, conversation: str, agent: Agent) -> None:
        """End it; the widget asks the customer, with one tap, whether it helped."""
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

    # --- what the assistant knows -----------------------------------------------------------------------

    async def state(self, conversation: str) -> Discourse:
        """Where the conversation stands for the assistant: the case, what it stated last."""
        return await self.context.assistant.discourse(conversation)

    async def case(self, conversation: str) -> dict[str, Any]:
        """The customer's case for people: {"text", "parts", "summary"}."""
        kb = self.context.assistant.kb
        state = await self.state(conversation)
        return {
            "text": case_text(state, kb),
            "parts": case_parts(state),
            "summary": summary_of(state, kb),
        }

    async def warm_up(self) -> None:
        """Build the look-up's index off the event loop, before the first agent types."""
        if self._look_up is None:
            loop = asyncio.get_event_loop()
            self._look_up = await loop.run_in_executor(None, LookUp.load, self.context.assistant.kb)

    async def look_up(
        self,
        query: str,
        change_type: str | None = None,
        subject_kind: str | None = None,
        most: int = 8,
        state: Discourse | None = None,
    ) -> Found:
        """The facts for a query, understood as a customer's message would be, after `state` if given."""
        await self.warm_up()
        assert self._look_up is not None
        today = today_in_china()
        # Whoever types or corrects asks the same again, and so does every suggestion in a conversation.
        key = (query, change_type, subject_kind, most, state, today)
        if key in self._found:
            self._found.move_to_end(key)
            return self._found[key]
        try:
            parsed = await self.context.assistant.parse(query, state) if query.strip() else None
        except RejectedError:
            parsed = None
        found = self._look_up.find(
            query,
            parsed,
            change_type=change_type,
            subject_kind=subject_kind,
            state=state,
            today=today,
            most=most,
        )
        self._found[key] = found
        if len(self._found) > _MOST_KEPT:
            self._found.popitem(last=False)
        return found

    async def suggestions(self, conversation: str) -> list[dict[str, Any]]:
        """Up to three replies to what the customer asked last, in the customer's case."""
        state = await self.state(conversation)
        found = await self._about_last_question(conversation, state)
        if found is None:
            return []
        offered = [_suggestion(hit, hit.text) for hit in found.hits]
        if found.answer and found.status in ("answered", "uncovered"):
            # The assistant's own answer first: it may join facts or work a day out.
            stated = [hit for hit in found.hits if hit.by == "answer"]
            offered = [_suggestion(hit, hit.text) for hit in found.hits if hit not in stated]
            offered.insert(0, _suggestion(stated[0] if stated else None, found.answer))
        return (offered + self._what_comes_next(offered, state))[:MOST_SUGGESTIONS]

    def _what_comes_next(self, offered: list[dict[str, Any]], state: Discourse) -> list[dict[str, Any]]:
        """The facts that follow those offered and are for this case, where too few are found."""
        facts = self.context.assistant.kb.facts
        known = [entry["fact"] for entry in offered if entry["fact"]]
        given = {"change_type": state.focus.change_type, "subject_kind": state.focus.subject_kind}
        following = dict.fromkeys(after for fact in known for after in facts[fact].next if after not in known)
        return [
            _entry(fact.id, fact.title, fact_text(fact), None, fact.section_path)
            for fact in map(facts.__getitem__, following)
            if all(given.get(name) in (None, value) for name, value in fact.when.items())
        ]

    async def _about_last_question(self, conversation: str, state: Discourse) -> Found | None:
        """What is found for the newest message that asks something: 转人工 or 在吗 asks nothing."""
        said = await self.threads.read(self._said_last, conversation)
        asked = [message.text for message in said if message.author == "user"]
        second_best = None
        for text in reversed(asked[-MOST_QUESTIONS_BACK:]):
            found = await self.look_up(text, state.focus.change_type, state.focus.subject_kind, state=state)
            if found.status is not None and found.hits:
                return found
            second_best = second_best or (found if found.hits else None)
        return second_best

    def _said_last(self, conversation: str) -> list[Message]:
        state = self._existing(conversation)
        return self.context.store.messages(conversation, max(0, state.last_id - _LOOKED_BACK))


def _suggestion(hit: Hit | None, text: str) -> dict[str, Any]:
    if hit is None:
        return _entry(None, "文档没有说明", text, None, None)
    return _entry(hit.fact, hit.title, text, hit.confidence, hit.section)


def _entry(
    fact: str | None, title: str, text: str, confidence: float | None, section: str | None
) -> dict[str, Any]:
    return {"fact": fact, "title": title, "text": text, "confidence": confidence, "section": section}
