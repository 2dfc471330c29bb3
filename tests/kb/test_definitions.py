"""Words of the document: read, and checked against the facts and each other."""

import copy

import pytest
from ruamel.yaml import YAML

from beian.kb import default_path, load_knowledge
from beian.kb.definitions import build_definitions, check_definitions


@pytest.fixture
def data():
    load = YAML(typ="safe").load
    return {
        name: load((default_path() / f"{name}.yml").read_text(encoding="utf-8"))
        for name in ("procedure", "definitions")
    }


def test_the_shipped_definitions_are_whole(data):
    assert not list(check_definitions(data))
    built = build_definitions(data)
    assert built == load_knowledge().definitions
    names = [(entry["term"], *entry.get("aliases", ())) for entry in data["definitions"]["definitions"]]
    assert [one.names for one in built] == names


def test_a_fact_that_is_not_there_and_a_name_of_two_terms_are_faults(data):
    broken = copy.deepcopy(data)
    broken["definitions"]["definitions"][0]["facts"] = ["type.nothing"]
    broken["definitions"]["definitions"][1]["aliases"] = [broken["definitions"]["definitions"][0]["term"]]
    first, second = check_definitions(broken)
    assert "type.nothing" in first
    assert "已经是" in second
