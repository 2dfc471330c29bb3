"""The desk of one running server: taking over, answering, handing back, and what the assistant suggests."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from beian.desk.asking import Asking
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.store.desk.agents import Agent
from beian.store.desk.sessions import Session
from beian.store.records import Draft, Message

logger = logging.getLogger(__name__)

_MOST_SEEN = 20_000
CLAIMABLE = ("bot", "waiting", "closed")


class Desk(Asking):
    """Everything the routes of the desk share; made once for each application."""

    def __init__(self, context: Context, environ: Mapping[str, str] | None = None) -> None:
        """Makes the tables. Raises StoreError, or SettingsError for BEIAN_DESK_HOURS."""
        super().__init__(context, environ)
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._seeing = threading.Lock()
        if not self.accounts.exist():
            logger.warning(
                "the desk has no accounts: python -m beian desk add-agent NAME --admin makes the first"
            )

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
