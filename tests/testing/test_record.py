"""A stored conversation becomes a masked case that this tool reads."""

from pathlib import Path
from typing import Any

import pytest

from beian.testing.record import record
from beian_suite.emit import to_yaml
from beian_suite.files import parse_suite
from tests.suite.fakes import answer

ID_NUMBER = "11010519491231002X"


def _user(text: str) -> dict[str, Any]:
    return {"event": "user", "text": text}


def _bot(message: dict[str, Any]) -> dict[str, Any]:
    data = {"custom": message.get("custom"), "buttons": message.get("buttons")}
    return {"event": "bot", "text": message["text"], "data": data}


def test_pins_what_matters(tmp_path: Path) -> None:
    card = {"type": "steps", "items": ["3-20个工作日"]}
    events = [
        {"event": "action", "name": "action_session_start"},
        _user(f"我的身份证号是{ID_NUMBER}，多久审完"),
        {"event": "action", "name": "action_answer"},
        _bot(answer("timeline.review", "3-20个工作日", card=card)),
        _user("好"),
        _bot({"text": "不客气 (:"}),
    ]
    case = record("时长", events)
    first, second = case["steps"]
    assert ID_NUMBER not in str(case)
    assert first["assertions"] == [
        {"status": "answered"},
        {"fact": "timeline.review"},
        {"facts_at_most": 1},
        {"card": "steps"},
        {"intent": {"name": "timeline/review"}},
    ]
    assert second == {"user": "好", "assertions": [{"bot_uttered": {"text_matches": r"不客气 \(:"}}]}
    (read,) = parse_suite(tmp_path / "x.yml", to_yaml([case]))
    assert len(read.steps) == 2


def test_an_empty_conversation() -> None:
    with pytest.raises(ValueError, match="no message"):
        record("x", [{"event": "action", "name": "action_listen"}])
