"""docs/testing.md is true: its examples run, its commands exist, its tables are complete."""

import asyncio
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from beian.__main__ import main
from beian.engine.tracker_store import MaskedTrackerStore
from beian.testing.inprocess import InProcessDriver
from beian.tokens import Signer
from beian_suite.expectations import READERS
from beian_suite.files import load_suite, parse_suite
from beian_suite.model import SuiteError
from beian_suite.report import failure_text
from beian_suite.run import run_case

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"(?:<!-- fails: (?P<fails>.+?) -->\n)?```(?P<kind>\w+)(?: file=(?P<file>\S+))?\n(?P<text>.*?)```", re.S
)


@dataclass(frozen=True)
class Block:
    """A fenced block of the document."""

    kind: str
    text: str
    file: str | None
    fails: str | None
    line: int


BLOCKS = [
    Block(match["kind"], match["text"], match["file"], match["fails"], TEXT[: match.start()].count("\n") + 1)
    for match in BLOCK.finditer(TEXT)
]
EXAMPLES = [block for block in BLOCKS if block.kind == "yaml"]
COMMANDS = [line for block in BLOCKS if block.kind == "sh" for line in block.text.splitlines()]


@pytest.fixture(scope="module")
def driver() -> Iterator[InProcessDriver]:
    driver = InProcessDriver()
    driver.load()
    yield driver
    driver.close()


def _outcome(block: Block, driver: InProcessDriver) -> str:
    """Everything that went wrong with an example; empty when nothing did."""
    try:
        cases = parse_suite(Path("my_first.yml"), block.text)
    except SuiteError as error:
        return str(error)
    runs = [run_case(case, driver, number) for case in cases for number in range(case.variants)]
    return "\n".join(failure_text(run) for run in runs if run.problems)


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: f"line {block.line}")
def test_examples_run(block: Block, driver: InProcessDriver) -> None:
    outcome = _outcome(block, driver)
    if block.fails:
        assert block.fails in outcome
    else:
        assert outcome == ""


def test_the_failure_shown_is_the_one_seen(driver: InProcessDriver) -> None:
    example = next(block for block in EXAMPLES if block.fails and "实际" in block.fails)
    shown = next(block.text for block in BLOCKS if block.kind == "text" and not block.file)
    assert shown.strip() in _outcome(example, driver)


def test_every_assertion_is_described() -> None:
    for name in READERS:
        assert re.search(rf"\| `{name}[:`]", TEXT), name


def _arguments(command: str, program: str) -> list[str]:
    words = shlex.split(command)
    return words[words.index(program) + 1 :]


@pytest.mark.parametrize("command", [line for line in COMMANDS if "-m pytest" in line])
def test_pytest_commands_are_understood(command: str, pytester: pytest.Pytester) -> None:
    folder = pytester.path / "tests" / "conversations"
    folder.mkdir(parents=True)
    (folder / "my_first.yml").write_text(EXAMPLES[0].text, encoding="utf-8")
    result = pytester.runpytest_inprocess(
        "-p", "no:cacheprovider", "--collect-only", *_arguments(command, "pytest")
    )
    assert result.ret == 0
    assert "审核要几天" in result.stdout.str()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for block in BLOCKS:
        if block.file:
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
    first = tmp_path / "tests" / "conversations" / "my_first.yml"
    first.parent.mkdir(parents=True)
    first.write_text(EXAMPLES[0].text, encoding="utf-8")
    return tmp_path


def _run_suite_command(word: str) -> int:
    (command,) = [line for line in COMMANDS if f"suite {word}" in line]
    return main(_arguments(command, "beian"))


def test_check_and_schema(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run_suite_command("check") == 0
    assert "1 个用例" in capsys.readouterr().out
    assert _run_suite_command("schema") == 0
    assert '"$schema"' in (folder / "conversations.schema.json").read_text(encoding="utf-8")


def test_convert(folder: Path, driver: InProcessDriver) -> None:
    assert _run_suite_command("convert") == 0
    cases = load_suite(folder / "converted.yml")
    assert [case.name for case in cases] == ["审核时长", "问候"]
    assert [run_case(case, driver).problems for case in cases] == [[], []]


def test_record(folder: Path, driver: InProcessDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """A conversation held by the assistant, stored as the server stores it, then recorded and run again."""
    secret = "a-secret-for-this-test-only"
    monkeypatch.setenv("BEIAN_VAR", str(folder / "var"))
    monkeypatch.setenv("BEIAN_SECRET", secret)
    (folder / "var").mkdir()
    driver.begin({}, None)
    driver.send("11010519491231002X，主体过户要哪些材料", {})
    driver.send("审核要多长时间呢", {})
    _store(driver, folder / "var" / "tracker.db", Signer(secret).conversation_of_sender("demo"))
    assert _run_suite_command("record") == 0
    text = (folder / "recorded.yml").read_text(encoding="utf-8")
    assert "11010519491231002X" not in text
    (case,) = load_suite(folder / "recorded.yml")
    assert len(case.steps) == 2
    assert [check.want for check in case.steps[0].checks if check.kind == "fact"] == [
        ("materials.subject_transfer",)
    ]
    assert run_case(case, driver).problems == []


def _store(driver: InProcessDriver, file: Path, conversation: str) -> None:
    """Copy the driver's conversation into a database."""
    from rasa.shared.core.trackers import DialogueStateTracker

    async def copy() -> None:
        assistant = driver.load()
        tracker = await assistant.tracker(driver.sender)
        assert tracker is not None
        domain = assistant.agent.domain
        assert domain is not None
        copied = DialogueStateTracker.from_events(conversation, list(tracker.events), domain.slots)
        await MaskedTrackerStore(domain, db=str(file)).save(copied)

    asyncio.run(copy())


def test_record_of_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BEIAN_VAR", str(folder / "var"))
    (folder / "var").mkdir()
    assert main(["suite", "record", "--conversation", "nobody"]) == 1
    assert "没有这个会话" in capsys.readouterr().err
