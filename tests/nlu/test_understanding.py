"""How the parts of a message make its questions, with a model whose probabilities are given."""

import numpy as np
import pytest

from beian.nlu.understanding import understand

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


class Scripted:
    """Gives each text the probabilities the test says; the rest is spread evenly."""

    labels = LABELS

    def __init__(self, known: dict[str, dict[str, float]]) -> None:
        self.known = known

    def probabilities(self, texts: list[str]) -> np.ndarray:
        return np.stack([self._probabilities(self.known[text]) for text in texts])

    @staticmethod
    def _probabilities(given: dict[str, float]) -> np.ndarray:
        chance = np.full(len(LABELS), (1 - sum(given.values())) / len(LABELS))
        for label, value in given.items():
            chance[LABELS.index(label)] += value
        return chance


def questions(**known: dict[str, float]) -> list[str]:
    """The questions of a message whose parts are the keyword names, in their order."""
    parts = {f"{name}吗": chance for name, chance in known.items() if name != "whole"}
    text = ",".join(parts)
    model = Scripted({**parts, text: known["whole"]})
    (understood,) = understand(model, [text], lambda one: one)
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
