"""Who has a conversation: it never stays with somebody who is gone, and may be passed on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from beian.desk.live import Live
from beian.server.errors import ApiError
from beian.server.hub import Hub
from beian.store.conversations import ConversationStore
from beian.store.desk.agents import Agent
from beian.store.desk.audit import Audit
from beian.store.desk.presence import Presence
from beian.store.desk.records import Records

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 15.0
BY_ITSELF = "系统"
"""Who writes the notes that no agent wrote."""
_WHY = {
    "disabled": "{name} 的账号已停用",
    "away": "{name} 登记了不在",
    "logged_out": "{name} 已退出登录",
    "absent": "{name} 不在线",
}
_FOR_LONG = ("disabled", "away")


class Holding:
    """Gives conversations back and on. All of it waits for the store."""

    def __init__(
        self,
        store: ConversationStore,
        hub: Hub,
        records: Records,
        audit: Audit,
        live: Live,
        presence: Presence,
        tell_customer: Callable[[str, str], None],
        introduce: Callable[[str, str, str], None],
    ) -> None:
        """`tell_customer` says a phrase of the desk, by its name, in a conversation; `introduce` who has it
        now, and had it before."""
        self._store, self._hub, self._records = store, hub, records
        self._audit, self._live, self._presence = audit, live, presence
        self._tell_customer, self._introduce = tell_customer, introduce

    # --- those who are gone -----------------------------------------------------------------------

    def sweep(self, names: Sequence[str] | None = None) -> int:
        """Give back what is held by agents who are gone (of `names`, or any); how many there were.

        From a disabled account and from whoever is away all of it goes; from others what a customer waits in
        for a reply.
        """
        held = self._records.held(names)
        since: dict[str, float] = {}
        for _, holder, begun in held:
            since[holder] = max(begun, since.get(holder, 0.0))
        gone = self._presence.why_gone(since) if since else {}
        affected = [(name, holder) for name, holder, _ in held if holder in gone]
        waits = {row.id: row.unanswered for row in self._records.rows("", [name for name, _ in affected])}
        count = 0
        for name, holder in affected:
            if gone[holder] in _FOR_LONG or waits.get(name) is not None:
                count += self._give_back(name, holder, _WHY[gone[holder]].format(name=holder))
        return count

    def is_gone(self, holder: str, since: float) -> bool:
        """Whether a colleague may simply take over: `since` is when the holder took the conversation."""
        return bool(self._presence.why_gone({holder: since}))

    def _give_back(self, conversation: str, holder: str, why: str, by: str = BY_ITSELF) -> bool:
        """Into the queue again, at the place the customer's waiting time gives; False when somebody was
        faster."""
        since = self._records.waits_since(conversation)
        changed = self._hub.set_mode(
            conversation, "waiting", expect=("human",), expect_agent=holder, agent=None, since=since
        )
        if not changed:
            return False
        self._records.returned(conversation, since)
        self.add_note(conversation, f"{why}，会话回到等待人工")
        self._audit.note(by, "give_back", conversation, why)
        self._tell_customer(conversation, "given_back")
        return True

    # --- passing on ----------------------------------------------------------------------------------

    def back_to_queue(self, conversation: str, agent: Agent) -> None:
        """The holder, or an admin, gives it up for any colleague. Raises ApiError."""
        holder = self._holder(conversation, agent)
        if not self._give_back(conversation, holder, f"{agent.name} 放回了队列", agent.name):
            raise ApiError("taken")

    def transfer(self, conversation: str, agent: Agent, to: str) -> None:
        """The holder, or an admin, hands it to a colleague. Raises ApiError."""
        holder = self._holder(conversation, agent)
        if to == holder:
            raise ApiError("bad_value", f"这个会话已经在 {to} 手里。")
        colleague = next((one for one in self._presence.colleagues() if one.name == to), None)
        if colleague is None:
            raise ApiError("bad_value", f"没有可以接手的账号 {to}。")
        if colleague.absence is not None:
            raise ApiError("taken", f"{to} 不在，到 {colleague.absence.until_text}；请转给别人或放回队列。")
        changed = self._hub.set_mode(conversation, "human", expect=("human",), expect_agent=holder, agent=to)
        if not changed:
            raise ApiError("taken")
        self._records.claimed(conversation, to)
        self.add_note(conversation, f"{agent.name} 把会话转给了 {to}")
        self._audit.note(agent.name, "transfer", conversation, to)
        self._introduce(conversation, to, holder)

    def _holder(self, conversation: str, agent: Agent) -> str:
        state = self._store.conversation(conversation)
        if state is None:
            raise ApiError("not_found")
        if state.mode != "human" or not state.agent:
            raise ApiError("taken", "请先接手这个会话。")
        if state.agent != agent.name and not agent.is_admin:
            raise ApiError("taken", f"这个会话已经由 {state.agent} 接手。")
        return state.agent

    def add_note(self, conversation: str, text: str) -> None:
        """A word for the agents that none of them wrote."""
        note = self._records.add_note(conversation, BY_ITSELF, text)
        self._live.told(conversation, "note", note)
