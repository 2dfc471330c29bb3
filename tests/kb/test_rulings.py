"""Rulings: of facts that are there, each with its words."""

import copy

import pytest

from beian.kb import load_knowledge
from beian.kb.faults import read_file
from beian.kb.load import default_path
from beian.kb.rulings import Ruling, check_rulings

KB = load_knowledge()


@pytest.fixture
def data():
    names = ("procedure", "phrases", "rulings", "themes")
    return {name: read_file(default_path() / f"{name}.yml", name, pure=True)[0] for name in names}


def test_what_is_there_has_no_faults(data):
    assert list(check_rulings(data)) == []


def test_facts_that_are_not_there_and_words_that_are_missing_are_named(data):
    broken = copy.deepcopy(data)
    broken["rulings"]["rulings"][0]["facts"] = ["type.nothing"]
    broken["rulings"]["rulings"][1]["id"] = "person.unworded"
    broken["rulings"]["places"] = "notice.nothing"
    faults = "\n".join(check_rulings(broken))
    assert all(word in faults for word in ("type.nothing", "notice.nothing", "phrases.yml"))


def test_every_list_needs_a_word_and_none_of_the_others():
    ruling = Ruling("a.b", ("fact",), (("借", "用"), ("身份证",)), unless=("自己",))
    assert ruling.decides("借个身份证")
    assert not ruling.decides("借个名")
    assert not ruling.decides("用自己的身份证")


def test_every_ruling_is_worded():
    assert {case.id for case in KB.rulings.cases} == set(KB.phrases["rulings"])
