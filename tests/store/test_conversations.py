import pytest
from sqlalchemy.exc import IntegrityError

from beian.store.conversations import ConversationStore
from beian.store.database import StoreError
from beian.store.records import Draft, TurnRecord
from beian.store.tables import metadata


@pytest.fixture
def store(tmp_path):
    return ConversationStore(tmp_path / "conversations.db")


def ask(store, text="你好", client_id="c1", conversation="w-1"):
    return store.accept(conversation, Draft("user", text, client_id=client_id))


def turn(conversation="w-1"):
    return TurnRecord(
        "web", conversation, 1, "你好13800138000", "answered", ["a.b"], "ask", 0.9, 12.3, "kb", "model"
    )


def test_numbers_count_up_in_each_conversation(store):
    assert [ask(store, client_id=str(n))[0].id for n in range(3)] == [1, 2, 3]
    assert ask(store, conversation="w-2")[0].id == 1
    assert store.conversation("w-1").last_id == 3


def test_a_repeat_is_the_first_message(store):
    first, is_new, mode = ask(store)
    again, is_new_again, _ = ask(store, text="anders")
    assert (is_new, is_new_again, mode) == (True, False, "bot")
    assert (again.id, again.text) == (first.id, "你好")
    assert store.unanswered() == [("w-1", 1)]


def test_an_answer_is_given_once(store):
    ask(store)
    [answer] = store.answer("w-1", 1, [Draft("bot", "答", custom={"status": "answered"})], turn())
    assert answer.id == 2
    assert store.answer("w-1", 1, [Draft("bot", "答")], turn()) == []
    assert store.unanswered() == []
    assert [m.author for m in store.messages("w-1")] == ["user", "bot"]
    assert len(store.export("w-1")["turns"]) == 1


def test_nothing_of_a_failed_transaction_stays(store):
    ask(store)
    with pytest.raises(ValueError, match="author"):
        store.answer("w-1", 1, [Draft("bot", "答"), Draft("nobody", "x")], turn())
    assert store.unanswered() == [("w-1", 1)]
    assert len(store.messages("w-1")) == 1
    assert store.export("w-1")["turns"] == []


def test_texts_are_masked_everywhere(store):
    ask(store, "手机13800138000")
    store.answer(
        "w-1",
        1,
        [Draft("bot", "您的13800138000", custom={"x": "a@b.cn"}, buttons=[{"title": "13800138000"}])],
        turn(),
    )
    store.set_feedback("w-1", 2, "down", "打13800138000")
    assert "13800138000" not in str(store.export("w-1"))
    assert "a@b.cn" not in str(store.export("w-1"))


def test_modes_change_by_compare_and_set(store):
    ask(store)
    assert store.set_mode("w-1", "waiting", expect=["bot"])
    assert not store.set_mode("w-1", "waiting", expect=["bot"])
    assert store.set_mode("w-1", "human", expect=["waiting"], agent="li")
    assert not store.set_mode("w-1", "human", expect=["waiting"], agent="wang")
    assert not store.set_mode("w-1", "bot", expect=["human"], expect_agent="wang")
    assert store.conversation("w-1").agent == "li"
    assert store.set_mode("w-1", "bot", expect=["human"], expect_agent="li")
    assert not store.set_mode("w-9", "human")
    with pytest.raises(ValueError, match="mode"):
        store.set_mode("w-1", "paused")


def test_with_a_person_nothing_waits_for_the_assistant(store):
    ask(store)
    store.set_aside("w-1", 1)
    store.set_mode("w-1", "human", agent="li")
    _, _, mode = ask(store, client_id="c2")
    assert mode == "human"
    assert store.unanswered() == []
    store.append("w-1", Draft("agent", "我来看", agent="li"))
    assert store.messages("w-1", after=2)[0].agent == "li"


def test_lists_by_mode_and_time(store):
    for name in ("w-1", "w-2", "w-3"):
        ask(store, conversation=name)
    store.set_mode("w-2", "waiting")
    assert [c.id for c in store.list_conversations(["waiting"])] == ["w-2"]
    assert {c.id for c in store.list_conversations()} == {"w-1", "w-2", "w-3"}
    first = store.list_conversations(limit=1)[0]
    assert first.id not in {c.id for c in store.list_conversations(before=first.updated)}


