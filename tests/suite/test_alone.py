"""The plugin is a package of its own: its imports, its language and its metadata allow no more."""

import ast
import re
import sys
from pathlib import Path

import pytest

import beian_suite

FOLDER = Path(beian_suite.__file__).parent
FILES = sorted(FOLDER.glob("*.py"))
ALLOWED = {"beian_suite", "pytest", "_pytest", "requests", "ruamel", "opencc", "pypinyin"}
PROJECT = (FOLDER / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_python_3_9_can_read_it(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))
    assert isinstance(tree.body[0], ast.Expr)
    futures = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    assert futures or not any(isinstance(node, (ast.FunctionDef, ast.ClassDef)) for node in ast.walk(tree))


@pytest.mark.skipif(sys.version_info < (3, 10), reason="the names of the standard library are not known")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_imports_only_what_it_declares(path: Path) -> None:
    roots = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            roots |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            roots.add((node.module or "").partition(".")[0])
    assert roots - set(sys.stdlib_module_names) - ALLOWED == set()


def test_the_metadata() -> None:
    assert 'requires-python = ">=3.9"' in PROJECT
    needed = re.search(r"^dependencies = \[(.+)\]$", PROJECT, re.M)[1]
    assert set(re.findall(r'"([a-z.]+)', needed)) == {"pytest", "requests", "ruamel.yaml"}
    assert f'version = "{beian_suite.__version__}"' in PROJECT
    product = (FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert f'"beian-suite=={beian_suite.__version__}"' in product
