"""Conversation files and their tests, as pytest sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from _pytest._code.code import ReprEntryNative, ReprExceptionInfo, ReprFileLocation, ReprTraceback

from beian_suite.files import load_suite
from beian_suite.model import Case, SuiteError
from beian_suite.report import failure_text, label_of, reason_of
from beian_suite.run import NotPossibleError, Run, run_case
from beian_suite.state import coverage_of, driver_of, state_of
from beian_suite.texts import read_text

UNSEEN = "assertions_not_visible"
REWORDED = "reworded"
MOST_UNANSWERED = 3
"""After how many conversations in a row without an answer the run stops."""


class ConversationFailedError(Exception):
    """An expectation was not met, or there was no answer; `run` is the conversation."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run


class NothingCheckedError(Exception):
    """Nothing of a case could be checked, and it was asked that everything is; the message says why."""


def told(text: str, path: Path, line: int, reason: str) -> ReprExceptionInfo:
    """A failure as text, and the reason in one line for the summary: in the form of a traceback, which is all
    that a process of pytest-xdist hands on."""
    lines = ReprTraceback([ReprEntryNative([f"{text}\n"])], None, "native")
    return ReprExceptionInfo(lines, ReprFileLocation(str(path), line, reason))


def matches(path: Path, config: pytest.Config, setting: str) -> bool:
    """Whether a file is one of those that a setting's globs stand for."""
    try:
        relative = path.relative_to(config.rootpath).as_posix()
    except ValueError:
        return False
    # fnmatch's * crosses folders, so that ** means what people expect; **/ may stand for no folder.
    globs = config.getini(setting)
    return any(fnmatch(relative, glob) or fnmatch(relative, glob.replace("**/", "")) for glob in globs)


def chosen(config: pytest.Config, option: str) -> bool:
    """Whether an option is on, on the command line or in the ini file."""
    return bool(config.getoption("--" + option.replace("_", "-")) or config.getini(option))


class ConversationFile(pytest.File):
    """A file of conversations."""

    def collect(self) -> Iterable[pytest.Item]:
        """One test for each paraphrase of each case, then the reworded groups."""
        try:
            cases = load_suite(self.path, _shown(self.path, self.config), chosen(self.config, "rasa_pro"))
        except SuiteError as error:
            raise self.CollectError("\n".join(error.problems)) from error
        gaps = _known_gaps(self.config)
        for case in cases:
            for variant in range(case.variants):
                name = label_of(case, variant)
                # The id as text: pytest 9 takes [1] for parameters when it reads an id, and looks for the
                # tests that failed last by what it read.
                item = ConversationItem.from_parent(self, name=name, nodeid=f"{self.nodeid}::{name}")
                item.case, item.variant = case, variant
                item.add_marker(pytest.mark.conversation)
                if item.nodeid in gaps:
                    item.add_marker(pytest.mark.xfail(reason="known gap", strict=False))
                yield item
        if self.config.getoption("--reworded") and matches(self.path, self.config, "reworded"):
            yield from self._reworded(cases)

    def _reworded(self, cases: list[Case]) -> Iterator[pytest.Item]:
        from beian_suite.perturb import KINDS

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
    lines = (line.partition("  #")[0].strip() for line in read_text(path).splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


class ConversationItem(pytest.Item):
    """One conversation."""

    case: Case
    variant: int

    def setup(self) -> None:
        """Have the assistant ready, so that loading it counts for no test."""
        driver_of(self.config)

    def runtest(self) -> None:
        """Hold it."""
        try:
            run = _hold(self, self.case, self.variant)
        except NotPossibleError as reason:
            self._not_checked(str(reason))
            return
        if run.unseen:
            self.user_properties.append((UNSEEN, run.unseen))
        if run.failed_step:
            raise ConversationFailedError(run)
        if run.unchecked:
            self._not_checked(run.unchecked)

    def _not_checked(self, reason: str) -> None:
        if chosen(self.config, "strict_conversations"):
            raise NothingCheckedError(reason)
        raise pytest.skip.Exception(reason, _use_item_location=True)

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """Transcript and circumstances in place of a traceback."""
        error = excinfo.value
        if isinstance(error, ConversationFailedError):
            line = error.run.failed_step.line if error.run.failed_step else self.case.line
            return told(failure_text(error.run), self.path, line, reason_of(error.run))
        if isinstance(error, NothingCheckedError):
            text = f"{self.case.path}:{self.case.line}: 用例“{self.case.name}”：{error}"
            return told(text, self.path, self.case.line, str(error))
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
        driver_of(self.config)

    def runtest(self) -> None:
        """Hold them all; whether enough passed is judged over all files together."""
        from beian_suite.perturb import perturb

        failed, held = [], 0
        for case in self.cases:
            for variant in range(case.variants):
                if all(perturb(self.kind, text) == text for text in case.texts(variant)):
                    continue
                try:
                    run = _hold(self, case, variant, self.kind)
                except NotPossibleError:
                    continue
                if run.trouble:
                    raise ConversationFailedError(run)
                held += 1
                if run.problems:
                    failed.append(
                        f"{label_of(case, variant)}：{run.turns[-1].text}（{run.problems[0].actual}）"
                    )
        self.user_properties.append((REWORDED, [self.kind, held, failed]))

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """One sentence when the assistant did not answer."""
        if isinstance(excinfo.value, ConversationFailedError):
            run = excinfo.value.run
            return told(failure_text(run), self.path, run.case.line, reason_of(run))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file."""
        return self.path, 0, self.name


def _hold(item: pytest.Item, case: Case, variant: int, kind: str | None = None) -> Run:
    """Hold one conversation; raises NotPossibleError. Stops the run where going on is of no use."""
    from beian_suite.perturb import perturb

    state = state_of(item.config)
    reword = (lambda text: perturb(kind, text)) if kind else None
    run = run_case(
        case, driver_of(item.config), variant, reword, contract=item.config.getini("reply_contract")
    )
    if run.trouble is None:
        state.unanswered = 0
    else:
        state.unanswered += 1
        if run.trouble.hopeless:
            item.session.shouldfail = f"后面的用例不会更好，到此为止：{run.trouble}"
        elif state.unanswered >= MOST_UNANSWERED:
            item.session.shouldfail = (
                f"接连 {state.unanswered} 个用例没有得到能核对的回答，到此为止：{run.trouble}"
            )
    if kind is None:
        coverage_of(item.config).add(run.turns)
    return run
