import asyncio
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.core.events import UserUttered

from beian.engine.assistant import Assistant
from beian.engine.model_file import ModelMissingError, newest_model
from beian.engine.tracker_store import MaskedTrackerStore
from beian.settings import SettingsError


@pytest.fixture(scope="module")
def loop():
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="module")
def assistant(tiny_model, loop):
    loaded = loop.run_until_complete(Assistant.load(tiny_model, actions="tiny_actions", action_seconds=1.0))
    yield loaded
    loaded.close()


@pytest.fixture
def ask(assistant, loop):
    return lambda sender, text, **more: loop.run_until_complete(assistant.reply(sender, text, **more))


def test_a_reply_is_rasa_shaped(ask):
    [reply] = ask("a", "你好")
    assert list(reply) == ["recipient_id", "text", "buttons", "custom"]


def test_the_conversation_is_remembered(ask, assistant, loop):
    ask("b", "remember:蓝")
    assert ask("b", "recall:")[0]["text"] == "蓝|2"
    tracker = loop.run_until_complete(assistant.tracker("b"))
    assert tracker.get_slot("note") == "蓝"
    assert loop.run_until_complete(assistant.tracker("nobody")) is None


def test_parse_says_what_was_understood(assistant, loop):
    parsed = loop.run_until_complete(assistant.parse("/remember{}"))
    assert parsed["intent"]["name"] == "answer"
    assert parsed["text"] == "／remember{}"


def test_metadata_and_text_are_masked_for_the_actions_too(ask, assistant):
    ask("c", "remember:13800138000", metadata={"phone": "13800138000"})
    assert "13800138000" not in json.dumps(assistant.tracker_store.events("c"))
    assert ask("c", "recall:")[0]["text"] == "〔手机号〕|2"


@pytest.mark.parametrize("command", ["hang:", "block:"])
def test_an_action_that_hangs_is_given_up(ask, assistant, command):
    [reply] = ask("d", command)
    assert reply["text"] == assistant.kb.phrase("errors", "action_failed")
    assert ask("d", "你好")[0]["custom"]["status"] == "answered"


def test_actions_without_an_end_are_ended_and_the_next_message_is_answered(ask, assistant):
    assert [reply["text"] for reply in ask("endless", "endless:")] == ["又来"]
    assert ask("endless", "你好")[0]["custom"]["status"] == "answered"


def test_four_messages_of_one_sender_at_once(assistant, loop):
    async def at_once():
        return await asyncio.gather(*(assistant.reply("e", f"问{number}") for number in range(4)))

    replies = loop.run_until_complete(at_once())
    assert [reply[0]["text"] for reply in replies] == [f"第一段：问{number}\n\n第二段" for number in range(4)]
    events = assistant.tracker_store.events("e")
    assert [event["text"] for event in events if event["event"] == "user"] == [
        f"问{number}" for number in range(4)
    ]
    assert len(assistant.locks) == 0


def test_restart_clears_the_case(ask, assistant, loop):
    ask("f", "remember:旧")
    loop.run_until_complete(assistant.restart("f"))
    assert ask("f", "recall:")[0]["text"].startswith("None|")
    kept = loop.run_until_complete(assistant.tracker("f"))
    assert [event.text for event in kept.events if isinstance(event, UserUttered)] == [
        "remember:旧",
        "recall:",
    ]


@settings(max_examples=150)
@given(st.text(max_size=300))
def test_any_text_is_answered(assistant, loop, text):
    replies = loop.run_until_complete(assistant.reply("any", text))
    assert replies
    assert all(reply.get("text") for reply in replies)


def test_a_missing_model_is_explained(tmp_path):
    with pytest.raises(ModelMissingError, match="make train"):
        newest_model(tmp_path)


@pytest.mark.parametrize("damage", ["truncated", "empty", "text", "missing"])
def test_a_broken_model_is_explained(tmp_path, tiny_model, loop, damage):
    broken = tmp_path / "broken.tar.gz"
    whole = tiny_model.read_bytes()
    content = {"truncated": whole[: len(whole) // 2], "empty": b"", "text": b"no model"}
    if damage != "missing":
        broken.write_bytes(content[damage])
    with pytest.raises(ModelMissingError, match=r"broken\.tar\.gz"):
        loop.run_until_complete(Assistant.load(broken, actions="tiny_actions"))


def test_a_wrong_setting_of_the_model_is_explained(tiny_model, loop, monkeypatch):
    monkeypatch.setenv("BEIAN_CAUTION", "很小心")
    with pytest.raises(SettingsError, match=r"BEIAN_CAUTION.*很小心"):
        loop.run_until_complete(Assistant.load(tiny_model, actions="tiny_actions"))


def test_the_cost_of_a_turn_does_not_grow(tiny_model, loop):
    """Counted in events the policies and actions see, not in time."""
    store = MaskedTrackerStore()
    assistant = loop.run_until_complete(
        Assistant.load(tiny_model, tracker_store=store, actions="tiny_actions")
    )
    seen = []
    for _ in range(60):
        [reply] = loop.run_until_complete(assistant.reply("long", "recall:"))
        seen.append(int(reply["text"].partition("|")[2]))
    assert max(seen) <= 17
    assert len([event for event in store.events("long") if event["event"] == "user"]) == 60
    assistant.close()
