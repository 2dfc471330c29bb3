"""The trained understanding, on a small part of the training messages."""

import numpy as np
import pytest

from beian.nlu import encoders
from beian.nlu.data_check import read_messages
from beian.nlu.entities import find_entities
from beian.nlu.label_training import fit_temperature, train_model
from beian.nlu.model import Example, LabelModel
from beian.nlu.softmax import softmax
from beian.nlu.understanding import understand
from beian.text.normalize import compact, normalize

LABELS = (
    "timeline/review",
    "timeline/submit_deadline",
    "materials/website_info.server",
    "materials/subject_transfer",
    "uncovered/fees",
    "out_of_scope/general",
    "chitchat/greet",
)
MOST = 60


@pytest.fixture(scope="module")
def prepare(segmenter, nlp):
    def prepared(text: str) -> Example:
        text = compact(normalize(text))
        marks = [entity["value"] for entity in find_entities(nlp, text)]
        return Example(text, [word for word, _ in segmenter.cut(text)], marks)

    return prepared


@pytest.fixture(scope="module")
def messages() -> list[tuple[str, str]]:
    kept: dict[str, list[str]] = {label: [] for label in LABELS}
    for text, label in read_messages():
        if label in kept and len(kept[label]) < MOST:
            kept[label].append(text)
    return [(text, label) for label, texts in kept.items() for text in texts]


@pytest.fixture(scope="module")
def train(messages, prepare):
    examples = [prepare(text) for text, _ in messages]
    labels = [label for _, label in messages]

    def trained(with_encoder: bool) -> LabelModel:
        vectors = encoders.encode_many(encoders.ENCODER, [e.text for e in examples]) if with_encoder else None
        return train_model(examples, labels, vectors, lambda line: None)

    return trained


@pytest.fixture(scope="module")
def model(train) -> LabelModel:
    return train(with_encoder=True)


@pytest.fixture(scope="module")
def lexical_model(train) -> LabelModel:
    return train(with_encoder=False)


ASKED = [
    ("提交以后大概几天能批下来", "timeline/review"),
    ("换服务器要交哪些东西", "materials/website_info.server"),
    ("过户协议和申请表之外还要交什么材料", "materials/subject_transfer"),
    ("办理要花多少钱", "uncovered/fees"),
    ("您好", "chitchat/greet"),
]


@pytest.mark.parametrize(("text", "label"), ASKED)
def test_new_wordings_are_understood(model, prepare, text, label):
    assert understand(model, [normalize(text)], prepare)[0].ranking[0][0] == label


@pytest.mark.parametrize(("text", "label"), ASKED)
def test_without_an_encoder_words_and_characters_do(lexical_model, prepare, text, label, monkeypatch):
    def fail(*_):
        raise AssertionError("the encoder was asked")

    monkeypatch.setattr(encoders, "encode_few", fail)
    assert lexical_model.centre is None
    assert understand(lexical_model, [normalize(text)], prepare)[0].ranking[0][0] == label


def test_training_twice_gives_the_same_weights(train, model, lexical_model):
    for first, again in ((model, train(with_encoder=True)), (lexical_model, train(with_encoder=False))):
        assert again.labels == first.labels
        assert again.lexical.columns == first.lexical.columns
        assert np.array_equal(again.weights.lexical, first.weights.lexical)
        assert np.array_equal(again.weights.dense, first.weights.dense)
        assert np.array_equal(again.weights.bias, first.weights.bias)
        assert again.temperature == first.temperature


def test_probabilities_and_kinds_add_up(model, prepare):
    for text in ("审核要多久", "", "xyzzy", "你好"):
        assert model.probabilities([prepare(text)]).sum() == pytest.approx(1, abs=1e-5)
        (understanding,) = understand(model, [normalize(text)], prepare)
        assert sum(understanding.kinds.values()) == pytest.approx(1, abs=1e-2)
        chances = [chance for _, chance in understanding.ranking]
        assert chances == sorted(chances, reverse=True)
        assert understanding.confidence == chances[0]


def test_beside_others_a_message_has_the_probabilities_it_has_alone(model, prepare):
    examples = [prepare(text) for text, _ in ASKED] + [prepare("长" * 150), prepare("")]
    together = model.probabilities(examples)
    for example, chances in zip(examples, together, strict=True):
        assert np.allclose(model.probabilities([example])[0], chances, atol=1e-5)


def test_several_questions_of_one_message(model, prepare):
    (understanding,) = understand(model, ["换服务器要准备什么材料,审核要多久"], prepare)
    assert understanding.questions == ["materials/website_info.server", "timeline/review"]


def test_a_story_is_one_question(model, prepare):
    (understanding,) = understand(model, ["我们上个月把服务器换了,一直没顾上,审核要多久呢"], prepare)
    assert len(understanding.questions) == 1


def test_the_archive_holds_the_model(model, lexical_model, prepare, tmp_path):
    for number, original in enumerate((model, lexical_model)):
        folder = tmp_path / str(number)
        folder.mkdir()
        original.save(folder)
        loaded = LabelModel.load(folder)
        assert loaded.labels == original.labels
        assert (loaded.centre is None) == (original.centre is None)
        for text, _ in ASKED:
            # weights are kept in half precision
            assert np.allclose(
                loaded.probabilities([prepare(text)]), original.probabilities([prepare(text)]), atol=5e-3
            )
        with np.load(folder / "label_model.npz", allow_pickle=False) as data:
            assert all(data[name].dtype != object for name in data.files)


def test_where_the_encoder_is_missing_words_alone_decide(model, prepare, monkeypatch):
    monkeypatch.setattr(encoders, "encode_few", lambda *_: None)
    (chance,) = model.probabilities([prepare("审核要多久")])
    assert chance.sum() == pytest.approx(1, abs=1e-5)
    assert model.labels[int(chance.argmax())] == "timeline/review"


def test_the_temperature_makes_probabilities_honest():
    """Scores three times too bold are brought back."""
    rng = np.random.default_rng(1)
    scores = rng.normal(size=(4000, 5))
    labels = np.array([rng.choice(5, p=row) for row in softmax(scores)])
    assert fit_temperature(scores * 3, labels) == pytest.approx(3, abs=0.35)
    assert fit_temperature(scores, labels) == pytest.approx(1, abs=0.15)


def test_progress_is_reported(messages, prepare):
    lines: list[str] = []
    some = messages[:120]
    train_model([prepare(text) for text, _ in some], [label for _, label in some], None, lines.append)
    assert any("120 messages, 2 labels" in line for line in lines)
    assert any("held out" in line for line in lines)
