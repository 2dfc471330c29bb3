"""What the assistant is tested on is not what it is trained on.

Whole sentences of the tests stand neither in data/nlu.yml nor in data/contextual. Of fragments (材料, 多久)
there are so few that they cannot all be kept apart, but no conversation goes two steps as a tree does.
"""

import itertools
import json
from pathlib import Path

import pytest

from beian.meaning.data import read_lines
from beian.nlu.data_check import fold, read_messages
from bench.evaluation import bank

QUESTIONS = Path(__file__).parent / "questions"
SETS = ("own", "lookalikes", "several", "details", "supplement", "supplement_check", "supplement_fit")
# So many characters make a sentence that nobody writes twice by chance.
SENTENCE = 7
# Most of the bank's turns are new to the training even where fragments are counted.
MOST_FRAGMENTS = 0.08


@pytest.fixture(scope="module")
def messages() -> set[str]:
    return {fold(text) for text, _ in read_messages()}


@pytest.fixture(scope="module")
def lines() -> set[str]:
    return {fold(line.user) for line in read_lines()}


def questions(name: str) -> list[str]:
    rows = (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [fold(json.loads(row)["text"]) for row in rows]


def turns(part: str) -> list[str]:
    return [fold(turn.user) for conversation in bank.read_bank(part) for turn in conversation.turns]


@pytest.mark.parametrize("name", SETS)
def test_questions(name, messages, lines):
    asked = questions(name)
    assert len(set(asked)) == len(asked), "a question stands there twice"
    # of the project's first questions tests/test_understanding.py says the same, with their labels
    assert name == "own" or not [text for text in asked if text in messages]
    assert not [text for text in asked if text in lines and len(text) >= SENTENCE]


def test_every_set_of_questions_is_guarded():
    assert {file.stem for file in QUESTIONS.glob("*.jsonl")} == set(SETS)


@pytest.mark.parametrize("part", bank.PARTS)
def test_turns_of_the_bank(part, messages, lines):
    known = [text for text in turns(part) if text in messages | lines]
    assert not [text for text in known if len(text) >= SENTENCE]
    assert len(known) / len(turns(part)) <= MOST_FRAGMENTS, known


@pytest.mark.parametrize("part", bank.PARTS)
def test_no_two_steps_of_the_bank_are_those_of_a_tree(part):
    trees = read_lines()
    steps = {(fold(trees[line.parent].user), fold(line.user)) for line in trees if line.parent is not None}
    taken = [
        (before.user, after.user)
        for conversation in bank.read_bank(part)
        for before, after in itertools.pairwise(conversation.turns)
        if (fold(before.user), fold(after.user)) in steps
    ]
    assert not taken


def test_open_and_locked_share_no_sentence():
    opened, locked = (set(turns(part)) for part in bank.PARTS)
    assert not [text for text in opened & locked if len(text) >= SENTENCE]
