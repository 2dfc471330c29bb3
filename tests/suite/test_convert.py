"""Test conversations of other tools become cases that this tool reads."""

from pathlib import Path

import pytest

from beian_suite.convert import convert
from beian_suite.emit import to_yaml
from beian_suite.files import parse_suite
from beian_suite.model import SuiteError

STORIES = """\
version: "3.1"
stories:
- story: asks for the time
  steps:
  - user: |
      公司[换法人](item)要审核[多久]{"entity": "x", "value": "y"}
    intent: timeline
  - action: action_answer
  - slot_was_set:
    - item: server
    - change_type
  - user: hi
  - action: utter_greet
  - checkpoint: later
- story: no words
  steps:
  - intent: timeline
"""
CONVO = """\
审核多久

#me
审核多久?

#bot
3-20个工作日
(通常)
BUTTONS 提交|驳回
INTENT timeline/review
!驳回
CARDS x

#me
UTT_THANKS

#bot
?maybe

#me

#include other
"""


def test_rasa_test_stories(tmp_path: Path) -> None:
    path = tmp_path / "test_stories.yml"
    path.write_text(STORIES, encoding="utf-8")
    converted = convert([path])
    assert converted.cases == [
        {
            "test_case": "asks for the time",
            "steps": [
                {
                    "user": "公司换法人要审核多久",
                    "assertions": [
                        {"intent": {"name": "timeline"}},
                        {"action_executed": "action_answer"},
                        {"slot_was_set": [{"name": "item", "value": "server"}, {"name": "change_type"}]},
                    ],
                },
                {"user": "hi", "assertions": [{"bot_uttered": {"utter_name": "utter_greet"}}]},
            ],
        }
    ]
    assert [note.split(": ", 1)[0] for note in converted.notes] == [f"{path}:14", f"{path}:17"]
    assert "no words" in converted.notes[1]
    assert len(parse_suite(path, to_yaml(converted.cases))) == 1


def test_botium(tmp_path: Path) -> None:
    (tmp_path / "time.convo.txt").write_text(CONVO, encoding="utf-8")
    (tmp_path / "thanks.utterances.txt").write_text("UTT_THANKS\n谢谢\n多谢\n", encoding="utf-8")
    (tmp_path / "part.pconvo.txt").write_text("part\n\n#me\nx\n", encoding="utf-8")
    converted = convert([tmp_path])
    (case,) = converted.cases
    assert case["test_case"] == "审核多久"
    first, second = case["steps"]
    assert first == {
        "user": "审核多久?",
        "assertions": [
            {"bot_uttered": {"buttons": [{"title": "提交"}, {"title": "驳回"}]}},
            {"intent": {"name": "timeline/review"}},
            {"text_not_matches": "(?i)驳回"},
            {"bot_uttered": {"text_matches": r"(?i)3-20个工作日\s*\(通常\)"}},
        ],
    }
    assert second == {"user": ["谢谢", "多谢"]}
    told = "\n".join(converted.notes)
    for words in ("CARDS", "maybe", "pconvo", "没有可说的话"):
        assert words in told
    (read,) = parse_suite(tmp_path / "x.yml", to_yaml(converted.cases))
    assert read.variants == 2


def _convo(tmp_path: Path, text: str) -> tuple[list, str]:
    (tmp_path / "a.convo.txt").write_text(text, encoding="utf-8-sig")
    converted = convert([tmp_path])
    return [case["steps"] for case in converted.cases], "\n".join(converted.notes)


def test_botium_buttons_are_said(tmp_path: Path) -> None:
    cases, notes = _convo(tmp_path, "a\n\n#me\nBUTTON 提交\n\n#me\nBUTTON 驳回|我被驳回了\n")
    assert [step["user"] for step in cases[0]] == ["提交", "我被驳回了"]
    assert not notes


def test_botium_steps_without_words_end_the_case(tmp_path: Path) -> None:
    text = "a\n\n#me\nhi\n\n#bot\nyes\n\n#me\nMEDIA x.png\n\n#bot\nnice\n"
    ((step,),), notes = _convo(tmp_path, text)
    assert step["user"] == "hi"
    assert "a.convo.txt:9: 这一步没有可说的话，用例从这里起没有转换" in notes
    assert _convo(tmp_path, "a\n\n#me\nMEDIA x.png\n")[0] == []


def test_botium_variables_are_told_and_never_said(tmp_path: Path) -> None:
    (tmp_path / "u.utterances.txt").write_text("UTT\n我叫 $name\n你好\n", encoding="utf-8")
    text = "a\n\n#me\nUTT\n\n#bot\n$name，您好（$5）\n\n#me\n今天是 $date(YYYY)\n"
    ((step,),), notes = _convo(tmp_path, text)
    assert step["user"] == "你好"
    assert step["assertions"] == [{"bot_uttered": {"text_matches": r"(?i).+，您好（\$5）"}}]
    for words in ("a.convo.txt:3: 变量 $name", "a.convo.txt:7: $name，您好", "变量 $date(YYYY)"):
        assert words in notes


def test_names_are_made_unique(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.convo.txt").write_text("same\n\n#me\nhi\n", encoding="utf-8")
    assert [case["test_case"] for case in convert([tmp_path]).cases] == ["same", "same (2)"]


def test_other_yaml_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "domain.yml").write_text("intents: []\n", encoding="utf-8")
    converted = convert([tmp_path])
    assert converted.cases == []
    assert "没有 stories" in converted.notes[0]


def test_broken_yaml(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("stories: [\n", encoding="utf-8")
    with pytest.raises(SuiteError, match=r"x.yml:\d+: YAML"):
        convert([tmp_path])
