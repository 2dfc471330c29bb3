"""What a customer does about the conversation as a whole."""

import sqlite3

import pytest
from sqlalchemy import text

from beian.hearing.noted import noted, vocabulary
from beian.kb import load_knowledge
from beian.meaning.state import Discourse

KB = load_knowledge()


def post(server, path, body, headers):
    return server.client.post(path, json=body, headers=headers)


def test_what_the_page_says_is_the_case_until_it_is_taken_back():
    state = noted({"item": "company_name", "phase": "rejected"}, Discourse(), KB)
    assert (state.focus.item, state.focus.change_type, state.focus.subject_kind) == (
        "company_name",
        "subject_info",
        "enterprise",
    )
    assert state.phase == "rejected"
    state = noted({"item": None, "change_type": "cancel_website"}, state, KB)
    assert (state.focus.item, state.focus.change_type) == (None, "cancel_website")


def test_what_the_page_says_is_noted_and_nothing_is_said(server, monkeypatch):
    told = []

    async def note(conversation, values):
        told.append((conversation, values))

    monkeypatch.setattr(server.context.assistant, "note", note)
    headers = server.session()
    body = {"item": "company_name", "phase": None}
    assert post(server, "/api/context", body, headers).json() == {"ok": True}
    assert told == [(server.conversation(headers), body)]
    assert server.history(headers) == []


@pytest.mark.parametrize("body", [{"item": "x"}, {"nothing": "x"}, {"item": 1}, {"phase": "done"}, []])
def test_what_the_vocabulary_does_not_have_is_refused(server, body):
    assert post(server, "/api/context", body, server.session()).status_code == 400


def test_every_id_that_is_offered_can_be_said():
    for slot, names in vocabulary(KB).items():
        for value in names:
            assert noted({slot: value}, Discourse(), KB) != Discourse()


def test_leaving_ends_waiting_and_the_talk(server):
    headers = server.session()
    assert post(server, "/api/leave", {}, headers).json() == {"mode": "bot"}
    server.send(headers, "你好")
    server.history(headers, 2)
    conversation = server.conversation(headers)
    for before, after in (("waiting", "bot"), ("human", "closed")):
        server.context.store.set_mode(conversation, before)
        assert post(server, "/api/leave", {}, headers).json() == {"mode": after}
        assert server.context.store.mode(conversation) == after
        assert server.history(headers)[-1]["author"] == "system"


def test_deleting_reaches_every_store(server):
    headers = server.session()
    secret = "只在这段对话里出现的话"
    server.send(headers, secret)
    server.history(headers, 2)
    conversation = server.conversation(headers)
    server.client.post("/api/feedback", json={"message_id": 2, "value": "up"}, headers=headers)
    assert post(server, "/api/forget", {}, headers).json() == {"ok": True}
    assert server.history(headers) == []
    assert server.context.store.conversation(conversation) is None
    assert server.call(server.context.assistant.tracker(conversation)) is None
    for engine in (server.context.store.engine, server.context.assistant.tracker_store.engine):
        with engine.connect() as connection:
            tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
            for table in tables.all():
                try:
                    rows = connection.execute(text(f'SELECT * FROM "{table}"')).all()
                except sqlite3.DatabaseError:
                    continue
                assert secret not in str(rows), table
    # The token still serves: the next message begins anew.
    server.send(headers, "你好", "c2")
    assert [one["id"] for one in server.history(headers, 2)] == [1, 2]
