"""The accounts of agents, as they are kept."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from beian.contract.desk import Role
from beian.store.conversations import ConversationStore
from beian.store.desk_tables import absences, agents, presence, reads, sessions
from beian.store.tables import conversations

ROLES: tuple[Role, ...] = ("agent", "admin")
MOST_NAME_CHARACTERS = 32


class AccountError(ValueError):
    """An account cannot be made or changed; the text says why, for people."""


@dataclass(frozen=True)
class Agent:
    """One account; `created` is in seconds since 1970, `shown` the name for customers, if there is one."""

    name: str
    role: Role
    created: float
    disabled: bool
    shown: str | None = None

    @property
    def is_admin(self) -> bool:
        """Whether the agent may manage accounts and read the audit log."""
        return self.role == "admin"


def checked_name(name: str) -> str:
    """The name as stored; raises AccountError."""
    name = unicodedata.normalize("NFKC", name).strip()
    if not 0 < len(name) <= MOST_NAME_CHARACTERS:
        raise AccountError(f"名字应为 1 到 {MOST_NAME_CHARACTERS} 个字")
    if any(unicodedata.category(char)[0] not in "LN" and char not in "._-" for char in name):
        raise AccountError("名字只能用文字、数字、点、下划线和连字符")
    if not name.strip("."):
        # In the path of an address these lead elsewhere.
        raise AccountError("名字不能只有点")
    return name


def plain_name(name: str) -> str:
    """A name as it may have been typed, as it would be stored."""
    return unicodedata.normalize("NFKC", name).strip()[:64]


def _update(connection: sa.engine.Connection, name: str, **values: str | int | None) -> None:
    changed = connection.execute(agents.update().where(agents.c.name == name).values(**values))
    if not changed.rowcount:
        raise AccountError(f"没有名为 {name} 的账号")


def agent_of(row: sa.engine.Row) -> Agent:
    """The account of a row."""
    return Agent(row.name, row.role, row.created, bool(row.disabled), row.shown)


class Agents:
    """Reads and writes accounts. Waits for the store."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    def _add(self, name: str, hashed: str, role: Role, created: float) -> None:
        """Raises AccountError where there is one of this name."""
        try:
            with self._store.transaction() as connection:
                values = {"name": name, "hash": hashed, "role": role, "created": created, "disabled": 0}
                connection.execute(agents.insert().values(**values))
        except IntegrityError as error:
            raise AccountError(f"已有名为 {name} 的账号") from error

    def _row(self, name: str) -> sa.engine.Row | None:
        with self._store.reading() as connection:
            return connection.execute(sa.select(agents).where(agents.c.name == name)).first()

    def all(self) -> list[Agent]:
        """Every account, by name."""
        with self._store.reading() as connection:
            rows = connection.execute(sa.select(agents).order_by(agents.c.name))
            return [agent_of(row) for row in rows]

    def exist(self) -> bool:
        """Whether anyone could log in at all."""
        query = sa.select(agents.c.name).where(agents.c.disabled == 0).limit(1)
        with self._store.reading() as connection:
            return connection.execute(query).first() is not None

    def set_disabled(self, name: str, disabled: bool) -> None:
        """Shut an agent out at once, or let them in again; raises AccountError."""
        self._change(name, disabled=int(disabled))

    def set_role(self, name: str, role: Role) -> None:
        """Change what an agent may do; raises AccountError."""
        self._change(name, role=role)

    def set_shown(self, name: str, shown: str) -> None:
        """Change what customers call the agent, "" for no name; raises AccountError."""
        with self._store.transaction() as connection:
            _update(connection, name, shown=checked_name(shown) if shown.strip() else None)

    def shown(self, name: str) -> str | None:
        """What customers call the agent of that name; None where they do not."""
        with self._store.reading() as connection:
            row = connection.execute(sa.select(agents.c.shown).where(agents.c.name == name)).first()
        return row.shown if row is not None else None

    def _change(self, name: str, **values: str | int) -> None:
        with self._store.transaction() as connection:
            _update(connection, name, **values)
            connection.execute(sessions.delete().where(sessions.c.agent == name))

    def rename(self, name: str, to: str) -> str:
        """Give an account another name, which is returned; it has to log in again. Raises AccountError.

        Conversations go along; what was said and done before stands under the name of that time.
        """
        to = checked_name(to)
        try:
            with self._store.transaction() as connection:
                row = connection.execute(sa.select(agents).where(agents.c.name == name)).first()
                if row is None:
                    raise AccountError(f"没有名为 {name} 的账号")
                connection.execute(agents.insert().values(**{**row._mapping, "name": to}))
                for table in (conversations, reads, absences):
                    connection.execute(table.update().where(table.c.agent == name).values(agent=to))
                # Its log-ins and its place at the desk go with it.
                connection.execute(sessions.delete().where(sessions.c.agent == name))
                connection.execute(presence.delete().where(presence.c.agent == name))
                connection.execute(agents.delete().where(agents.c.name == name))
        except IntegrityError as error:
            raise AccountError(f"已有名为 {to} 的账号") from error
        return to

    def is_known(self, name: str) -> bool:
        """Whether there is an account of this name."""
        query = sa.select(agents.c.name).where(agents.c.name == name)
        with self._store.reading() as connection:
            return connection.execute(query).first() is not None

    def check_exists(self, name: str) -> None:
        """Raises AccountError where there is no account of this name."""
        if not self.is_known(name):
            raise AccountError(f"没有名为 {name} 的账号")
