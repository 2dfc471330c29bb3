"""The documents' generated parts are what the code says, and what the others name is in the code."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def module() -> ModuleType:
    specification = importlib.util.spec_from_file_location("write_docs", ROOT / "scripts" / "write_docs.py")
    loaded = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(loaded)
    return loaded


write_docs = module()


def test_no_generated_part_is_out_of_date():
    assert not [file.name for file in write_docs.stale(DOCUMENTS)], "run `make docs`"


def test_a_part_that_was_changed_is_noticed(tmp_path):
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for before, after in (("| `mask()` | [`", "| `mask()` | not [`"), ("flowchart TB", "flowchart LR")):
        changed = tmp_path / "architecture.md"
        changed.write_text(page.replace(before, after), encoding="utf-8")
        assert write_docs.stale([changed]) == {changed: page}


def test_the_names_of_a_message_s_way_are_in_the_code():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    names = write_docs.names_in(page)
    assert len(names) > 20
    assert not set(names) - set(write_docs.definitions())
    with pytest.raises(KeyError):
        write_docs.renewed(page.replace("`Assistant.reply`", "`Assistant.respond_somehow`"))


def test_a_figure_is_that_of_its_report():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    written = dict(re.findall(r"<!-- figure: (\w+) -->(.*?)<!-- end -->", readme))
    assert set(written) == set(write_docs.FIGURES)
    assert f"| **本系统** | {written['facts']} |" in (ROOT / write_docs.EVALUATION).read_text(
        encoding="utf-8"
    )
    with pytest.raises(KeyError):
        write_docs.table_cell(write_docs.EVALUATION, "各系统对照", "没有这个系统", 1)


def test_each_part_is_above_what_it_imports():
    graph = {"ground": set(), "middle": {"ground"}, "top": {"middle", "ground"}}
    assert write_docs.floors(graph) == [["ground"], ["middle"], ["top"]]
    # The way over the middle stands for the arrow to the ground.
    assert list(write_docs._needed(graph)) == [("middle", "ground"), ("top", "middle")]


def test_a_circle_is_on_one_floor_and_shows_its_arrows():
    graph = {"ground": set(), "left": {"right", "ground"}, "right": {"left"}, "top": {"left"}}
    assert write_docs.floors(graph) == [["ground"], ["left", "right"], ["top"]]
    assert ("right", "left") in list(write_docs._needed(graph))


def test_every_module_has_a_sentence():
    """Tables of modules come from them."""
    files = write_docs.code("beian", "actions", "beian_suite", "bench")
    told = [file for file in files if file.read_text(encoding="utf-8").strip()]
    assert not [file.name for file in told if not write_docs.first_sentence(file)]


def test_the_words_of_the_glossary_are_those_of_the_code():
    code = [file.read_text(encoding="utf-8") for file in write_docs.code("beian", "actions")]
    knowledge = [file.read_text(encoding="utf-8") for file in (ROOT / "kb").glob("*.yml")]
    text = "\n".join(code + knowledge)
    rows = [row.split("|") for row in GLOSSARY.splitlines() if row.startswith("|")]
    words = [cell.strip(" `") for row in rows if len(row) > 4 and (cell := row[3]).strip().startswith("`")]
    assert len(words) > 40
    assert not [word for word in words if not re.search(rf"\b{re.escape(word)}\b", text)]


def test_a_word_of_the_glossary_has_one_meaning():
    rows = [row.split("|") for row in GLOSSARY.splitlines() if row.startswith("| ")]
    names = [row[1].strip() for row in rows if row[1].strip() not in ("中文", "---")]
    assert len(names) == len(set(names))
