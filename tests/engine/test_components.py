"""The graph components as Rasa sees them."""

import re
import shutil
from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from beian.engine.components import component as base
from beian.engine.components import label_classifier
from beian.engine.components.attributes import NORMALIZED, UNDERSTANDING, WORDS
from beian.engine.components.case_entities import CaseEntities
from beian.engine.components.label_classifier import LabelClassifier
from beian.engine.components.normalizer import Normalizer
from beian.kb import default_path, load_knowledge
from beian.nlu.data_check import read_messages

ALL = (Normalizer, CaseEntities, LabelClassifier)
PACKAGE = Path(base.__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Rasa's arguments for making a component: config, storage, resource, context."""
    storage = LocalModelStorage(tmp_path_factory.mktemp("storage"))
    return {}, storage, Resource("component"), ExecutionContext(GraphSchema({}))


@pytest.fixture(scope="module")
def normalizer(place):
    return Normalizer.create(*place)


@pytest.fixture(scope="module")
def entities(place):
    return CaseEntities.create(*place)


@pytest.fixture(scope="module")
def classifier(place, normalizer):
    """A classifier trained on few labels, as Rasa would, and loaded again."""
    config, storage, _, context = place
    resource = Resource("classifier")
    kept: dict[str, int] = {}
    messages = []
    for text, label in read_messages():
        kept[label] = kept.get(label, 0) + 1
        if label.startswith(("timeline/", "chitchat/greet", "uncovered/fees")) and kept[label] <= 60:
            message = Message.build(text=text, intent=label)
            messages.append(message)
    data = normalizer.process_training_data(TrainingData(messages))
    with pytest.MonkeyPatch.context() as patch:
        # lexical only: the point is the component, and the cache of vectors stays as it is
        patch.setattr(label_classifier, "vectors_of", lambda *_: None)
        LabelClassifier.create(config, storage, resource, context).train(data)
    return LabelClassifier.load(config, storage, resource, context)


def test_the_normalizer_reads_and_cuts(normalizer):
    [message] = normalizer.process([Message({TEXT: "備按變更，要多久？"})])
    assert message.get(NORMALIZED) == "备案变更,要多久?"
    assert "备案变更" in [word for word, _ in message.get(WORDS)]
    assert message.get(TEXT) == "備按變更，要多久？", "what was written stays"


@pytest.mark.parametrize("kind", ["normalizer", "entities"])
def test_training_messages_are_treated_as_live_ones(kind, normalizer, request):
    component = request.getfixturevalue(kind)
    texts = [text for text, _ in read_messages()[::400]] + ["", "😀", "a\x00b"]
    live = [Message({TEXT: text}) for text in texts]
    training = [Message({TEXT: text}) for text in texts]
    if component is not normalizer:
        for messages in (live, training):
            normalizer.process(messages)
    component.process(live)
    component.process_training_data(TrainingData(training))
    assert [message.data for message in live] == [message.data for message in training]


def test_messages_without_text_pass_through(normalizer, entities, classifier):
    for component in (normalizer, entities, classifier):
        message = Message({INTENT: "timeline"})
        component.process([message])
        assert message.data == {INTENT: "timeline"}


def test_entities_point_into_what_was_written(normalizer, entities):
    written = "ＩＰ换了，公司換老板"
    [message] = entities.process(normalizer.process([Message({TEXT: written})]))
    found = {entity["value"]: entity for entity in message.get(ENTITIES)}
    assert {"server", "enterprise", "legal_representative"} <= set(found)
    company = found["enterprise"]
    assert written[company["start"] : company["end"]] == "公司"
    assert company["extractor"] == "CaseEntities"


def test_the_entity_pipeline_comes_from_the_archive(place, normalizer):
    config, storage, _, context = place
    resource = Resource("entities")
    CaseEntities.create(config, storage, resource, context).train(TrainingData())
    loaded = CaseEntities.load(config, storage, resource, context)
    [message] = loaded.process(normalizer.process([Message({TEXT: "换老板"})]))
    assert message.get(ENTITIES)[0]["value"] == "legal_representative"


def test_the_intent_is_the_labels_base(classifier, normalizer):
    [message] = classifier.process(normalizer.process([Message({TEXT: "提交之后几天能批下来呀"})]))
    assert message.get(INTENT)["name"] == "timeline"
    assert message.get(INTENT_RANKING_KEY)[0]["label"] == "timeline/review"
    understanding = message.get(UNDERSTANDING)
    assert understanding["outcome"] == "answer"
    assert list(understanding["labels"]) == ["timeline/review"]
    assert message.get(INTENT)["confidence"] == understanding["confidence"] <= 1


def test_the_wording_of_every_button_is_certain(classifier, normalizer):
    for question, fact in load_knowledge().questions.items():
        for written in (question, f"{question}？"[: len(question)], f" {question} "):
            [message] = classifier.process(normalizer.process([Message({TEXT: written})]))
            assert message.get(UNDERSTANDING)["labels"] == (fact.replace(".", "/", 1),)
            assert message.get(INTENT)["confidence"] == 1.0


def test_messages_processed_together_are_understood_as_one_by_one(classifier, normalizer, entities):
    question = next(iter(load_knowledge().questions))
    texts = [
        "提交之后几天能批下来呀",
        "你好",
        question,
        "审核要多久,30天内要提交吗,要花多少钱",
        "审核要多久",
        "你好",
        "",
        f"  {question}  ",
        "办理收费吗",
        "公 司 上周五换了服务器,最晚哪天提交",
    ]

    def understood(messages):
        classifier.process(entities.process(normalizer.process(messages)))
        return [(message.get(INTENT), message.get(UNDERSTANDING)) for message in messages]

    together = understood([Message({TEXT: text}) for text in texts])
    alone = [understood([Message({TEXT: text})])[0] for text in texts]
    assert together == alone
    assert len({found["labels"] for _, found in together}) > 4
    assert together[1] == together[5]
    assert together[1][1] is not together[5][1], "each message has its own"


def test_an_untrained_classifier_says_so(place, normalizer):
    untrained = LabelClassifier.create(*place)
    with pytest.raises(RuntimeError, match="not been trained"):
        untrained.process(normalizer.process([Message({TEXT: "随便说点"})]))


@pytest.mark.parametrize("component", ALL)
def test_a_changed_knowledge_base_changes_the_fingerprint(component, monkeypatch, tmp_path):
    before = component.fingerprint_addon({})
    assert before == component.fingerprint_addon({})
    other = shutil.copytree(default_path(), tmp_path / "kb")
    monkeypatch.setattr(base, "default_path", lambda: other)
    assert component.fingerprint_addon({}) == before, "the same content counts, wherever it lies"
    words = other / "vocabulary.yml"
    words.write_text(words.read_text(encoding="utf-8").replace("[改名, ", "[改名, 换名, "), encoding="utf-8")
    assert component.fingerprint_addon({}) != before


@pytest.mark.parametrize("component", ALL)
def test_changed_code_changes_the_fingerprint(component, monkeypatch, tmp_path):
    before = component.fingerprint_addon({})
    other = tmp_path / "beian"
    for module in component.CODE:
        copy = other / f"{module}.py"
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGE / f"{module}.py", copy)
    monkeypatch.setattr(base, "_CODE", other)
    for module in component.CODE:
        assert component.fingerprint_addon({}) == before
        file = other / f"{module}.py"
        whole = file.read_text(encoding="utf-8")
        file.write_text(f"{whole}# a change\n", encoding="utf-8")
        assert component.fingerprint_addon({}) != before, module
        file.write_text(whole, encoding="utf-8")


def test_the_classifiers_fingerprint_covers_all_it_is_made_of():
    """Every module of nlu/, text/ and the components that training imports, but for the cache and what reads
    the model."""
    reached: set[str] = set()
    wanted = ["engine/components/label_classifier"]
    while wanted:
        module = wanted.pop()
        if module in reached:
            continue
        reached.add(module)
        source = (PACKAGE / f"{module}.py").read_text(encoding="utf-8")
        imported = re.findall(
            r"^from beian\.(engine\.components|nlu|text)\.(\w+) import", source, re.MULTILINE
        )
        imported += re.findall(r"^from beian\.(nlu|text) import (\w+)$", source, re.MULTILINE)
        wanted += [f"{package.replace('.', '/')}/{name}" for package, name in imported]
    after_training = {"nlu/vector_cache", "nlu/decide"}
    assert reached - after_training == set(LabelClassifier.CODE)
