"""The papers of each list: read, and checked against the facts."""

import copy

import pytest
from ruamel.yaml import YAML

from beian.kb import default_path, load_knowledge
from beian.kb.papers import build_papers, check_papers


@pytest.fixture
def data():
    load = YAML(typ="safe").load
    return {
        name: load((default_path() / f"{name}.yml").read_text(encoding="utf-8"))
        for name in ("procedure", "vocabulary", "papers")
    }


def test_every_list_of_materials_has_its_papers(data):
    kb = load_knowledge()
    lists = [fact.id for fact in kb.facts.values() if fact.aspect == "materials" and fact.items]
    assert set(lists) == set(kb.papers.of_fact)
    for fact in lists:
        assert tuple(paper.entry for paper in kb.papers.of_fact[fact]) == kb.facts[fact].items
    assert build_papers(data) == kb.papers
    assert not list(check_papers(data))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda papers: papers.update({"materials.nothing": [{"name": "无"}]}), "不存在的事实"),
        (lambda papers: papers["materials.subject_transfer"].pop(), "请一一对应"),
        (lambda papers: papers["materials.subject_transfer"][0].update(document="x"), "词汇表里没有 x"),
        (lambda papers: papers["materials.subject_transfer"][0].update(of="x"), "词汇表里没有 x"),
        (lambda papers: papers["materials.subject_transfer"][0].update(if_any=True), "请改成一致"),
        (lambda papers: papers["materials.subject_transfer"][0].update(seal="round"), "没有 round 这个值"),
        (lambda papers: papers["materials.subject_transfer"][0].update(colour="red"), "没有 red 这个值"),
    ],
)
def test_faults_are_told(data, change, said):
    data = copy.deepcopy(data)
    change(data["papers"]["papers"])
    faults = list(check_papers(data))
    assert len(faults) == 1
    assert said in faults[0]
    assert faults[0].startswith("[papers.yml › papers › ")
