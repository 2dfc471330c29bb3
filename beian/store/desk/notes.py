"""What agents write down about a conversation for each other: notes and labels."""

from __future__ import annotations

import time
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from beian.contract.desk import MOST_LABELS, Note
from beian.masking import mask
from beian.store.conversations import ConversationStore
from beian.store.desk_tables import labels, notes
from beian.text.acceptable import readable

MOST_LABEL_CHARACTERS = 24
MOST_NOTE_CHARACTERS = 2000


class Notes:
    """Reads and writes them; all text in them is masked."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    def add_note(self, conversation: str, agent: str, text: str) -> Note:
        """Keep a note for other agents; personal numbers in it are masked. ValueError when it is empty."""
        text = mask(readable(text))[:MOST_NOTE_CHARACTERS]
        if not text:
            raise ValueError("an empty note")
        now = time.time()
        values = {"conversation": conversation, "at": now, "agent": agent, "text": text}
        with self._store.transaction() as connection:
            inserted = connection.execute(notes.insert().values(**values))
        return Note(n=inserted.inserted_primary_key[0], at=now, agent=agent, text=text)

    def notes(self, conversation: str) -> list[Note]:
        """The notes of a conversation, oldest first."""
        query = sa.select(notes.c.n, notes.c.at, notes.c.agent, notes.c.text)
        query = query.where(notes.c.conversation == conversation).order_by(notes.c.n)
        with self._store.reading() as connection:
            found = connection.execute(query).all()
        return [Note(n=row.n, at=row.at, agent=row.agent, text=row.text) for row in found]

    def change_labels(self, conversation: str, add: Iterable[str], remove: Iterable[str]) -> list[str]:
        """Add labels and take others off; those there are then. ValueError when there are too many.

        Two agents who change them at once both get what they want.
        """
        wanted, unwanted = _as_stored(add), _as_stored(remove)
        kind = postgresql if self._store.engine.dialect.name == "postgresql" else sqlite
        here = labels.c.conversation == conversation
        with self._store.transaction() as connection:
            connection.execute(labels.delete().where(here, labels.c.label.in_(unwanted)))
            for name in wanted:
                insert = kind.insert(labels).values(conversation=conversation, label=name)
                connection.execute(insert.on_conflict_do_nothing())
            stored = [row[0] for row in connection.execute(sa.select(labels.c.label).where(here))]
            if len(stored) > MOST_LABELS:
                raise ValueError("too many labels")
        return sorted(stored)

    def known_labels(self) -> list[str]:
        """Every label in use, the most used first."""
        query = sa.select(labels.c.label).group_by(labels.c.label).order_by(sa.func.count().desc()).limit(100)
        with self._store.reading() as connection:
            return [row[0] for row in connection.execute(query)]

    def labels_of(self, conversation: str) -> list[str]:
        """The labels of a conversation."""
        query = sa.select(labels.c.label).where(labels.c.conversation == conversation)
        with self._store.reading() as connection:
            return sorted(row[0] for row in connection.execute(query))


def _as_stored(names: Iterable[str]) -> list[str]:
    # Masked as it will be stored: what is taken out before may have hidden a number.
    return sorted({mask(" ".join(readable(name).split()))[:MOST_LABEL_CHARACTERS] for name in names} - {""})
