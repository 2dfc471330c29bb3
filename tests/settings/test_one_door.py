"""Settings come in by one door."""

import ast

from beian.project import PACKAGE

# What is read elsewhere, and why: the project's folder and the encoder lie below the settings (a training
# reads them), the day is fixed for tests; the rest hands the environment on, or quietens a library.
ELSEWHERE = {
    "__main__.py",
    "calendar/today.py",
    "engine/assistant.py",
    "engine/endpoints.py",
    "engine/training.py",
    "nlu/encoders.py",
    "project.py",
    "store/backup/postgres.py",
    "testing/inprocess.py",
    "text/sounds.py",
}


def test_the_environment_is_read_in_settings():
    found = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
                found.add(file.relative_to(PACKAGE).as_posix())
    assert {name for name in found if not name.startswith("settings/")} == ELSEWHERE
