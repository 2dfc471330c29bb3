"""The pytest plugin: collects conversation files, runs them, reports coverage. See docs/testing.md."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Iterator
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from beian.testing.coverage import Coverage
    from beian.testing.model import Case
    from beian.testing.run import Run
    from beian.testing.turn import Driver

_STATE: pytest.StashKey[_State] = pytest.StashKey()
_UNSEEN = "assertions_not_visible"
_REWORDED = "reworded"


class Hooks:
    """Hooks that this plugin offers to others."""

    @pytest.hookspec(firstresult=True)
    def pytest_conversation_driver(self, config: pytest.Config) -> Driver | None:
        """A driver of your own (`beian.testing.turn.Driver`) in place of the built-in ones."""


class _State:
    """What one pytest process knows of its conversations."""

    def __init__(self) -> None:
        self.driver: Driver | None = None
        self.coverage: Coverage | None = None
        self.unseen = 0
        self.reworded: dict[str, list[int]] = {}


class ConversationFailedError(Exception):
    """An expectation was not met; `run` is the conversation."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the plugin's own hooks."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare options and settings."""
    group = parser.getgroup("conversations", "conversation tests (docs/testing.md)")
    group.addoption("--assistant-url", metavar="URL", help="test a running server instead of this process")
    group.addoption("--assistant-key", metavar="KEY", help="the server's API key")
    group.addoption(
        "--assistant-today", metavar="DATE", help="the date (BEIAN_TODAY) the server was started with"
    )
    group.addoption("--assistant-model", metavar="FILE", help="model to load (the newest in models/)")
    group.addoption("--coverage", action="store_true", help="report what no conversation exercised")
    group.addoption("--coverage-json", metavar="FILE", help="where the coverage goes (coverage.json)")
    group.addoption(
        "--coverage-floor", metavar="FLOOR", help="fail below this percentage: 90, or facts=100,statuses=100"
    )
    group.addoption("--reworded", action="store_true", help="run the reworded messages as well")
    parser.addini(
        "conversations", "globs of conversation files", type="args", default=["tests/conversations/**/*.yml"]
    )
    parser.addini(
        "reworded", "globs of conversation files whose messages are reworded", type="args", default=[]
    )
    parser.addini(
        "reworded_floor", "least share of reworded conversations that pass, in percent", default="80"
    )
    parser.addini(
        "known_gaps", "file listing conversations that are known to fail, one id a line", default=""
    )
    parser.addini("reply_contract", "check the reply contract on every answer", type="bool", default=True)


def pytest_configure(config: pytest.Config) -> None:
    """Check the options before anything runs."""
    config.stash[_STATE] = _State()
    config.addinivalue_line("markers", "conversation: a conversation from a file")
    config.addinivalue_line("markers", "reworded: conversations with mistyped messages")
    if config.getoption("--coverage-floor"):
        from beian.testing.coverage import read_floor

        try:
            read_floor(config.getoption("--coverage-floor"))
        except ValueError as error:
            raise pytest.UsageError(f"--coverage-floor: {error}") from error
    if config.getoption("--assistant-today"):
        try:
            date.fromisoformat(config.getoption("--assistant-today"))
        except ValueError as error:
            raise pytest.UsageError(f"--assistant-today: {error}") from error


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the assistant."""
    state = config.stash.get(_STATE, None)
    if state and state.driver:
        state.driver.close()
        state.driver = None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take the conversation files; one named on the command line is taken wherever it lies."""
    if file_path.suffix not in (".yml", ".yaml"):
        return None
    named = parent.session.isinitpath(file_path) and _has_cases(file_path)
    if named or _matches(file_path, parent.config, "conversations"):
        return ConversationFile.from_parent(parent, path=file_path)
    return None


def _has_cases(path: Path) -> bool:
    return any(line.startswith("test_cases:") for line in path.read_text(encoding="utf-8").splitlines())


def _matches(path: Path, config: pytest.Config, setting: str) -> bool:
    try:
        relative = path.relative_to(config.rootpath).as_posix()
    except ValueError:
        return False
    # fnmatch's * crosses folders, so that ** means what people expect; **/ may stand for no folder.
    globs = config.getini(setting)
    return any(fnmatch(relative, glob) or fnmatch(relative, glob.replace("**/", "")) for glob in globs)


class ConversationFile(pytest.File):
    """A file of conversations."""

    def collect(self) -> Iterable[pytest.Item]:
        """One test for each paraphrase of each case, then the reworded groups."""
        from beian.testing.files import load_suite
        from beian.testing.model import SuiteError
        from beian.testing.report import label_of

        try:
            cases = load_suite(self.path, _shown(self.path, self.config))
        except SuiteError as error:
            raise self.CollectError("\n".join(error.problems)) from error
        gaps = _known_gaps(self.config)
        for case in cases:
            for variant in range(case.variants):
                item = ConversationItem.from_parent(self, name=label_of(case, variant))
                item.case, item.variant = case, variant
                if item.nodeid in gaps:
                    item.add_marker(pytest.mark.xfail(reason="known gap", strict=False))
                yield item
        if self.config.getoption("--reworded") and _matches(self.path, self.config, "reworded"):
            yield from self._reworded(cases)

    def _reworded(self, cases: list[Case]) -> Iterator[pytest.Item]:
        from beian.testing.perturb import KINDS

        for kind in KINDS:
            item = RewordedItem.from_parent(self, name=f"reworded:{kind}")
            item.kind, item.cases = kind, cases
            yield item


def _shown(path: Path, config: pytest.Config) -> Path:
    """The path as people see it from where they started pytest."""
    try:
        return path.relative_to(config.invocation_params.dir)
    except ValueError:
        return path


def _known_gaps(config: pytest.Config) -> frozenset[str]:
    """The ids in the file of known gaps; text after # is a comment."""
    name = config.getini("known_gaps")
    path = config.rootpath / name
    if not name or not path.is_file():
        return frozenset()
    lines = (line.partition("  #")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


class ConversationItem(pytest.Item):
    """One conversation."""

    case: Case
    variant: int

    def setup(self) -> None:
        """Have the assistant ready, so that loading it counts for no test."""
        _driver(self.config)

    def runtest(self) -> None:
        """Hold it."""
        run = _hold(self, self.case, self.variant)
        if run.unseen:
            self.user_properties.append((_UNSEEN, run.unseen))
        if run.problems:
            raise ConversationFailedError(run)

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """Transcript and circumstances in place of a traceback."""
        if isinstance(excinfo.value, ConversationFailedError):
            from beian.testing.report import failure_text

            return failure_text(excinfo.value.run)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the case stands (lines count from 0 here)."""
        return self.path, self.case.line - 1, self.name


class RewordedItem(pytest.Item):
    """All conversations of a file with one kind of mistake in every message."""

    kind: str
    cases: list[Case]

    def setup(self) -> None:
        """Have the assistant ready."""
        self.add_marker("reworded")
        _driver(self.config)

    def runtest(self) -> None:
        """Hold them all; whether enough passed is judged over all files together."""
        from beian.testing.perturb import perturb
        from beian.testing.report import label_of

        failed, held = [], 0
        for case in self.cases:
            for variant in range(case.variants):
                if all(perturb(self.kind, text) == text for text in case.texts(variant)):
                    continue
                held += 1
                run = _hold(self, case, variant, self.kind)
                if run.problems:
                    failed.append(
                        f"{label_of(case, variant)}：{run.turns[-1].text}（{run.problems[0].actual}）"
                    )
        self.user_properties.append((_REWORDED, [self.kind, held, failed]))

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file."""
        return self.path, 0, self.name


def _hold(item: pytest.Item, case: Case, variant: int, kind: str | None = None) -> Run:
    from beian.testing.perturb import perturb
    from beian.testing.run import NotPossibleError, run_case

    state = item.config.stash[_STATE]
    try:
        run = run_case(
            case,
            _driver(item.config),
            variant,
            (lambda text: perturb(kind, text)) if kind else None,
            contract=item.config.getini("reply_contract"),
        )
    except NotPossibleError as reason:
        pytest.skip(str(reason))
    if kind is None:
        _coverage(state).add(run.turns)
    return run


def _driver(config: pytest.Config) -> Driver:
    state = config.stash[_STATE]
    if state.driver is None:
        state.driver = config.hook.pytest_conversation_driver(config=config) or _own_driver(config)
    return state.driver


def _own_driver(config: pytest.Config) -> Driver:
    url = config.getoption("--assistant-url")
    if url:
        from beian.testing.http import HttpDriver

        today = config.getoption("--assistant-today")
        return HttpDriver(
            url, config.getoption("--assistant-key"), date.fromisoformat(today) if today else None
        )
    from beian.testing.inprocess import InProcessDriver

    model = config.getoption("--assistant-model")
    driver = InProcessDriver(config.invocation_params.dir / model if model else None)
    # Now, before the first conversation is timed; what other packages warn of while loading is not ours.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            driver.load()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - said once, not once for each conversation
            pytest.exit(f"the assistant cannot be loaded: {type(error).__name__}: {error}", returncode=3)
    return driver


def _coverage(state: _State) -> Coverage:
    if state.coverage is None:
        from beian.testing.coverage import Coverage

        state.coverage = Coverage()
    return state.coverage


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand a worker's counts to the process that reports; there, judge the coverage."""
    config = session.config
    state = config.stash[_STATE]
    output = getattr(config, "workeroutput", None)
    if output is not None:
        output["conversation_coverage"] = _coverage(state).as_data() if state.coverage else None
        return
    if config.getoption("collectonly") or session.exitstatus != pytest.ExitCode.OK:
        return
    if _below_floors(config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _below_floors(config: pytest.Config) -> bool:
    """Whether too little was exercised, or too few reworded conversations passed."""
    from beian.testing.coverage import below_floor, read_floor

    reporter = config.pluginmanager.getplugin("terminalreporter")
    reworded = _sums(reporter)[1] if reporter else {}
    if any(group.share < float(config.getini("reworded_floor")) for group in reworded.values()):
        return True
    floor = config.getoption("--coverage-floor")
    return bool(floor and below_floor(_report(config), read_floor(floor)))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object | None) -> None:
    """Take over what a worker of pytest-xdist counted."""
    data = getattr(node, "workeroutput", {}).get("conversation_coverage")
    if data:
        _coverage(node.config.stash[_STATE]).merge(data)


@pytest.hookimpl(tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The reworded groups, what could not be checked, and the coverage."""
    unseen, reworded = _sums(terminalreporter)
    if reworded:
        _write_reworded(terminalreporter, reworded, float(config.getini("reworded_floor")))
    if unseen:
        terminalreporter.write_line(
            f"有 {unseen} 项断言（动作、部分槽位、回复名称）经 HTTP 看不到，没有检查；进程内运行时会检查。"
        )
    wanted = config.getoption("--coverage") or config.getoption("--coverage-json")
    if (wanted or config.getoption("--coverage-floor")) and not config.getoption("collectonly"):
        _write_coverage(terminalreporter, config)


class _Reworded:
    """How one kind of rewording went, over all files."""

    def __init__(self) -> None:
        self.held = 0
        self.failed: list[str] = []

    @property
    def share(self) -> float:
        """The conversations that passed, in percent."""
        return 100 * (self.held - len(self.failed)) / self.held if self.held else 100.0


def _sums(reporter: Any) -> tuple[int, dict[str, _Reworded]]:
    """Over all tests, in whichever process they ran: checks not visible, and the reworded groups."""
    unseen = 0
    reworded: dict[str, _Reworded] = {}
    for reports in reporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) != "call":
                continue
            for name, value in getattr(report, "user_properties", ()):
                if name == _UNSEEN:
                    unseen += value
                elif name == _REWORDED:
                    kind, held, failed = value
                    group = reworded.setdefault(kind, _Reworded())
                    group.held += held
                    group.failed += failed
    return unseen, reworded


def _write_reworded(reporter: Any, reworded: dict[str, _Reworded], floor: float) -> None:
    from beian.testing.perturb import TITLES

    reporter.section("改写后的问句")
    for kind, group in reworded.items():
        passed = group.held - len(group.failed)
        low = f"，低于下限 {floor:g}%" if group.share < floor else ""
        reporter.write_line(
            f"{TITLES[kind]}：{passed} / {group.held} 通过（{group.share:.1f}%）{low}", red=bool(low)
        )
        for line in group.failed:
            reporter.write_line(f"  {line}")


def _report(config: pytest.Config) -> dict[str, Any]:
    from beian.testing.coverage import universe_of

    return _coverage(config.stash[_STATE]).report(universe_of(config.rootpath))


def _write_coverage(reporter: Any, config: pytest.Config) -> None:
    from beian.testing.coverage import below_floor, read_floor, table

    report = _report(config)
    path = config.invocation_params.dir / (config.getoption("--coverage-json") or "coverage.json")
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    reporter.section("对话覆盖率")
    for line in table(report):
        reporter.write_line(line)
    reporter.write_line(f"明细：{path}")
    for line in below_floor(report, read_floor(config.getoption("--coverage-floor") or "")):
        reporter.write_line(line, red=True)
