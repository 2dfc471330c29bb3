"""How the parts of a message make its questions, with a model whose probabilities are given."""

import numpy as np
import pytest

from beian.nlu.domain_words import WIDTH
from beian.nlu.model import Example
from beian.nlu.understanding import AS_A_REASON, understand

LABELS = [
    "access/overview",
    "access/subject_or_responsible_change",
    "materials/overview",
    "materials/website_info.name",
    "procedure/overview",
    "rejection/naming",
    "rejection/overview",
    "rejection/resubmit",
    "timeline/review",
    "type/website_info",
    "uncovered/fees",
    "which_type",
]


class NoDomain:
    """Says nothing of whose words a message is made of."""

    @staticmethod
    def of(text: str, tokens: list[str]) -> np.ndarray:
        return np.zeros(WIDTH, dtype=np.float32)


class Scripted:
    """Gives each text the probabilities the test says; the rest is spread evenly."""

    labels = LABELS
    domain = NoDomain()

    def __init__(self, known: dict[str, dict[str, float]]) -> None:
        self.known = known

    def vectors(self, texts: list[str]) -> np.ndarray:
        return np.array([[float(len(text))] for text in texts])

    def probabilities(self, examples: list[Example], vectors: np.ndarray | None = None) -> np.ndarray:
        return np.stack([self._probabilities(self.known.get(example.text, {})) for example in examples])

    @staticmethod
    def _probabilities(given: dict[str, float]) -> np.ndarray:
        chance = np.full(len(LABELS), (1 - sum(given.values())) / len(LABELS))
        for label, value in given.items():
            chance[LABELS.index(label)] += value
        return chance


def prepare(text: str) -> Example:
    return Example(text, [text], [])


def evidence_of(text: str, **known: dict[str, float]):
    """What is handed on to be read in the conversation."""
    (understood,) = understand(Scripted(known), [text], prepare)
    return understood.evidence


def likeliest(chances: np.ndarray) -> str:
    return LABELS[int(chances.argmax())]


def questions(**known: dict[str, float]) -> list[str]:
    """The questions of a message whose parts are the keyword names, in their order."""
    parts = {f"{name}吗": chance for name, chance in known.items() if name != "whole"}
    text = ",".join(parts)
    model = Scripted({**parts, text: known["whole"]})
    (understood,) = understand(model, [text], prepare)
    return understood.questions


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("materials/website_info.name", "materials/overview", ["materials/website_info.name"]),
        ("rejection/naming", "rejection/overview", ["rejection/naming"]),
        ("rejection/naming", "procedure/overview", ["rejection/naming"]),
        ("access/overview", "access/subject_or_responsible_change", ["access/subject_or_responsible_change"]),
        ("type/website_info", "which_type", ["type/website_info"]),
        # Another question, however alike its name.
        ("rejection/overview", "rejection/resubmit", ["rejection/overview", "rejection/resubmit"]),
        ("timeline/review", "materials/overview", ["timeline/review", "materials/overview"]),
        ("timeline/review", "uncovered/fees", ["timeline/review", "uncovered/fees"]),
    ],
)
def test_what_is_said_in_general_is_no_second_question(first, second, kept):
    whole = {kept[0]: 0.6, kept[-1]: 0.2}
    assert questions(前={first: 0.9}, 后={second: 0.9}, whole=whole) == kept


def test_a_part_left_short_is_read_with_the_whole():
    whole = {"access/subject_or_responsible_change": 0.97}
    part = {"access/overview": 0.65, "access/subject_or_responsible_change": 0.3}
    asked = questions(前={"type/website_info": 0.97}, 后=part, whole=whole)
    assert asked == ["type/website_info", "access/subject_or_responsible_change"]


def test_a_part_that_says_nothing_is_no_question():
    asked = questions(前={"timeline/review": 0.95}, 后={}, whole={"timeline/review": 0.9})
    assert asked == ["timeline/review"]


# --- the evidence that is read in the conversation ------------------------------------------


def test_evidence_of_one_clause_is_that_of_the_whole():
    evidence = evidence_of("审核要多久", 审核要多久={"timeline/review": 0.9})
    assert evidence.first is evidence.last is evidence.whole
    assert likeliest(evidence.whole) == "timeline/review"
    assert evidence.parts == ()
    assert evidence.denied is None
    assert evidence.vector.tolist() == [5.0]


def test_evidence_of_the_first_and_the_last_clause():
    evidence = evidence_of(
        "名字换了,还没弄,要多久",
        名字换了={"type/website_info": 0.9},
        要多久={"timeline/review": 0.9},
    )
    assert likeliest(evidence.first) == "type/website_info"
    assert likeliest(evidence.last) == "timeline/review"


def test_evidence_of_what_is_denied():
    evidence = evidence_of("名字没改,要多久", 名字没改={"type/website_info": 0.9})
    assert likeliest(evidence.denied) == "type/website_info"
    assert evidence_of("材料要吗,时间呢").denied is None


def test_evidence_of_several_questions():
    evidence = evidence_of(
        "材料要什么,多久能好", 材料要什么={"materials/overview": 0.9}, 多久能好={"timeline/review": 0.9}
    )
    assert [part.text for part in evidence.parts] == ["材料要什么", "多久能好"]
    assert [likeliest(part.whole) for part in evidence.parts] == ["materials/overview", "timeline/review"]
    assert [part.vector.tolist() for part in evidence.parts] == [[5.0], [4.0]]
    assert not evidence.numbered


def test_the_lines_of_a_notice_are_read_as_reasons():
    text = "驳回了:1.名字不行,2.照片不清楚"
    about = {"rejection/overview": 0.9}
    evidence = evidence_of(text, **{text: about, f"{AS_A_REASON}名字不行": {"rejection/naming": 0.9}})
    assert evidence.notice.numbered
    assert [line for line, _ in evidence.notice.lines] == ["名字不行", "照片不清楚"]
    assert likeliest(evidence.notice.lines[0][1]) == "rejection/naming"
    # what is not about a rejection at all is no notice, however it is numbered
    assert evidence_of(text, **{text: {"timeline/review": 0.9}}).notice.lines == ()


def test_evidence_stays_out_of_what_rasa_stores():
    (understood,) = understand(Scripted({}), ["审核要多久"], prepare)
    assert understood.as_dict()["evidence"] is None
    assert understood.evidence is not None
