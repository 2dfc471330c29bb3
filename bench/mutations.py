"""Do the tests notice? Put one fault at a time into the program and run the tests nearest to it.

`python -m bench.mutations` copies the checkout to a temporary folder and writes bench/mutations.md; the exit
status is 1 when fewer than 95 % of the faults are noticed. `--only` takes words of file names. Each run is a
fork of this process, which has most imports done already; needs a system that can fork. Tests that take
more than five minutes of the processor have noticed: the fault made them endless.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from bench.checkout import ROOT, copy_checkout
from bench.faults import FAULTS
from bench.faults.fault import Fault
from bench.warm import PACKAGES, Warm, forget

LEAST = 0.95
_MOST_SECONDS = 300
_COPIED = ("actions", "beian", "beian_suite", "kb", "data", "tests", "bench", "domain.yml", "pyproject.toml")
_COPIED += ("config.yml", "endpoints.yml", "requirements.lock", "docs", "web/src/shared")
# What most tests import, and what does not change: none of the packages that are broken.
_SLOW = ("pytest", "_pytest.pytester", "hypothesis", "numpy", "jsonschema", "ruamel.yaml", "requests", "re2")
_SLOW += ("opencc", "chinese_calendar", "sqlalchemy", "prometheus_client", "borax.calendars", "stdnum.cn.ric")


def passes(fault: Fault, warm: Warm, folder: Path) -> bool:
    """Whether the fault's tests pass in `folder`, in a process of their own that begins where this one is."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
        quiet = os.open("output.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.dont_write_bytecode = True
        warm.forget_users_of(fault.file)
        if fault.trained:
            # Rasa finds its components by name.
            forget({name for name in sys.modules if name.partition(".")[0] in PACKAGES})
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        import pytest

        options = ["-x", "-q", "--tb=short", "-c", os.devnull, "--rootdir", str(folder)]
        # The conftests load the whole assistant, which most tests named here do without.
        options += [] if fault.trained else ["--noconftest"]
        options += ["-p", "no:cacheprovider"]
        status = int(pytest.main([*options, "-k", fault.words, *fault.tests]))
    except BaseException:  # noqa: BLE001 - whatever happens, the fork ends here
        status = 99
    os._exit(status)


def survives(fault: Fault, warm: Warm, folder: Path) -> bool:
    """Whether nobody notices. Raises ValueError when the place is not there exactly once."""
    path = folder / fault.file
    text = path.read_text(encoding="utf-8")
    if text.count(fault.old) != 1:
        raise ValueError(f"{fault.file} has {text.count(fault.old)} times {fault.old!r}")
    path.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    try:
        return passes(fault, warm, folder)
    finally:
        path.write_text(text, encoding="utf-8")


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
        right: set[tuple[object, ...]] = set()
        for fault in wanted:
            place = (fault.tests, fault.words, fault.trained)
            if place not in right and not passes(fault, warm, folder):
                said = (folder / "output.txt").read_text(encoding="utf-8", errors="replace")
                raise SystemExit(f"unbroken, these fail: {' '.join(fault.tests)}\n{said[-3000:]}")
            right.add(place)
            alive = survives(fault, warm, folder)
            verdict = "**没有发现**" if alive else "发现"
            rows.append(f"| `{fault.file}` | {_cell(fault.old)} | {_cell(fault.new)} | {verdict} |")
            print(rows[-1], flush=True)
    caught = sum(row.endswith("| 发现 |") for row in rows)
    total = f"弄坏 {len(rows)} 处，最近的测试发现 {caught} 处（{100 * caught / len(rows):.0f}%）。"
    print(f"{total} {time.monotonic() - begun:.0f} s")
    table = "| 文件 | 原来 | 改成 | 最近的测试 |\n| --- | --- | --- | --- |\n" + "\n".join(rows)
    options.out.write_text(f"{table}\n\n{total}\n", encoding="utf-8")
    raise SystemExit(0 if caught >= LEAST * len(rows) else 1)


if __name__ == "__main__":
    main()
