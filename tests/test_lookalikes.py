"""Floors on three sets of questions, by the replies: look-alikes of other offices, several questions in one
message, and details of an answer (tests/questions/).

Look-alikes are asked over fields that training never sees. A floor lies two to three points under what was
measured when it was set; floors are raised, never lowered. `python -m bench.evaluate --only bank` writes the
shares.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import mean

import pytest

from beian.nlu.data_check import read_messages
from beian.text.normalize import normalize
from bench.evaluation.judge import Said, judge_foreign, parts_answered
from bench.evaluation.replies import judge_detail, read

# Least share right (not wrong and not near), most share wrong (answered with something else).
RIGHT_AND_WRONG = {"lookalikes": (0.82, 0.13), "details": (0.62, 0.07)}
# Of messages with so many questions: least share with every one of them dealt with.
SEVERAL = {2: 0.69, 3: 0.55, 4: 0.40}
ALL_PARTS, PARTS = 0.69, 0.85

FEWEST_LOOKALIKES, FEWEST_FIELDS = 200, 80
# A word may turn up in a training message by chance.
BY_CHANCE = 2


@pytest.fixture(scope="module")
def judged(talk) -> dict[str, dict[str, str]]:
    """By set and question: right, near or wrong."""

    def said(row: dict) -> Said:
        return Said.of(talk.ask(row["text"]), talk.kb)

    return {
        "lookalikes": {row["text"]: judge_foreign(said(row)) for row in read("lookalikes")},
        "details": {row["text"]: judge_detail(row, said(row)) for row in read("details")},
    }


@pytest.mark.parametrize("name", RIGHT_AND_WRONG)
def test_right_and_wrong(judged, name):
    verdicts = judged[name]
    counts = Counter(verdicts.values())
    least, most = RIGHT_AND_WRONG[name]
    short = [text for text, verdict in verdicts.items() if verdict != "right"]
    assert counts["right"] / len(verdicts) >= least, short
    answered = [text for text, verdict in verdicts.items() if verdict == "wrong"]
    assert counts["wrong"] / len(verdicts) <= most, answered


@pytest.fixture(scope="module")
def parts(talk) -> dict[str, list[bool]]:
    """Which of its questions each message of the set gets dealt with."""
    return {
        row["text"]: parts_answered(row["facts"], row["open"], Said.of(talk.ask(row["text"])), talk.kb)
        for row in read("several")
    }


def dropped(parts: dict[str, Sequence[bool]]) -> list[str]:
    return [text for text, found in parts.items() if not all(found)]


def test_several_questions_are_all_dealt_with(parts):
    assert len(parts) >= 90
    assert mean(all(found) for found in parts.values()) >= ALL_PARTS, dropped(parts)
    assert mean(one for found in parts.values() for one in found) >= PARTS, dropped(parts)


@pytest.mark.parametrize(("count", "floor"), SEVERAL.items())
def test_so_many_questions_in_one_message(parts, count, floor):
    some = {text: found for text, found in parts.items() if len(found) == count}
    assert mean(all(found) for found in some.values()) >= floor, dropped(some)


def test_lookalikes_are_of_many_fields_that_training_never_sees():
    rows = read("lookalikes")
    fields = {row["field"] for row in rows}
    assert len(rows) >= FEWEST_LOOKALIKES
    assert len(fields) >= FEWEST_FIELDS
    named: dict[str, list[str]] = defaultdict(list)
    for text in (normalize(text) for text, _ in read_messages()):
        for field in fields:
            if field in text:
                named[field].append(text)
    assert not {field: texts for field, texts in named.items() if len(texts) > BY_CHANCE}


def test_no_field_is_an_object_of_the_counterfactual_copies(talk):
    objects = set(talk.kb.foreign_objects)
    assert not {row["field"] for row in read("lookalikes")} & objects


def test_labels_exist(talk):
    several, details = read("several"), read("details")
    facts = {fact for row in (*several, *details) for one in row.get("facts", ()) for fact in one.split("|")}
    themes = {theme for row in several for one in row["open"] for theme in one.split("|")}
    themes |= {theme for row in details for theme in row.get("theme", "").split("|") if theme}
    assert facts <= set(talk.kb.facts)
    assert themes <= set(talk.kb.themes)
