"""The training messages are what Rasa's own reader makes of the files, only sooner."""

import copy
import random

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from beian.engine import training_messages
from beian.engine.training_messages import TrainingFiles, TrainingMessage
from beian.project import ROOT

HEAD = 'version: "3.1"\nnlu:\n'
ONE = "- intent: timeline/review\n  examples: |\n    - 要几天\n    - 要 几天  \n    - 要几天\n"
TWO = "# why\n\n- intent: chitchat/greet\n  examples: | # short\n    - 你好\n    - - 在吗 #1\n"
BY_NAME = {"importers": [{"name": "beian.engine.training_messages.TrainingFiles"}]}


def read(folder, config: dict) -> list[dict]:
    files = TrainingDataImporter.load_from_dict(config, None, None, [str(folder)])
    return [message.data for message in files.get_nlu_data().training_examples]


@pytest.fixture
def folder(tmp_path):
    def of(text: str):
        (tmp_path / "nlu.yml").write_text(HEAD + text, encoding="utf-8")
        (tmp_path / "responses.yml").write_text(
            "version: '3.1'\nresponses:\n  utter_timeline/review:\n  - text: 三天\n", encoding="utf-8"
        )
        return tmp_path

    return of


@pytest.mark.parametrize(
    "text",
    [
        ONE + TWO,
        ONE + "- intent: fees\n  examples: |\n    - [多少](amount)钱\n",
        ONE + "- synonym: 备案\n  examples: |\n    - 被案\n",
    ],
)
def test_they_are_what_rasa_reads(folder, text):
    found = read(folder(text), {**BY_NAME, "importers": [dict(BY_NAME["importers"][0])]})
    assert found == read(folder(text), {})
    assert any(data.get(TEXT) == "要几天" for data in found)


def test_plain_files_are_read_without_rasas_parser(folder, monkeypatch):
    place = folder(ONE + TWO)
    monkeypatch.setattr(
        training_messages, "load_data", lambda file: pytest.fail(file) if "nlu" in file else load(file)
    )
    messages = TrainingFiles(None, None, [str(place)]).get_nlu_data().training_examples
    assert [message.get(TEXT) for message in messages] == ["要几天", "要 几天", "你好", "- 在吗 #1"]
    assert all(type(message) is TrainingMessage for message in messages)


load = training_messages.load_data


def test_the_files_are_read_once(folder, monkeypatch):
    files = TrainingFiles(None, None, [str(folder(ONE))])
    first = files.get_nlu_data()
    assert files.get_nlu_data("zh") is first


def test_the_project_names_it():
    files = TrainingDataImporter.load_from_config(str(ROOT / "config.yml"))
    assert isinstance(files.importer._importer._importers[0], TrainingFiles)


def test_a_copy_is_independent():
    message = TrainingMessage.build("要几天", "timeline/review")
    message.set("words", [["要", 0]])
    twin = copy.deepcopy(message)
    assert twin == message and type(twin) is TrainingMessage
    twin.get("words")[0][0] = "不"
    twin.set(INTENT, "fees", add_to_output=True)
    assert message.get("words") == [["要", 0]]
    assert (message.get(INTENT), message.output_properties) == ("timeline", {TEXT})


def test_digests_differ_where_rasas_do():
    draw = random.Random(3)
    values = ["要几天", "", 1, None, ["要", "几天"], [("要", 0)], {"a": "b"}]
    pairs = []
    for _ in range(200):
        data = {name: draw.choice(values) for name in ("text", "words", "intent")}
        pairs.append((Message(data).fingerprint(), TrainingMessage(data).fingerprint()))
    assert len({own for _, own in pairs}) == len({rasas for rasas, _ in pairs}) == len(set(pairs))


def test_a_change_changes_the_digest():
    message = TrainingMessage.build("要几天", "timeline/review")
    before = message.fingerprint()
    message.set(INTENT, "timeline")
    assert message.fingerprint() == before, "it was so before"
    message.set(INTENT, "fees")
    assert message.fingerprint() != before
