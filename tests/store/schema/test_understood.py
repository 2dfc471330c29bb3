"""Revision 0006: a reply's label has the name that it has today."""

import json
from contextlib import closing

import sqlalchemy as sa

from beian.store.database import sqlite_engine
from beian.store.schema import revisions
from beian.store.schema.conversations import r0006_understood as revision
from beian.store.schema.revisions import CONVERSATIONS

NEW = {"status": "answered", "understood": {"intent": "overview/types", "confidence": 0.9}}
OLD = {"status": "answered", "understood": {"label": "概述/类型", "confidence": 0.9}}
OTHERS = [
    NEW,
    {"label": "x"},
    {"label": "x", "understood": {"intent": "y"}},
    {"understood": "label"},
    {"understood": {"说": '"label"'}},
    None,
]


def upgraded(tmp_path, rows):
    """What stands in `custom` after the revision, by conversation and number."""
    engine = sqlite_engine(tmp_path / "conversations.db")
    with closing(engine.connect()) as connection, connection.begin():
        revisions.upgrade(connection, CONVERSATIONS, revision.down_revision)
        messages = revisions.tables_at(CONVERSATIONS, revision.down_revision).tables["messages"]
        conversations = revisions.tables_at(CONVERSATIONS, revision.down_revision).tables["conversations"]
        for name in {name for name, _ in rows}:
            connection.execute(conversations.insert().values(_filled(conversations, id=name)))
        for (name, number), custom in rows.items():
            text = None if custom is None else json.dumps(custom, ensure_ascii=False)
            connection.execute(
                messages.insert().values(_filled(messages, conversation=name, id=number, custom=text))
            )
        revisions.upgrade(connection, CONVERSATIONS, revision.revision)
        found = connection.execute(sa.select(messages.c.conversation, messages.c.id, messages.c.custom))
        return {(name, number): custom for name, number, custom in found}


def _filled(table, **values):
    """A row with something in each column that must hold something."""
    for column in table.columns:
        if column.name not in values and not column.nullable and column.server_default is None:
            values[column.name] = "x" if isinstance(column.type, (sa.String, sa.Text)) else 0
    return values


def test_the_label_moves_and_nothing_else_changes(tmp_path):
    rows = {("a", number): custom for number, custom in enumerate([OLD, *OTHERS], 1)}
    after = upgraded(tmp_path, rows)
    moved = {"confidence": 0.9, "intent": "概述/类型"}
    assert json.loads(after["a", 1]) == {"status": "answered", "understood": moved}
    assert "概述" in after["a", 1], "Chinese stays readable, and is found"
    for number, custom in enumerate(OTHERS, 2):
        assert (after["a", number] and json.loads(after["a", number])) == custom


def test_messages_of_the_same_number_are_told_apart_and_all_are_reached(tmp_path, monkeypatch):
    # What runs is the module as Alembic has loaded it.
    running = revisions._script(CONVERSATIONS).get_revision(revision.revision).module
    monkeypatch.setattr(running, "_PORTION", 2)
    rows = {
        (name, number): {"understood": {"label": f"{name}{number}"}} for name in "abc" for number in (1, 2, 3)
    }
    after = upgraded(tmp_path, rows)
    assert {place: json.loads(custom)["understood"]["intent"] for place, custom in after.items()} == {
        (name, number): f"{name}{number}" for name, number in rows
    }
