"""The project's own conversations: enough of them, in words of their own, and each gap listed is there."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from beian.kb import load_knowledge
from beian.text.normalize import normalize
from beian_suite.files import load_suite
from beian_suite.model import Case
from beian_suite.reply_values import STATUSES
from beian_suite.report import label_of

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "conversations"


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [case for path in sorted(FOLDER.rglob("*.yml")) for case in load_suite(path)]


def test_at_least_200_cases(cases: list[Case]) -> None:
    assert len(cases) >= 200


def _bare(text: str) -> str:
    return "".join(char for char in normalize(text) if char.isalnum())


def test_no_message_stands_in_the_training_data(cases: list[Case]) -> None:
    trained = set()
    for entry in YAML(typ="safe").load((ROOT / "data" / "nlu.yml").read_text(encoding="utf-8"))["nlu"]:
        lines = entry.get("examples", "").splitlines()
        trained |= {_bare(line.removeprefix("- ")) for line in lines}
    buttons = {_bare(question) for question in load_knowledge().questions}
    # Follow-ups of a few characters are what everybody says; buttons are pressed as they are.
    asked = {
        (case.path.name, text)
        for case in cases
        if case.path.name != "buttons.yml"
        for step in case.steps
        for text in step.texts
        if len(_bare(text)) > 6 and _bare(text) not in buttons
    }
    assert sorted(text for text in asked if _bare(text[1]) in trained) == []


def _asserted(cases: list[Case], kind: str) -> set[str]:
    return {
        value
        for case in cases
        for step in case.steps
        for check in step.checks
        if check.kind == kind
        for value in check.want
    }


def test_every_fact_has_a_case_in_the_facts_folder(cases: list[Case]) -> None:
    facts = _asserted([case for case in cases if case.path.parent.name == "facts"], "fact")
    assert sorted(set(load_knowledge().facts) - facts) == []


def test_every_status_is_asked_for(cases: list[Case]) -> None:
    assert set(STATUSES) == _asserted(cases, "status")


def test_known_gaps_name_tests_that_exist(cases: list[Case]) -> None:
    names = {
        f"{case.path.relative_to(ROOT).as_posix()}::{label_of(case, number)}"
        for case in cases
        for number in range(case.variants)
    }
    gaps = (FOLDER / "known_gaps.txt").read_text(encoding="utf-8").splitlines()
    listed = {line.partition("  #")[0].strip() for line in gaps if line.strip() and not line.startswith("#")}
    assert sorted(listed - names) == []
