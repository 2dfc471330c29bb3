"""Who may use the desk: accounts with two roles, log-in with lock-out, sessions that can be ended."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from beian.contract.desk import Role
from beian.desk.passwords import MOST_CHARACTERS, weakness
from beian.store.conversations import ConversationStore
from beian.store.desk.agents import AccountError, Agent, agent_of, checked_name, plain_name
from beian.store.desk.lockout import Lockouts, Place
from beian.store.desk.sessions import Sessions

_ANYWHERE = Place()


class Accounts(Sessions):
    """Reads and writes accounts and sessions. Hashing takes some 50 ms and 64 MiB: see PasswordWork."""

    def __init__(
        self,
        store: ConversationStore,
        hasher: PasswordHasher | None = None,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(store, clock)
        self._lockouts = Lockouts(store, clock, monotonic)
        self._hasher = hasher or PasswordHasher()
        # Checked when a name does not exist, so that the time taken tells nothing.
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    def add(self, name: str, password: str, role: Role = "agent") -> Agent:
        """Make an account; raises AccountError."""
        name = checked_name(name)
        hashed, now = self._hasher.hash(checked_password(password, name)), self._clock()
        self._add(name, hashed, role, now)
        return Agent(name, role, now, False)

    def set_password(self, name: str, password: str) -> None:
        """Change the password and end every session of the agent; raises AccountError."""
        hashed = self._hasher.hash(checked_password(password, name))
        self._change(name, hash=hashed)
        self._lockouts.forget(name)

    def unlock(self, name: str) -> None:
        """Forget failed log-ins, wherever they came from; raises AccountError."""
        self.check_exists(name)
        self._lockouts.forget(name)

    def log_in(self, name: str, password: str, place: Place = _ANYWHERE) -> tuple[Agent, str] | None:
        """(agent, secret of a new session), or None when name or password are wrong.

        Raises LockedError after too many failures under this name from this place, whether the name
        exists or not.
        """
        name = plain_name(name)
        attempt = self._lockouts.begin(name, place)
        row = self._row(name)
        known = row is not None and not row.disabled
        hashed = row.hash if row is not None and known else self._nobody
        try:
            right = self._hasher.verify(hashed, password[:MOST_CHARACTERS]) and known
        except (VerificationError, InvalidHashError):
            right = False
        if not right or row is None:
            return None
        secret = secrets.token_urlsafe(32)
        self._lockouts.succeed(name, place, attempt)
        rehashed = self._hasher.hash(password) if self._hasher.check_needs_rehash(hashed) else None
        self._open(name, secret, rehashed)
        return agent_of(row), secret


def checked_password(password: str, name: str = "") -> str:
    """The password itself; raises AccountError with what is wrong with it."""
    found = weakness(password, name)
    if found is not None:
        raise AccountError(found)
    return password
