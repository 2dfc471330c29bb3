"""What other servers write to the same PostgreSQL database, shown here as if it had happened here.

A customer and the agent may be connected to different servers. Triggers announce each change when its
transaction commits (LISTEN and NOTIFY), so that nothing is announced too early, and nothing forgotten.
With SQLite there is one server, and nothing to relay.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from beian.desk.live import Live
from beian.server.hub import Hub
from beian.store.conversations import ConversationStore
from beian.store.database import StoreError, cause
from beian.store.desk.records import Records

logger = logging.getLogger(__name__)

_CHANNEL = "beian_desk"
_RETRY_SECONDS = 1.0


class Relay:
    """Listens for what other servers announce, and publishes it to this server's customers and desks."""

    def __init__(self, store: ConversationStore, records: Records, hub: Hub, live: Live) -> None:
        """Names this server's connections: it knows its own announcements by that."""
        self._store, self._records, self._hub, self._live = store, records, hub, live
        self._name = f"beian-{secrets.token_hex(8)}"
        self._task: asyncio.Task[None] | None = None
        sa.event.listen(store.engine, "connect", self._sign)
        # Those made before are not named.
        store.engine.dispose()

    def _sign(self, connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('application_name', %s, false)", (self._name,))
        connection.commit()

    def start(self) -> None:
        """Listen from now on."""
        self._task = asyncio.get_event_loop().create_task(self._run())

    def stop(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        loop = asyncio.get_event_loop()
        lost = False
        while True:
            try:
                connection = await loop.run_in_executor(None, self._listen)
                try:
                    if lost:
                        # The desks come back, and read what they missed.
                        self._live.end()
                        lost = False
                    await self._follow(connection)
                finally:
                    connection.close()
            except (SQLAlchemyError, StoreError, self._store.engine.dialect.dbapi.Error) as error:
                lost = True
                logger.warning("other servers cannot be heard", extra={"cause": cause(error)})
                await asyncio.sleep(_RETRY_SECONDS)

    def _listen(self) -> Any:
        """A connection of the driver, outside the pool, that hears what is announced."""
        pooled = self._store.engine.raw_connection()
        connection = pooled.connection
        pooled.detach()
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {_CHANNEL}")
        return connection

    async def _follow(self, connection: Any) -> None:
        loop, ready = asyncio.get_event_loop(), asyncio.Event()
        number = connection.fileno()
        loop.add_reader(number, ready.set)
        try:
            while True:
                await ready.wait()
                ready.clear()
                connection.poll()
                while connection.notifies:
                    await self._heard(connection.notifies.pop(0).payload)
        finally:
            loop.remove_reader(number)

    async def _heard(self, announced: str) -> None:
        table, number, subject, origin = announced.split(" ", 3)
        if origin == self._name:
            return
        if table == "desk_sessions":
            self._live.end(subject)
        elif self._live.count or self._hub.watchers(subject):
            await getattr(self, f"_{table}")(subject, int(number))

    async def _messages(self, conversation: str, number: int) -> None:
        message = await self._store.threads.read(self._store.message, conversation, number)
        if message is not None:
            self._hub.publish(conversation, "message", message)

    async def _conversations(self, conversation: str, _number: int) -> None:
        mode = await self._store.threads.read(self._store.mode, conversation)
        self._hub.publish(conversation, "mode", mode)

    async def _satisfaction(self, conversation: str, value: int) -> None:
        self._live.tell(conversation, "satisfaction", value)

    async def _desk_notes(self, conversation: str, number: int) -> None:
        for note in await self._store.threads.read(self._records.notes, conversation):
            if note["n"] == number:
                self._live.tell(conversation, "note", note)

    async def _desk_labels(self, conversation: str, _number: int) -> None:
        self._live.changed(conversation)
        labels = await self._store.threads.read(self._records.labels_of, conversation)
        self._live.tell(conversation, "labels", labels)
