"""What is released: one version, and an archive that is the whole project."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import tarfile
import zipfile
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

import beian
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[1]


def module() -> ModuleType:
    specification = importlib.util.spec_from_file_location("version", ROOT / "scripts" / "version.py")
    loaded = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(loaded)
    return loaded


version = module()


def test_every_place_has_the_version_and_the_changelog_tells_of_it():
    assert version.differing() == {}
    assert version.is_told()


def test_the_package_has_it_as_it_was_installed():
    assert beian.__version__ == metadata.version("beian-assistant") == version.version()
    with pytest.raises(AttributeError):
        beian.__no_such_thing__  # noqa: B018 - asked for, that is the test


@pytest.mark.parametrize("name", ["web/package.json", "web/package-lock.json"])
def test_another_version_somewhere_is_noticed(tmp_path, name):
    for file in ("pyproject.toml", "web/package.json", "web/package-lock.json"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text((ROOT / file).read_text(encoding="utf-8"), encoding="utf-8")
    changed = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(changed.replace(version.version(), "9.9.9"), encoding="utf-8")
    assert version.differing(tmp_path) == {name: changed}


# Needed where it is unpacked, each for another step: set up, train, serve, check, test, build.
PARTS = (
    *("Makefile", "scripts/setup.sh", "requirements.lock", "pyproject.toml", "beian_suite/pyproject.toml"),
    *(
        "config.yml",
        "domain.yml",
        "endpoints.yml",
        "credentials.yml",
        "data/nlu.yml",
        "data/contextual/access.txt",
    ),
    *("kb/procedure.yml", "kb/schema/phrases.json", "beian/__main__.py", "actions/reply.py"),
    *(
        "scripts/check.sh",
        ".ci/run",
        "tests/conftest.py",
        "tests/conversations/dates.yml",
        "docs/architecture.md",
    ),
    *("web/package-lock.json", "web/src/widget/app.tsx", "LICENSE", "deploy/Dockerfile", ".editorconfig"),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A checkout's release, built beside it without the checks: those are other tests."""
    folder = tmp_path_factory.mktemp("release") / "checkout"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    environment = {**os.environ, "CHECK": "no"}
    done = subprocess.run(
        ["sh", "scripts/release.sh"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=10 * PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_the_archive_is_the_whole_project_and_nothing_that_is_made(built):
    listed = subprocess.run(["git", "ls-files"], cwd=built, capture_output=True, text=True, check=True).stdout
    [archive] = (built / "dist").glob("beian_assistant-*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert set(PARTS) <= names
    assert not {name for name in listed.splitlines() if name not in names}
    made = re.compile(r"node_modules|__pycache__|^\.venv|^models|^var/|^dist/|\.db$")
    assert not [name for name in names if made.search(name)]


def test_the_wheels_hold_the_packages_alone(built):
    wheels = {file.name.partition("-")[0]: file for file in (built / "dist").glob("*.whl")}
    assert set(wheels) == {"beian_assistant", "beian_suite"}
    names = zipfile.ZipFile(wheels["beian_assistant"]).namelist()
    assert {name.partition("/")[0] for name in names} == {
        "actions",
        "beian",
        f"beian_assistant-{version.version()}.dist-info",
    }
    assert any(name.endswith("static/widget.js") for name in names)
