"""A folder with conversations, and its backup."""

import stat
from pathlib import Path

import pytest

from beian.settings import Settings
from beian.store.backup.make import backup
from beian.store.backup.manifest import Manifest
from beian.store.schema.prepare import prepare
from tests.server.conftest import make_server, tiny_model  # noqa: F401 - fixtures
from tests.store.schema.conftest import kept, places

SECRET = "the-secret-of-the-kept-stores"


def settings_of(var: Path) -> Settings:
    return Settings(var=var)


def made(var: Path, folder: Path) -> Manifest:
    return backup(settings_of(var), places(var), folder)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def var(tmp_path) -> Path:
    """A server's folder, with the conversations of the kept stores."""
    var = kept("0001", tmp_path / "var")
    (var / "secret").touch(mode=0o600)
    (var / "secret").write_text(SECRET)
    prepare(places(var), "files", lambda said: None)
    return var
