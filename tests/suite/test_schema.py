"""The JSON Schema for editors says the same as the reader."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from beian_suite.cli import schema
from beian_suite.expectations import CARDS, READERS
from beian_suite.files import parse_suite
from beian_suite.model import STATUSES, SuiteError

from .test_files import WHOLE, _case, test_faults_name_file_and_line

jsonschema = pytest.importorskip("jsonschema")

SUITE = sorted((Path(__file__).resolve().parents[1] / "conversations").rglob("*.yml"))
VALIDATOR = jsonschema.Draft202012Validator(schema())


class _AsText(SafeConstructor):
    """Dates stay text. A class of its own: what is added to another's holds for everybody who reads."""


_AsText.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_scalar)


def _load(text: str) -> Any:
    """YAML as an editor sees it."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _AsText
    return yaml.load(text)


def _refused_only_by_the_reader(text: str) -> bool:
    """Faults that a schema cannot see: repeated names, references, regular expressions, order of steps."""
    words = ("重复", "没有 none_such", "正则", "第一步应为 user", "YAML", "空的，", "锚点")
    words += ("<<", "日期或数", "键应为文字")
    try:
        parse_suite(Path("x.yml"), text)
    except SuiteError as error:
        return any(word in str(error) for word in words)
    return False


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", SUITE, ids=lambda path: path.name)
def test_accepts_the_suite(path: Path) -> None:
    VALIDATOR.validate(_load(path.read_text(encoding="utf-8")))


def test_accepts_every_key() -> None:
    VALIDATOR.validate(_load(WHOLE))
    VALIDATOR.validate(_load(_case("      - user: a\n      - bot: b\n      - slot_was_set: [x, {y: 1}]\n")))


FAULTS = next(mark for mark in test_faults_name_file_and_line.pytestmark if mark.name == "parametrize").args[
    1
]


@pytest.mark.parametrize("text", [text for text, _, _ in FAULTS if not _refused_only_by_the_reader(text)])
def test_refuses_what_the_reader_refuses(text: str) -> None:
    assert not VALIDATOR.is_valid(_load(text))


def test_names_the_same_words() -> None:
    definitions = schema()["$defs"]
    assert set(definitions["assertion"]["properties"]) == set(READERS)
    assert f"'enum': {list(STATUSES)}" in str(definitions["assertion"]["properties"]["status"])
    assert f"'enum': {list(CARDS)}" in str(definitions["assertion"]["properties"]["card"])


def test_every_field_has_a_title() -> None:
    def untitled(node: Any, place: str) -> list[str]:
        if not isinstance(node, dict):
            return []
        found = [
            f"{place}.{key}"
            for key, value in node.get("properties", {}).items()
            if "title" not in value and "$ref" not in value
        ]
        return found + [name for key, value in node.items() for name in untitled(value, f"{place}.{key}")]

    assert untitled({key: value for key, value in schema().items() if key != "properties"}, "") == []
