"""What is written after the tests: what was not checked, the reworded groups, the coverage."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from beian_suite.collect import REWORDED, UNSEEN
from beian_suite.coverage import below_floor, read_floor, table, universe_of
from beian_suite.settings import server_of
from beian_suite.state import coverage_of, driver_of, state_of
from beian_suite.texts import has_cases, read_text

COVERAGE = "conversation-coverage.json"
_MOST_CASES = 20
_MOST_FILES = 5


class Reworded:
    """How one kind of rewording went, over all files."""

    def __init__(self) -> None:
        self.held = 0
        self.failed: list[str] = []

    @property
    def share(self) -> float:
        """The conversations that passed, in percent."""
        return 100 * (self.held - len(self.failed)) / self.held if self.held else 100.0


def _called(reporter: Any) -> Iterator[Any]:
    """The reports of the tests themselves, in whichever process they ran."""
    for reports in reporter.stats.values():
        yield from (report for report in reports if getattr(report, "when", None) == "call")


def reworded_of(reporter: Any) -> dict[str, Reworded]:
    """The reworded groups, by kind."""
    found: dict[str, Reworded] = {}
    for report in _called(reporter):
        for name, value in getattr(report, "user_properties", ()):
            if name == REWORDED:
                kind, held, failed = value
                group = found.setdefault(kind, Reworded())
                group.held += held
                group.failed += failed
    return found


def write_unseen(reporter: Any) -> None:
    """The expectations that were not looked at, by case."""
    unseen = [
        (report.nodeid, value)
        for report in _called(reporter)
        for name, value in getattr(report, "user_properties", ())
        if name == UNSEEN
    ]
    if not unseen:
        return
    count = sum(len(names) for _, names in unseen)
    reporter.section("没有核对的")
    reporter.write_line(f"{len(unseen)} 个用例里有 {count} 项断言这样运行看不到，没有核对：")
    for nodeid, names in unseen[:_MOST_CASES]:
        reporter.write_line(f"  {nodeid}：{'、'.join(names)}")
    if len(unseen) > _MOST_CASES:
        reporter.write_line(f"  …… 另有 {len(unseen) - _MOST_CASES} 个用例")


def write_skipped(reporter: Any) -> None:
    """Why cases were skipped, unless pytest says so itself."""
    if reporter.hasopt("skipped"):
        return
    reasons: dict[str, list[str]] = defaultdict(list)
    for report in _called(reporter):
        if report.skipped and "conversation" in report.keywords and isinstance(report.longrepr, tuple):
            reasons[str(report.longrepr[2]).removeprefix("Skipped: ")].append(report.nodeid)
    if reasons:
        reporter.section("跳过的用例")
    for reason, names in reasons.items():
        more = f" 等 {len(names)} 个" if len(names) > _MOST_FILES else ""
        reporter.write_line(f"{reason}：{'、'.join(names[:_MOST_FILES])}{more}")


def write_where_cases_are(reporter: Any, config: pytest.Config) -> None:
    """When nothing was collected: conversations in the named folders, and the setting that takes them."""
    folders = {config.invocation_params.dir / str(name).partition("::")[0] for name in config.args}
    found = [
        path
        for folder in sorted(folders)
        if folder.is_dir()
        for suffix in ("*.yml", "*.yaml")
        for path in sorted(folder.rglob(suffix))
        if _holds_cases(path)
    ]
    if found:
        names = "、".join(os.path.relpath(path, config.invocation_params.dir) for path in found[:_MOST_FILES])
        names += " 等" if len(found) > _MOST_FILES else ""
        reporter.write_line(
            f"有 {len(found)} 个对话文件没有收集，因为不在设置 conversations 的通配之内（现为 "
            f"{' '.join(config.getini('conversations'))}）：{names}。改设置，或把文件逐个写在命令行上。"
        )


def _holds_cases(path: Path) -> bool:
    try:
        return has_cases(read_text(path))
    except ValueError:
        return False


def write_reworded(reporter: Any, reworded: dict[str, Reworded], floor: float) -> None:
    """How many of each kind passed, and what did not."""
    from beian_suite.perturb import TITLES

    reporter.section("改写后的问句")
    for kind, group in reworded.items():
        passed = group.held - len(group.failed)
        low = f"，低于下限 {floor:g}%" if group.share < floor else ""
        reporter.write_line(
            f"{TITLES[kind]}：{passed} / {group.held} 通过（{group.share:.1f}%）{low}", red=bool(low)
        )
        for line in group.failed:
            reporter.write_line(f"  {line}")


def coverage_report(config: pytest.Config) -> dict[str, Any]:
    """What was exercised of everything that the project's files, other plugins and the server name."""
    universe = universe_of(config.rootpath)
    # With workers, the process that reports has talked to nobody yet.
    driver = driver_of(config) if server_of(config) else state_of(config).driver
    asked = getattr(driver, "universe", None)
    told = [*config.hook.pytest_conversation_universe(config=config), asked() if asked else {}]
    for names in told:
        for kind, listed in (names or {}).items():
            universe.names[kind] = universe.names[kind] or list(listed)
    return coverage_of(config).report(universe)


def write_coverage(reporter: Any, config: pytest.Config) -> None:
    """The coverage as a table and as a file."""
    report = coverage_report(config)
    path = config.invocation_params.dir / (config.getoption("--coverage-json") or COVERAGE)
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    reporter.section("对话覆盖率")
    for line in table(report):
        reporter.write_line(line)
    reporter.write_line(f"明细：{path}")
    for line in below_floor(report, read_floor(config.getoption("--coverage-floor") or "")):
        reporter.write_line(line, red=True)


def below_floors(config: pytest.Config) -> bool:
    """Whether too little was exercised, or too few reworded conversations passed."""
    reporter = config.pluginmanager.getplugin("terminalreporter")
    reworded = reworded_of(reporter) if reporter else {}
    if any(group.share < float(config.getini("reworded_floor")) for group in reworded.values()):
        return True
    floor = config.getoption("--coverage-floor")
    return bool(floor and below_floor(coverage_report(config), read_floor(floor)))
