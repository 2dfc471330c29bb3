"""The long versions of the server's tests: 20,000 generated requests; ten kills among 200 conversations.

`python -m bench.server_long fuzz` or `… kills`; without a name both. Further arguments go to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = {
    "fuzz": (["tests/server/test_fuzz.py"], {"BEIAN_FUZZ": "20000"}),
    "kills": (
        ["tests/server/test_faults.py", "-k", "killed"],
        {"BEIAN_ROUNDS": "10", "BEIAN_CONVERSATIONS": "200"},
    ),
}


def main(arguments: list[str]) -> int:
    """Run the named ones; the worst exit status."""
    names = [name for name in arguments if name in RUNS] or list(RUNS)
    rest = [argument for argument in arguments if argument not in RUNS]
    worst = 0
    for name in names:
        paths, sizes = RUNS[name]
        command = [sys.executable, "-m", "pytest", "-q", "--timeout", "3600", *paths, *rest]
        worst = max(worst, subprocess.run(command, cwd=ROOT, env={**os.environ, **sizes}).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