def test_deleting_one_conversation_leaves_the_others(store):
    for name in ("w-1", "w-2"):
        ask(store, conversation=name)
        store.answer(name, 1, [Draft("bot", "答")], turn(name))
        store.set_feedback(name, 2, "up", None)
        store.set_ticks(name, 2, [0])
        store.add_satisfaction(name, 1)
    gone = store.delete("w-1")
    assert gone == {
        "feedback": 1,
        "ticks": 1,
        "satisfaction": 1,
        "pending": 0,
        "turns": 1,
        "messages": 2,
        "conversations": 1,
    }
    assert not any(store.export("w-1").values())
    assert all(store.export("w-2").values())


def test_purging_removes_what_is_old_only(store):
    ask(store)
    store.answer("w-1", 1, [Draft("bot", "答")], turn())
    store.set_feedback("w-1", 2, "up", None)
    before = store.messages("w-1")[-1].at + 0.000001
    ask(store, client_id="c2")
    gone = store.purge(before)
    assert gone == {"messages": 2, "turns": 1, "conversations": 0}
    assert [m.id for m in store.messages("w-1")] == [3]
    assert ask(store, client_id="c3")[0].id == 4


def test_every_table_with_a_conversation_is_reached_by_delete_export_and_purge():
    names = {table.name for table in metadata.sorted_tables}
    assert names >= {"conversations", "messages", "feedback", "ticks", "satisfaction", "turns", "pending"}
    # What checks whether the disk is full and what is done by the clock has nothing to do with one.
    mine = [table for table in metadata.sorted_tables if table.name not in ("probe", "upkeep")]
    own = ConversationStore()
    with own.transaction() as connection:
        for table in mine:
            connection.execute(table.insert().values(**_filled(table)))
    own.delete("x")
    with own.transaction() as connection:
        left = {table.name: connection.execute(table.select()).fetchall() for table in metadata.sorted_tables}
    assert not any(left.values()), left


def _filled(table):
    values = {}
    for column in table.columns:
        if column.name == "conversation" or (table.name == "conversations" and column.name == "id"):
            values[column.name] = "x"
        elif not column.nullable and not (column.primary_key and column.name == "n"):
            values[column.name] = 1 if column.type.python_type in (int, float) else "bot"
    return values


def test_an_unusable_file_is_an_error(tmp_path):
    (tmp_path / "bad.db").write_bytes(b"this is no database" * 500)
    with pytest.raises(StoreError):
        ConversationStore(tmp_path / "bad.db")


def test_the_file_is_for_its_owner_only(tmp_path):
    ConversationStore(tmp_path / "own.db")
    assert (tmp_path / "own.db").stat().st_mode & 0o077 == 0


def test_what_waits_is_taken_over_once_and_only_where_nothing_changed(store):
    ask(store)
    ask(store, client_id="c2")
    ask(store, conversation="w-2")
    found = store.waiting()
    assert {conversation: numbers for (conversation, _), numbers in found.items()} == {
        "w-1": [1, 2],
        "w-2": [1],
    }
    first, second = found
    assert store.take_over(*first)
    assert not store.take_over(*first)
    ask(store, client_id="c2", conversation="w-2")
    assert not store.take_over(*second)


def test_the_same_write_at_the_same_moment_is_tried_again_and_then_an_error(store):
    tries = []

    def write(name):
        tries.append(name)
        if len(tries) < wins:
            raise IntegrityError("statement", {}, Exception("taken"))
        return name

    wins = 3
    assert store._again(write, "a") == "a"
    tries.clear()
    wins = 99
    with pytest.raises(StoreError):
        store._again(write, "a")


def test_long_names_are_cut_to_their_columns(store):
    long = TurnRecord("web", "w-1", 1, "x", "s" * 99, [], "i" * 99, None, 1.0, "k" * 99, "m" * 99)
    store.record_turn(long)
    store.accept("w-1", Draft("user", "x"))
    [row] = store.export("w-1")["turns"]
    assert [len(row[name]) for name in ("status", "intent", "kb_version", "model")] == [16, 80, 16, 80]


def test_what_a_person_left_open_is_asked_again_once():
    store = ConversationStore()
    message, _, _ = store.accept("w-1", Draft("user", "审核要多久"))
    store.set_aside("w-1", message.id)
    store.set_mode("w-1", "human", agent="li")
    # Not while a person has it, and nothing that no customer asked.
    assert not store.ask_again("w-1", message.id)
    said = store.append("w-1", Draft("agent", "您好", agent="li"))
    store.set_mode("w-1", "bot", since=5.0)
    assert store.conversation("w-1").mode_since == 5.0
    assert not store.ask_again("w-1", said.id)
    assert store.ask_again("w-1", message.id)
    assert not store.ask_again("w-1", message.id)
    assert store.unanswered() == [("w-1", message.id)]
