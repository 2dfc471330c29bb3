"""Somebody edits kb/ beside a server that runs, and tells it: the command, in processes of their own."""

import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from beian.engine.model_file import newest_model
from beian.settings import ROOT
from bench.checkout import copy_checkout
from tests.patience import PATIENCE
from tests.server.process import Process

COPIED = (
    "beian",
    "kb",
    "actions",
    "data/nlu.yml",
    "config.yml",
    "domain.yml",
    "endpoints.yml",
    ".cache/supplement",
)
QUESTION = "变更申请交上去之后，审核一般需要几天"
pytestmark = pytest.mark.timeout(10 * PATIENCE)
OLD, NEW = "管局审核通常需要", "管局的审核通常需要"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """A checkout whose kb/ may be edited."""
    folder = tmp_path_factory.mktemp("checkout")
    copy_checkout(folder, (name for name in COPIED if (ROOT / name).exists()))
    (folder / "beian/server/static").symlink_to(ROOT / "beian/server/static")
    return folder


@pytest.fixture
def running(checkout, tmp_path):
    server = Process(tmp_path / "var", newest_model(), actions="actions", root=checkout)
    try:
        yield server.wait_until_it_answers()
    finally:
        server.kill()


class Editor:
    """Edits a checkout's files and tells the server of `var`."""

    def __init__(self, checkout: Path, server: Process, var: Path) -> None:
        self.kb, self.server, self.var = checkout / "kb", server, var

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.kb / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer has {old!r}: bring this test up to date"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def reload(self) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "beian", "reload", "--var", str(self.var)],
            env=self.server.env,
            cwd=self.var,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    def ask(self, text: str) -> dict:
        (said,) = httpx.post(
            f"{self.server.url}/webhooks/rest/webhook",
            json={"sender": "somebody", "message": text},
            timeout=PATIENCE,
            verify=False,
        ).json()
        return said

    def notices(self) -> list[str]:
        said = httpx.get(f"{self.server.url}/readyz", timeout=PATIENCE, verify=False)
        return said.json().get("notices", [])


def test_an_edit_is_live_without_a_restart_and_a_faulty_one_is_not(checkout, running, tmp_path):
    editor = Editor(checkout, running, tmp_path / "var")
    before = editor.ask(QUESTION)
    assert OLD in before["text"]

    shutil.copytree(editor.kb, tmp_path / "before")
    editor.edit("procedure.yml", OLD, NEW)
    assert OLD in editor.ask(QUESTION)["text"], "nothing is live before somebody says so"
    told = editor.reload()
    assert told.returncode == 0, told.stderr
    assert "已生效" in told.stdout
    after = editor.ask(QUESTION)
    assert NEW in after["text"]
    version = after["custom"]["kb_version"]
    assert version != before["custom"]["kb_version"] and version in told.stdout

    # A phrase with a placeholder that nothing fills, beside a change that would be right.
    editor.edit("procedure.yml", NEW, OLD)
    editor.edit("phrases.yml", "{theme}", "{themes}")
    told = editor.reload()
    assert told.returncode == 1
    assert "没有生效" in told.stderr and "[phrases.yml › " in told.stderr and "themes" in told.stderr
    assert editor.ask(QUESTION)["custom"]["kb_version"] == version
    assert "没有" in editor.ask("变更要收多少手续费")["text"], "the old phrase is whole"
    assert "knowledge" in editor.notices()
    assert any(line["message"] == "knowledge base refused" for line in running.lines())

    # What the model was trained with cannot be changed under it.
    editor.edit("phrases.yml", "{themes}", "{theme}")
    editor.edit("procedure.yml", "title: 审核要多久", "title: 审核要花多久")
    told = editor.reload()
    assert told.returncode == 1 and "重新训练" in told.stderr and "timeline.review" in told.stderr
    assert editor.ask(QUESTION)["custom"]["kb_version"] == version

    shutil.rmtree(editor.kb)
    shutil.copytree(tmp_path / "before", editor.kb)
    assert editor.reload().returncode == 0
    again = editor.ask(QUESTION)
    assert OLD in again["text"] and again["custom"]["kb_version"] == before["custom"]["kb_version"]
    assert editor.notices() == []

    running.kill()
    told = editor.reload()
    assert told.returncode == 1 and "没有在用" in told.stderr
