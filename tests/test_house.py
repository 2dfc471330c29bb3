"""The house keeps its order: one word one meaning, one job a module."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import beian

PACKAGE = Path(beian.__file__).parent
WEB = PACKAGE.parent / "web" / "src"
MOST_LINES = 200
# The form in which the outside is told of something has its name; a test suite is a product of its own.
CONTRACT = "contract"


def test_a_class_stands_for_one_thing():
    found = defaultdict(set)
    for file in PACKAGE.rglob("*.py"):
        name = file.relative_to(PACKAGE)
        if name.parts[0] == CONTRACT:
            continue
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].add(name.as_posix())
    assert {name: files for name, files in found.items() if len(files) > 1} == {}


def test_a_module_is_read_at_one_sitting():
    lengths = {
        file.relative_to(PACKAGE).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in PACKAGE.rglob("*.py")
    }
    assert {name: n for name, n in lengths.items() if n > MOST_LINES} == {}


def test_what_both_pages_need_lies_in_the_shared_room():
    """Desk and widget take nothing from each other, and what they share takes nothing from either."""
    pages = {"desk", "widget"}
    crossing = []
    for file in sorted(WEB.rglob("*.ts*")):
        own = file.relative_to(WEB).parts[0]
        for to in re.findall(r'(?:from|import) "(\.[^"]+)"', file.read_text(encoding="utf-8")):
            other = (file.parent / to).resolve().relative_to(WEB).parts[0]
            if own in {*pages, "shared"} and other in pages - {own}:
                crossing.append(f"{file.relative_to(WEB)} imports {to}")
    assert crossing == []
