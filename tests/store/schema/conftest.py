"""Stores of earlier commits, made from their SQL text."""

from pathlib import Path

import pytest

from beian.engine.endpoints import databases
from beian.settings import Settings
from beian.store.schema.places import Database
from tests.server.conftest import make_server, tiny_model  # noqa: F401 - fixtures
from tests.store.schema.dumps import load
from tests.store.schema.old_store import FOLDER


def kept(name: str, var: Path) -> Path:
    """The stores kept under this name, in the folder."""
    var.mkdir(parents=True, exist_ok=True)
    for store in ("conversations", "tracker"):
        text = (FOLDER / f"{name}.{store}.sql").read_text(encoding="utf-8")
        load(text, var / f"{store}.db")
    return var


@pytest.fixture
def old(tmp_path) -> Path:
    """The folder of a server from before there were versions."""
    return kept("0001", tmp_path / "var")


def places(var: Path) -> list[Database]:
    return databases(Settings(var=var), {})
