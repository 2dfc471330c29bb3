"""Who may use the desk: accounts with two roles, log-in with lock-out, sessions that can be ended."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.exc import IntegrityError

from beian.contract.desk import Role, SessionShown
from beian.desk.lockout import Lockouts, Place
from beian.desk.passwords import MOST_CHARACTERS, weakness
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError, wait_until
from beian.store.desk_tables import absences, agents, presence, reads, sessions
from beian.store.tables import conversations

ROLES: tuple[Role, ...] = ("agent", "admin")
MOST_NAME_CHARACTERS = 32
IDLE_SECONDS = 8 * 3600.0
LONGEST_SECONDS = 24 * 3600.0
_SEEN_EVERY_SECONDS = 60.0
_ANYWHERE = Place()


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


@dataclass(frozen=True)
class Session:
    """A log-in: its stored id (a digest of the cookie's secret) and whose it is."""

    id: str
    agent: Agent


class Accounts:
    """Reads and writes accounts and sessions. Hashing takes some 50 ms and 64 MiB: see PasswordWork."""

    def __init__(
        self,
        store: ConversationStore,
        hasher: PasswordHasher | None = None,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._clock = store, clock
        self._lockouts = Lockouts(store, clock, monotonic)
        self._hasher = hasher or PasswordHasher()
        # Checked when a name does not exist, so that the time taken tells nothing.
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    # --- accounts ----------------------------------------------------------------------------------

    def add(self, name: str, password: str, role: Role = "agent") -> Agent:
        """Make an account; raises AccountError."""
        name = checked_name(name)
        hashed, now = self._hasher.hash(checked_password(password, name)), self._clock()
        try:
            with self._store.transaction() as connection:
                values = {"name": name, "hash": hashed, "role": role, "created": now, "disabled": 0}
                connection.execute(agents.insert().values(**values))
        except IntegrityError as error:
            raise AccountError(f"已有名为 {name} 的账号") from error
        return Agent(name, role, now, False)

    def all(self) -> list[Agent]:
        """Every account, by name."""
        with self._store.reading() as connection:
            rows = connection.execute(sa.select(agents).order_by(agents.c.name))
            return [_agent(row) for row in rows]

    def exist(self) -> bool:
        """Whether anyone could log in at all."""
        query = sa.select(agents.c.name).where(agents.c.disabled == 0).limit(1)
        with self._store.reading() as connection:
            return connection.execute(query).first() is not None

    def set_password(self, name: str, password: str) -> None:
        """Change the password and end every session of the agent; raises AccountError."""
        hashed = self._hasher.hash(checked_password(password, name))
        self._change(name, hash=hashed)
        self._lockouts.forget(name)

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

    def unlock(self, name: str) -> None:
        """Forget failed log-ins, wherever they came from; raises AccountError."""
        self.check_exists(name)
        self._lockouts.forget(name)

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

    # --- log-in --------------------------------------------------------------------------------------

    def log_in(self, name: str, password: str, place: Place = _ANYWHERE) -> tuple[Agent, str] | None:
        """(agent, secret of a new session), or None when name or password are wrong.

        Raises LockedError after too many failures under this name from this place, whether the name
        exists or not.
        """
        name = plain_name(name)
        attempt = self._lockouts.begin(name, place)
        with self._store.reading() as connection:
            row = connection.execute(sa.select(agents).where(agents.c.name == name)).first()
        known = row is not None and not row.disabled
        hashed = row.hash if row is not None and known else self._nobody
        try:
            right = self._hasher.verify(hashed, password[:MOST_CHARACTERS]) and known
        except (VerificationError, InvalidHashError):
            right = False
        if not right or row is None:
            return None
        secret = secrets.token_urlsafe(32)
        now = self._clock()
        self._lockouts.succeed(name, place, attempt)
        with self._store.transaction() as connection:
            if self._hasher.check_needs_rehash(hashed):
                rehashed = self._hasher.hash(password)
                connection.execute(agents.update().where(agents.c.name == name).values(hash=rehashed))
            connection.execute(sessions.delete().where(sessions.c.created < now - LONGEST_SECONDS))
            values = {"id": _digest(secret), "agent": name, "created": now, "seen": now}
            connection.execute(sessions.insert().values(**values))
        return _agent(row), secret

    # --- sessions -------------------------------------------------------------------------------------

    def session(self, secret: str) -> Session | None:
        """The session a cookie's secret stands for, or None when it has ended."""
        now, identity = self._clock(), _digest(secret)
        query = sa.select(agents, sessions.c.created.label("begun"), sessions.c.seen).join(
            sessions, sessions.c.agent == agents.c.name
        )
        with self._store.reading() as connection:
            row = connection.execute(query.where(sessions.c.id == identity)).first()
        if row is None or row.disabled:
            return None
        if now - row.begun > LONGEST_SECONDS or now - row.seen > IDLE_SECONDS:
            self._try(sessions.delete().where(sessions.c.id == identity))
            return None
        if now - row.seen > _SEEN_EVERY_SECONDS:
            self._try(sessions.update().where(sessions.c.id == identity).values(seen=now))
        return Session(identity, _agent(row))

    def _try(self, statement: Any) -> None:
        """Write it, or leave it to the next request when the store is busy: nobody is to wait for it."""
        with (
            contextlib.suppress(StoreError),
            wait_until(time.monotonic()),
            self._store.transaction() as connection,
        ):
            connection.execute(statement)

    def sessions(self) -> dict[str, list[SessionShown]]:
        """When the log-ins that are open were made and last used (seconds since 1970), by agent."""
        now, found = self._clock(), defaultdict[str, list[SessionShown]](list)
        query = sa.select(sessions.c.agent, sessions.c.created, sessions.c.seen).order_by(sessions.c.created)
        fresh = (sessions.c.created > now - LONGEST_SECONDS, sessions.c.seen > now - IDLE_SECONDS)
        with self._store.reading() as connection:
            for agent, created, seen in connection.execute(query.where(*fresh)):
                found[agent].append({"created": created, "seen": seen})
        return dict(found)

    def is_open(self, session: Session) -> bool:
        """Whether a session has not been ended since; does not count as use."""
        query = sa.select(sessions.c.id).where(sessions.c.id == session.id)
        with self._store.reading() as connection:
            return connection.execute(query).first() is not None

    def log_out(self, session: Session) -> None:
        """End one session."""
        with self._store.transaction() as connection:
            connection.execute(sessions.delete().where(sessions.c.id == session.id))

    def log_out_everywhere(self, name: str) -> int:
        """End every session of an agent; how many there were. Raises AccountError."""
        self.check_exists(name)
        with self._store.transaction() as connection:
            return int(connection.execute(sessions.delete().where(sessions.c.agent == name)).rowcount)


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


def checked_password(password: str, name: str = "") -> str:
    """The password itself; raises AccountError with what is wrong with it."""
    found = weakness(password, name)
    if found is not None:
        raise AccountError(found)
    return password


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _update(connection: sa.engine.Connection, name: str, **values: str | int | None) -> None:
    changed = connection.execute(agents.update().where(agents.c.name == name).values(**values))
    if not changed.rowcount:
        raise AccountError(f"没有名为 {name} 的账号")


def _agent(row: sa.engine.Row) -> Agent:
    return Agent(row.name, row.role, row.created, bool(row.disabled), row.shown)
