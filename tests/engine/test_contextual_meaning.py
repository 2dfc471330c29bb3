"""The reading in context as Rasa's component: trained and loaded like one, given tracker or state."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.events import SlotSet
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from beian.engine.components import component as base
from beian.engine.components import contextual_meaning as module
from beian.engine.components.attributes import EVIDENCE, HELD_OUT, LABELS, TREE, UNDERSTANDING
from beian.engine.components.contextual_meaning import MEANING, ContextualMeaning
from beian.kb import default_path
from beian.meaning.slots import DISCOURSE, slots_of
from beian.meaning.state import Discourse
from beian.reading.meaning import Meaning

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"
AFTER_COMPANY = Discourse(stated=(COMPANY,), last="answered", entries=(COMPANY,) * 4, phase="preparing")
CODE = Path(module.__file__).resolve().parents[2] / "meaning"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Rasa's arguments for making a component: config, storage, resource, context."""
    storage = LocalModelStorage(tmp_path_factory.mktemp("storage"))
    return {}, storage, Resource("meaning"), ExecutionContext(GraphSchema({}))


@pytest.fixture
def message(talk):
    """A message as it comes from the classifier."""

    def made(text: str) -> Message:
        return talk.alone(text)

    return made


def tracker_after(state: Discourse) -> DialogueStateTracker:
    slot = AnySlot(DISCOURSE, mappings=[{"type": "custom"}], influence_conversation=False)
    tracker = DialogueStateTracker.from_events("someone", [], [slot])
    tracker.update(SlotSet(DISCOURSE, slots_of(state)[DISCOURSE]))
    return tracker


# --- training -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def loaded(place, lines, evidence, talk, labels):
    """A component trained on the small tree, as Rasa would, and loaded again."""
    config, storage, resource, context = place
    messages = []
    for number, line in enumerate(lines):
        alone = talk.alone(line.user)
        messages.append(Message({TREE: number, EVIDENCE: alone.get(EVIDENCE), ENTITIES: alone.get(ENTITIES)}))
    for text, label in (("管局那边得审几天呀", "timeline/review"), ("讲个笑话呗", "out_of_scope/general")):
        messages.append(Message({EVIDENCE: evidence(text), HELD_OUT: label, ENTITIES: []}))
    messages[3].set(LABELS, list(labels))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "read_lines", lambda targets: lines)
        trained = ContextualMeaning.create(config, storage, resource, context)
        assert trained.train(TrainingData(messages)) == resource
    return ContextualMeaning.load(config, storage, resource, context)


def test_what_is_trained_is_loaded_from_the_archive(loaded, lines, message, kb):
    said = message("要不要盖章呀")
    meaning = loaded.read(said, AFTER_COMPANY)
    assert meaning.targets == (COMPANY,)
    assert said.get(MEANING) == meaning.as_dict()


def test_the_archive_holds_arrays_only(place, loaded):
    _, storage, resource, _ = place
    with storage.read_from(resource) as folder:
        [file] = list(folder.iterdir())
        with np.load(file, allow_pickle=False) as data:
            assert all(data[name].dtype != object for name in data.files)


def test_untrained_it_says_so(place, message):
    untrained = ContextualMeaning.create(*place)
    with pytest.raises(RuntimeError, match="not been trained"):
        untrained.read(message("要盖章吗"), Discourse())
    # the wording of a button needs no model
    assert untrained.read(message("审核要多久"), Discourse()).targets == ("timeline.review",)


def test_training_messages_go_no_further(component):
    data = TrainingData([])
    assert component.process_training_data(data) is data


# --- live -----------------------------------------------------------------------------------


def test_the_tracker_is_where_the_conversation_stands(component, message):
    [alone] = component.process([message("那个人呢")])
    [there] = component.process([message("那个人呢")], tracker_after(AFTER_COMPANY))
    assert there.get(MEANING)["targets"] == (PERSON,)
    assert alone.get(MEANING)["chance"] < there.get(MEANING)["chance"]


@pytest.mark.parametrize("text", ["那个人呢", "要盖章吗", "审核要多久", "今天天气怎么样", "10月8号"])
def test_the_server_reads_as_the_pipeline_does(component, talk, message, text):
    """With the state given after the batch, or the tracker given by Rasa."""
    [there] = component.process([message(text)], tracker_after(AFTER_COMPANY))
    parsed = talk.parse(text, AFTER_COMPANY)
    assert Meaning.from_dict(parsed[MEANING]) == Meaning.from_dict(there.get(MEANING))
    assert parsed["intent"] == there.get(INTENT)


