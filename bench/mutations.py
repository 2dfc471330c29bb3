"""Do the tests notice? Put one fault at a time into the program and run the tests nearest to it.

`python -m bench.mutations` copies the checkout to a temporary folder and writes bench/mutations.md; the exit
status is 1 when fewer than 95 % of the faults are noticed. `--only` takes words of file names. Each run is a
fork of this process, which has most imports done already; needs a system that can fork. Tests that take
more than ten minutes of the processor have noticed: the fault made them endless. What noticed is run once
more with nothing broken, and must pass.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import tempfile
import time
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import pytest

from bench.checkout import ROOT, copy_checkout
from bench.faults import FAULTS
from bench.faults.fault import Fault
from bench.forked import OUTPUT, run_tests
from bench.warm import Warm, forget_all

LEAST = 0.95
_FAILED = "failed.txt"
_COPIED = ("actions", "beian", "beian_suite", "kb", "data", "tests", "bench", "domain.yml", "pyproject.toml")
_COPIED += ("config.yml", "endpoints.yml", "requirements.lock", "docs", "web/src/shared")
# What most tests import, and what does not change: none of the packages that are broken.
_SLOW = ("pytest", "_pytest.pytester", "hypothesis", "numpy", "jsonschema", "ruamel.yaml", "requests", "re2")
_SLOW += ("opencc", "chinese_calendar", "sqlalchemy", "prometheus_client", "borax.calendars", "stdnum.cn.ric")


class _First:
    """A plugin of pytest that writes down the first test that fails; nothing where a file cannot be read."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called for every test."""
        if report.failed and not Path(_FAILED).exists():
            Path(_FAILED).write_text(report.nodeid, encoding="utf-8")


def passes(fault: Fault, tests: Iterable[str], warm: Warm, folder: Path) -> bool:
    """Whether these of the fault's tests pass in `folder`, in a process that begins where this one is."""

    def prepare() -> None:
        warm.forget_users_of(fault.file)
        if fault.trained:
            # Rasa finds its components by name.
            forget_all()
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"

    (folder / _FAILED).unlink(missing_ok=True)
    options = ["-x", "-q", "--tb=short", "-c", os.devnull, "--rootdir", str(folder)]
    # The conftests load the whole assistant, which most tests named here do without.
    options += [] if fault.trained else ["--noconftest"]
    return run_tests([*options, "-k", fault.words, *tests], prepare, [_First()]) == 0


def noticed_by(fault: Fault, warm: Warm, folder: Path) -> tuple[str, ...]:
    """The test that fails, all of the fault's where none says so, none when nobody notices.

    Raises ValueError when the place is not there exactly once.
    """
    path = folder / fault.file
    text = path.read_text(encoding="utf-8")
    if text.count(fault.old) != 1:
        raise ValueError(f"{fault.file} has {text.count(fault.old)} times {fault.old!r}")
    path.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    try:
        if passes(fault, fault.tests, warm, folder):
            return ()
    finally:
        path.write_text(text, encoding="utf-8")
    failed = folder / _FAILED
    return (failed.read_text(encoding="utf-8"),) if failed.exists() else fault.tests


def check_unbroken(noticed: dict[Fault, tuple[str, ...]], warm: Warm, folder: Path) -> None:
    """Have what noticed run once more with nothing broken; ends the program where it fails then too."""
    tests = dict.fromkeys(test for found in noticed.values() for test in found)
    if tests and not passes(next(iter(noticed)), tests, warm, folder):
        said = (folder / OUTPUT).read_text(encoding="utf-8", errors="replace")
        raise SystemExit(f"unbroken, these fail: {' '.join(tests)}\n{said[-3000:]}")


def _import_slow() -> None:
    for name in _SLOW:
        importlib.import_module(name)
    importlib.import_module("tests.fuzz").load_profile()


def _cell(text: str) -> str:
    return "`" + " ".join(text.split()).replace("|", "\\|")[:60] + "`" if text.strip() else "（删去）"


def main() -> None:
    """Run, report, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", help="words of the names of files")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "mutations.md")
    options = parser.parse_args()
    wanted = [one for one in FAULTS if not options.only or any(word in one.file for word in options.only)]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_checkout(folder, _COPIED)
        _import_slow()
        warm = Warm(folder)
        # What is there already is not looked through again in every fork.
        gc.freeze()
        (folder / "models").symlink_to(ROOT / "models")
        rows: list[str] = []
        for _, together in groupby(wanted, lambda one: (one.tests, one.words, one.trained)):
            noticed = {}
            for fault in together:
                noticed[fault] = noticed_by(fault, warm, folder)
                verdict = "发现" if noticed[fault] else "**没有发现**"
                rows.append(f"| `{fault.file}` | {_cell(fault.old)} | {_cell(fault.new)} | {verdict} |")
                print(rows[-1], flush=True)
            check_unbroken(noticed, warm, folder)
    caught = sum(row.endswith("| 发现 |") for row in rows)
    total = f"弄坏 {len(rows)} 处，最近的测试发现 {caught} 处（{100 * caught / len(rows):.0f}%）。"
    print(f"{total} {time.monotonic() - begun:.0f} s")
    table = "| 文件 | 原来 | 改成 | 最近的测试 |\n| --- | --- | --- | --- |\n" + "\n".join(rows)
    options.out.write_text(f"{table}\n\n{total}\n", encoding="utf-8")
    raise SystemExit(0 if caught >= LEAST * len(rows) else 1)


if __name__ == "__main__":
    main()
