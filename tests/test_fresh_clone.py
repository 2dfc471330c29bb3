"""From a clone to answers by the two commands of the README, with nothing but what a newcomer has.

Only what is committed counts. Packages come from uv's cache where it has them, and the model from this
checkout, where `make test` has just trained it from the same sources: with other ones the clone trains.
CI has a clone already, whose environment the same script has just made: there it is made once, not twice.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.patience import PATIENCE
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[1]
IN_CI = bool(os.environ.get("CI"))
# A run may have to train.
RUN_SECONDS = 15 * PATIENCE

pytestmark = [pytest.mark.fresh_clone, pytest.mark.timeout(40 * PATIENCE)]


class MakeRun:
    """`make run` in the clone, in a process group of its own."""

    def __init__(self, clone: Path, log: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log
        # Nothing of the environment these tests run in may help
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("VIRTUAL_ENV", "PYTHON", "PYTEST", "BEIAN_", "MAKE", "MFLAGS"))
        }
        own = str(ROOT / ".venv")
        kept["PATH"] = os.pathsep.join(p for p in kept["PATH"].split(os.pathsep) if not p.startswith(own))
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                ["make", "run"],
                cwd=clone,
                env={**kept, "BEIAN_PORT": str(self.port)},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_until_it_answers(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.process.poll() is None, f"make run ended:\n{self.said()[-4000:]}"
            try:
                if httpx.get(f"{self.url}/readyz", verify=False, timeout=PATIENCE).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.2)
        raise AssertionError(f"no answer within {seconds} s:\n{self.said()[-4000:]}")

    def ask(self, text: str) -> dict:
        response = httpx.post(
            f"{self.url}/webhooks/rest/webhook",
            json={"sender": "newcomer", "message": text},
            timeout=PATIENCE,
        )
        assert response.status_code == 200, response.text
        [message] = response.json()
        return message

    def interrupt(self) -> None:
        """Ctrl-C, as in a terminal: to the whole group."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(PATIENCE)
                raise


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("fresh") / "clone"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(place)], check=True)
    shutil.copytree(ROOT / "models", place / "models")
    if IN_CI:
        (place / ".venv").symlink_to(ROOT / ".venv")
    return place


@pytest.fixture(scope="module")
def make_run(clone, tmp_path_factory) -> Iterator[Callable[[], MakeRun]]:
    started: list[MakeRun] = []

    def run() -> MakeRun:
        log = tmp_path_factory.mktemp("log") / "make_run.log"
        started.append(MakeRun(clone, log))
        return started[-1]

    yield run
    for running in started:
        running.interrupt()


def test_from_a_clone_to_answers_and_quickly_again(clone, make_run):
    assert IN_CI or not (clone / ".venv").exists()
    first = make_run()
    first.wait_until_it_answers(RUN_SECONDS)
    said = first.said()
    assert f"http://127.0.0.1:{first.port}/" in said, "the address of the page is shown"
    assert IN_CI or "建立 .venv" in said
    assert "Traceback" not in said
    page = httpx.get(f"{first.url}/chat", timeout=PATIENCE)
    assert page.status_code == 200
    assert "text/html" in page.headers["content-type"]

    answer = first.ask("个人备案换手机号要什么材料")
    assert answer["custom"]["facts"] == ["materials.subject_info.individual"]
    assert answer["text"].startswith("个人办理主体信息变更")
    assert first.ask("那审核一般得多久啊")["custom"]["facts"] == ["timeline.review"]
    fees = first.ask("办这个收费吗")["custom"]
    assert (fees["status"], fees["theme"]) == ("uncovered", "fees")

    first.interrupt()
    assert "Traceback" not in first.said()
    assert not subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    ).stdout, "running leaves no file that git would see"

    second = make_run()
    second.wait_until_it_answers(RUN_SECONDS)
    assert "training the model" not in second.said(), "nothing is trained again"
    assert second.ask("审核要多久")["custom"]["facts"] == ["timeline.review"]
    second.interrupt()


def test_a_broken_knowledge_base_stops_it_with_the_list(clone, make_run):
    kb = clone / "kb"
    kept = {name: (kb / name).read_text(encoding="utf-8") for name in ("contact.yml", "themes.yml")}
    (kb / "contact.yml").write_text(kept["contact.yml"] + "fax: 1\n", encoding="utf-8")
    (kb / "themes.yml").write_text(kept["themes.yml"] + "  - [\n", encoding="utf-8")
    try:
        broken = make_run()
        assert broken.process.wait(RUN_SECONDS) != 0
        said = broken.said()
        assert "[contact.yml] 不认识的键 fax" in said
        assert "[themes.yml" in said
        assert "Traceback" not in said
    finally:
        for name, text in kept.items():
            (kb / name).write_text(text, encoding="utf-8")