def test_a_message_read_again_elsewhere_forgets_the_first_reading(component, message):
    said = message("那个人呢")
    first = component.read(said, AFTER_COMPANY)
    component.read(said, Discourse())
    assert component.read(said, AFTER_COMPANY) == first
    assert said.get(MEANING) == first.as_dict()


def test_the_intent_is_the_base_of_what_is_meant(component, message):
    said = message("要盖章吗")
    meaning = component.read(said, AFTER_COMPANY)
    assert said.get(INTENT) == {"name": "materials", "confidence": round(meaning.chance, 4)}
    ranking = said.get(INTENT_RANKING_KEY)
    assert ranking[0]["label"] == "materials/subject_info.enterprise"
    assert [entry["confidence"] for entry in ranking] == [round(chance, 4) for _, chance in meaning.ranking]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("今天天气怎么样", "out_of_scope"),
        ("要多少钱", "uncovered"),
        ("你好", "chitchat"),
        ("换域名怎么办理备案", "type"),
    ],
)
def test_intents_of_other_kinds(component, message, text, intent):
    said = message(text)
    component.read(said, Discourse())
    assert said.get(INTENT)["name"] == intent


def test_every_intent_it_gives_is_in_the_domain(talk, message, component, candidates):
    domain = talk.assistant.agent.domain
    texts = ("要盖章吗", "啊啊啊", "材料", "改了", "是的", "第二个", "怎么退款", "算了", "答非所问", "谢谢")
    for text in texts:
        for state in (Discourse(), AFTER_COMPANY):
            said = message(text)
            component.read(said, state)
            assert said.get(INTENT)["name"] in domain.intents, text


def test_the_wording_of_every_button_means_itself_everywhere(component, message, kb):
    for question, fact in kb.questions.items():
        for state in (Discourse(), AFTER_COMPANY):
            meaning = component.read(message(question), state)
            assert (meaning.outcome, meaning.targets, meaning.chance) == ("answer", (fact,), 1.0)


def test_what_was_not_understood_before_is_left_alone(component):
    empty = Message({TEXT: ""})
    assert component.read(empty, AFTER_COMPANY) is None
    assert component.process([Message({INTENT: "timeline"})])[0].data == {INTENT: "timeline"}


def test_the_evidence_stays_inside(component, message):
    said = message("要盖章吗")
    component.read(said, Discourse())
    output = said.as_dict(only_output_properties=True)
    assert EVIDENCE not in output
    assert output[UNDERSTANDING]["evidence"] is None
    assert MEANING in output


# --- Rasa's cache ---------------------------------------------------------------------------


def test_changed_code_trees_or_knowledge_change_the_fingerprint(monkeypatch, tmp_path):
    before = ContextualMeaning.fingerprint_addon({})
    assert before == ContextualMeaning.fingerprint_addon({})
    for name, folder, attribute, pattern in (
        ("code", CODE, "_CODE", "*.py"),
        ("trees", module.FOLDER, "FOLDER", "*.txt"),
    ):
        other = shutil.copytree(folder, tmp_path / name)
        with monkeypatch.context() as patch:
            patch.setattr(module, attribute, other)
            assert ContextualMeaning.fingerprint_addon({}) == before, "it counts what is in it"
            file = sorted(other.glob(pattern))[1]
            file.write_text(file.read_text(encoding="utf-8") + "\n# a change\n", encoding="utf-8")
            assert ContextualMeaning.fingerprint_addon({}) != before, name
    other = shutil.copytree(default_path(), tmp_path / "kb")
    procedure = other / "procedure.yml"
    text = procedure.read_text(encoding="utf-8")
    procedure.write_text(text.replace("title: 什么是备案变更", "title: 何为备案变更"), encoding="utf-8")
    monkeypatch.setattr(base, "default_path", lambda: other)
    assert ContextualMeaning.fingerprint_addon({}) != before


def test_the_fingerprint_covers_what_makes_the_evidence(monkeypatch, tmp_path):
    before = ContextualMeaning.fingerprint_addon({})
    names = {file.name for file in module._ELSEWHERE}
    training = {"adaptive.py", "draw.py", "softmax.py"}
    evidence = {"cells.py", "clauses.py", "evidence.py", "pieces.py", "understanding.py"}
    assert names == {"contextual_meaning.py", *training, *evidence}
    for number, file in enumerate(module._ELSEWHERE):
        other = tmp_path / file.name
        other.write_bytes(file.read_bytes() + b"# a change\n")
        changed = [*module._ELSEWHERE[:number], other, *module._ELSEWHERE[number + 1 :]]
        monkeypatch.setattr(module, "_ELSEWHERE", changed)
        assert ContextualMeaning.fingerprint_addon({}) != before, file.name
        monkeypatch.undo()
