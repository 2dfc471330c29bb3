"""What a desk is put together from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from beian.answers.case import case_text
from beian.contract import desk as contract
from beian.desk.accounts import Accounts
from beian.desk.advice import Advice
from beian.desk.holding import Holding
from beian.desk.hours import Hours
from beian.desk.live import Live
from beian.desk.opening import Opening
from beian.desk.passwords import PasswordWork
from beian.desk.relay import Relay
from beian.server.context import Context
from beian.settings.desk import desk_hours, gone_seconds
from beian.store import desk_tables as tables
from beian.store import search_index
from beian.store.desk import announce
from beian.store.desk.audit import Audit
from beian.store.desk.presence import Presence
from beian.store.desk.records import Records
from beian.store.desk.rows import Row
from beian.store.desk.snippets import Snippets
from beian.store.records import Draft

MOST_CASES = 120


class Parts:
    """The parts of a desk, and what all of them say and show."""

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
        self.relay = None
        if context.settings.shared_database:
            announce.create(context.store.engine)
            self.relay = Relay(context.store, self.records, context.hub, self.live)

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
