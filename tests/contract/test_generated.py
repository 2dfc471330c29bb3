"""What is generated from the contract is what stands in the repository."""

import shutil

import jsonschema
import pytest

from beian.cli import contract as command
from beian.contract.desk_routes import DESK
from beian.contract.generate import files, tables
from beian.contract.generate.openapi import GROUPS, openapi
from beian.project import ROOT


@pytest.fixture
def copy(tmp_path):
    """A folder with what is generated, and the pages it is put into."""
    for path in [*files.generated(ROOT), ROOT / "pyproject.toml"]:
        place = tmp_path / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    return tmp_path


def test_nothing_is_stale():
    assert [str(path.relative_to(ROOT)) for path in files.stale(ROOT)] == []


@pytest.mark.parametrize("path", sorted(files.generated(ROOT)), ids=lambda path: path.name)
def test_a_change_by_hand_is_noticed_and_taken_back(copy, monkeypatch, capsys, path):
    place = copy / path.relative_to(ROOT)
    right = place.read_text(encoding="utf-8")
    # In a page only the tables are generated.
    wrong = right.replace(" -->\n\n|", " -->\n\n| x", 1) if place.suffix == ".md" else right + "\n"
    place.write_text(wrong, encoding="utf-8")
    monkeypatch.setattr(command, "ROOT", copy)
    assert _run("--check") == 1
    assert place.name in capsys.readouterr().err
    assert _run() == 0
    assert place.read_text(encoding="utf-8") == right
    assert _run("--check") == 0


def _run(*options):
    from beian.__main__ import main

    return main(["contract", *options])


def test_the_version_is_the_projects(copy):
    project = copy / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace('\nversion = "', '\nversion = "9', 1), encoding="utf-8")
    assert files.stale(copy) == [copy / "docs" / "openapi.json"]
    project.write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="version"):
        files.generated(copy)


def test_a_missing_file_is_stale(copy):
    (copy / "docs" / "openapi.json").unlink()
    assert files.stale(copy) == [copy / "docs" / "openapi.json"]


def test_every_page_has_every_table_it_is_to_have():
    """A table that no page shows would be described for nobody."""
    pages = "".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in files.PAGES)
    assert {name for name in tables.tables() if f"<!-- contract: {name} -->" not in pages} == set()


def test_a_page_cannot_ask_for_a_table_there_is_none_of():
    with pytest.raises(tables.TableError, match="no-such"):
        tables.filled("<!-- contract: no-such -->\n\n<!-- /contract -->\n")


def test_every_schema_is_one():
    for schema in openapi("1")["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_names_of_operations_are_unique():
    paths = openapi("1")["paths"].values()
    names = [operation["operationId"] for methods in paths for operation in methods.values()]
    assert len(names) == len(set(names)) == sum(len(routes) for routes in GROUPS.values())
    assert len({(route.method, route.path) for route in DESK}) == len(DESK)
